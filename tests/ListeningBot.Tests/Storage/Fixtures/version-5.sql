-- A database of version 5, as the program of that time made it: three posts were replayed. Never changed: later versions must open it.
PRAGMA foreign_keys=OFF;
PRAGMA application_id=1279422324;
PRAGMA user_version=5;
BEGIN TRANSACTION;
CREATE TABLE alarms (case_id INTEGER NOT NULL, fault TEXT NOT NULL, told_at INTEGER NOT NULL, PRIMARY KEY (case_id, fault)) WITHOUT ROWID, STRICT;
CREATE TABLE canaries (token TEXT PRIMARY KEY, run INTEGER NOT NULL REFERENCES canary_runs (id)) WITHOUT ROWID, STRICT;
CREATE TABLE canary_runs (id INTEGER PRIMARY KEY AUTOINCREMENT, judged INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE cards (
    subject TEXT NOT NULL,
    room TEXT NOT NULL,
    wanted INTEGER NOT NULL,
    shown INTEGER NOT NULL DEFAULT 0,
    gave_up INTEGER NOT NULL DEFAULT 0,
    message TEXT,
    priority INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    wanted_since INTEGER NOT NULL,
    try_at INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    look_first INTEGER NOT NULL DEFAULT 0,
    reason TEXT,
    first_shown_at INTEGER,
    PRIMARY KEY (subject, room)) WITHOUT ROWID, STRICT;
INSERT INTO "cards" VALUES('case:1','care',1,1,0,'case:1',2,1795353857126,1795353857126,0,0,0,NULL,1795353859150);
INSERT INTO "cards" VALUES('case:2','care',1,1,0,'case:2',2,1795353857126,1795353857126,0,0,0,NULL,1795353859201);
CREATE TABLE case_events (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (case_id, version)) WITHOUT ROWID, STRICT;
INSERT INTO "case_events" VALUES(1,1,1795353857126,'{"event":"opened","caseId":1,"mention":1,"priority":"High","teams":["care"],"posted":1795353857126,"firstSeen":1795353857126,"aspect":"refund","customer":1,"private":false,"shadow":false,"where":"posts"}');
INSERT INTO "case_events" VALUES(1,2,1795353859150,'{"event":"card-shown","room":"care"}');
INSERT INTO "case_events" VALUES(2,1,1795353857126,'{"event":"opened","caseId":2,"mention":2,"priority":"High","teams":["care"],"posted":1795353857126,"firstSeen":1795353857126,"aspect":"delivery","customer":2,"private":false,"shadow":false,"where":"posts"}');
INSERT INTO "case_events" VALUES(2,2,1795353859201,'{"event":"card-shown","room":"care"}');
CREATE TABLE case_groups (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, aspect TEXT NOT NULL, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL, cases INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE case_keys (key TEXT PRIMARY KEY, case_id INTEGER NOT NULL, thread_hash INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "case_keys" VALUES('thread replay:posts 1',1,-3937938474253551064);
INSERT INTO "case_keys" VALUES('author replay:posts mia care',1,0);
INSERT INTO "case_keys" VALUES('near 0842ab6964cecef4',1,0);
INSERT INTO "case_keys" VALUES('near 180b0266b859ef4e',1,0);
INSERT INTO "case_keys" VALUES('near 1f7783087f4793a4',1,0);
INSERT INTO "case_keys" VALUES('near 27c4564eaf50e521',1,0);
INSERT INTO "case_keys" VALUES('near 3ccbefddd56416f8',1,0);
INSERT INTO "case_keys" VALUES('near 461a1a05c487fa47',1,0);
INSERT INTO "case_keys" VALUES('text aef0e3e82dbe66ee42',1,0);
INSERT INTO "case_keys" VALUES('thread replay:posts 2',2,-3937935175718666431);
INSERT INTO "case_keys" VALUES('author replay:posts sam1 care',2,0);
INSERT INTO "case_keys" VALUES('text 33575dd13dff7aa627',2,0);
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    due INTEGER,
    body TEXT NOT NULL, priority INTEGER NOT NULL DEFAULT 0, team TEXT NOT NULL DEFAULT '', aspect TEXT NOT NULL DEFAULT 'other', owner TEXT, customer INTEGER, in_group INTEGER, changed INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "cases" VALUES(1,2,3,1795353857126,1795353857126,1795354757126,'{"isOpen":true,"isFree":true,"isHeld":false,"hasEnded":false,"since":1795353857126,"id":1,"version":2,"state":"Shown","priority":"High","teams":["care"],"posted":1795353857126,"firstSeen":1795353857126,"firstMention":1,"voices":1,"aspect":"refund","customer":1,"private":false,"shadow":false,"shownAt":1795353859150,"promises":[],"handOvers":0,"erased":false,"happiness":"Silent","pinged":false,"waitingSince":1795353857126,"taken":[],"due":1795354757126,"dueStep":"Ping"}',2,'care','refund',NULL,1,NULL,1795353859150);
INSERT INTO "cases" VALUES(2,2,3,1795353857126,1795353857126,1795354757126,'{"isOpen":true,"isFree":true,"isHeld":false,"hasEnded":false,"since":1795353857126,"id":2,"version":2,"state":"Shown","priority":"High","teams":["care"],"posted":1795353857126,"firstSeen":1795353857126,"firstMention":2,"voices":1,"aspect":"delivery","customer":2,"private":false,"shadow":false,"shownAt":1795353859201,"promises":[],"handOvers":0,"erased":false,"happiness":"Silent","pinged":false,"waitingSince":1795353857126,"taken":[],"due":1795354757126,"dueStep":"Ping"}',2,'care','delivery',NULL,2,NULL,1795353859201);
CREATE TABLE config_nodes (node TEXT PRIMARY KEY, hash TEXT NOT NULL, seen_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "config_nodes" VALUES('care-desk:/srv/bot','8016E89BE8AA4926519CF40F1D2D681367CCD346CB225A871A7848CE91287FAC',1795353847100);
CREATE TABLE config_versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    applied_at INTEGER NOT NULL,
    by_name TEXT NOT NULL,
    changed TEXT NOT NULL,
    hash TEXT NOT NULL,
    files TEXT NOT NULL) STRICT;
INSERT INTO "config_versions" VALUES(1,1795353847077,'a file edit on vm','the first version','8016E89BE8AA4926519CF40F1D2D681367CCD346CB225A871A7848CE91287FAC','{"appsettings.json":"eyJDaGFubmVscyI6eyJwb3N0cyI6eyJLaW5kIjoicmVwbGF5IiwiUGF0aCI6Ii93b3JrL3ctZXJhc2Utc2NyYXRjaC9kNS9wb3N0cy5qc29ubCJ9fSwiV2ViIjp7Ikxpc3RlbiI6IiJ9LCJTdG9yYWdlIjp7IlBhdGgiOiJkYXRhL2JvdC5kYiJ9fQo=","config/watches.yaml":"d2F0Y2hlczoKICAtIG5hbWU6IGFjbWUKICAgIGZpbmQ6IFthY21lXQo="}');
CREATE TABLE cursors (channel TEXT PRIMARY KEY, value TEXT NOT NULL, first_contact INTEGER NOT NULL, moved_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "cursors" VALUES('posts','379:3',1795353857126,1795353859042);
CREATE TABLE customer_accounts (ns TEXT NOT NULL, author TEXT NOT NULL, customer INTEGER NOT NULL REFERENCES customers (id), PRIMARY KEY (ns, author)) WITHOUT ROWID, STRICT;
INSERT INTO "customer_accounts" VALUES('replay:posts','mia',1);
INSERT INTO "customer_accounts" VALUES('replay:posts','sam1',2);
CREATE TABLE customer_addresses (address TEXT NOT NULL, customer INTEGER NOT NULL REFERENCES customers (id), PRIMARY KEY (address, customer)) WITHOUT ROWID, STRICT;
CREATE TABLE customers (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
INSERT INTO "customers" VALUES(1,'{"id":1,"accounts":[{"namespace":"replay:posts","author":"mia","name":"Mia Lang","handle":"mia","addresses":[],"links":[],"pages":[]}],"name":"Mia Lang"}');
INSERT INTO "customers" VALUES(2,'{"id":2,"accounts":[{"namespace":"replay:posts","author":"sam1","name":"Sam","handle":"sam1","addresses":[],"links":[],"pages":[]}],"name":"Sam"}');
CREATE TABLE digests (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, period TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, UNIQUE (team, period, from_at)) STRICT;
CREATE TABLE documents (name TEXT PRIMARY KEY, text TEXT NOT NULL, kept_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "documents" VALUES('last heartbeat','2026-11-22T13:24:14.6355759+00:00',1795353854635);
INSERT INTO "documents" VALUES('rhythm of posts','1;498709;498709;5984512;1795353859025;000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000;0 0 0 0 0 0 0 0 0 0 0 0',1795353859101);
CREATE TABLE gaps (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, cause TEXT NOT NULL, added_at INTEGER NOT NULL, fate INTEGER NOT NULL DEFAULT 3, quiet INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE held_changes (id INTEGER PRIMARY KEY AUTOINCREMENT, standing INTEGER NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE kept_aside (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, what TEXT NOT NULL, raw TEXT NOT NULL, kept_at INTEGER NOT NULL) STRICT;
CREATE TABLE links (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, account_name TEXT NOT NULL, member TEXT NOT NULL, asked_at INTEGER NOT NULL, decided_at INTEGER, decided_by TEXT, yes INTEGER) STRICT;
CREATE TABLE lookups (mention INTEGER PRIMARY KEY REFERENCES mentions (id), try_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, looked_at INTEGER, contacts TEXT NOT NULL DEFAULT '[]') STRICT;
INSERT INTO "lookups" VALUES(1,1795353859126,0,NULL,'[]');
INSERT INTO "lookups" VALUES(2,1795353859126,0,NULL,'[]');
CREATE TABLE mention_times (
    mention INTEGER PRIMARY KEY REFERENCES mentions (id), channel TEXT NOT NULL, posted INTEGER, seen INTEGER NOT NULL, fetched INTEGER NOT NULL,
    scored_us INTEGER NOT NULL, recorded_us INTEGER NOT NULL, first_contact INTEGER NOT NULL) STRICT;
INSERT INTO "mention_times" VALUES(1,'posts',NULL,1795353854084,1795353854084,3040632,3679427,0);
INSERT INTO "mention_times" VALUES(2,'posts',NULL,1795353854084,1795353854084,3040632,4850437,0);
INSERT INTO "mention_times" VALUES(3,'posts',NULL,1795353854084,1795353854084,3040632,4889193,0);
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ns TEXT NOT NULL,
    post_id TEXT NOT NULL,
    author_id TEXT,
    case_id INTEGER,
    first_seen INTEGER NOT NULL,
    body TEXT NOT NULL, address TEXT,
    UNIQUE (ns, post_id)) STRICT;
INSERT INTO "mentions" VALUES(1,'replay:posts','1','mia',1,1795353857126,'{"id":1,"post":{"key":{"namespace":"replay:posts","id":"1"},"channel":"posts","kind":"replay","text":"acme ruined my week: the laptop died again and nobody answers, I want my money back","author":{"id":"mia","name":"Mia Lang","handle":"mia"},"automatic":false,"private":false,"byUs":false,"answersUnseen":false},"posted":1795353857126,"firstSeen":1795353857126,"assessment":{"complaint":0.9973,"isComplaint":true,"sentiment":-0.9979,"sentimentLabel":"negative","urgency":0.6199,"priority":"High","severity":1.45,"aspect":"refund","lang":"en","reasons":[{"name":"feeling","weight":1.427,"text":"says \"ruined my\"","words":"ruined my"},{"name":"unanswered","weight":1.213,"text":"says \"nobody answers\"","words":"nobody answers"},{"name":"failure","weight":1.073,"text":"says \"died again\"","words":"died again"},{"name":"refund","weight":0.618,"text":"says \"want my money\"","words":"want my money"},{"name":"repeated","weight":0.574,"text":"says \"died again\"","words":"died again"},{"name":"expectation","weight":0.542,"text":"says \"ruined my\"","words":"ruined my"},{"name":"money","weight":0.366,"text":"says \"want my money\"","words":"want my money"},{"name":"voice","weight":0.273,"text":"speaks of himself or to somebody: \"want my money\"","words":"want my money"}],"priorityReasons":[{"name":"unanswered","weight":2.372,"text":"says \"nobody answers\"","words":"nobody answers"},{"name":"wording","weight":2.035,"text":"words such as \"nobody answers, I want\"","words":"nobody answers, I want"},{"name":"voice","weight":0.813,"text":"speaks of himself or to somebody: \"want my money\"","words":"want my money"},{"name":"subject","weight":0.423,"text":"speaks of \"nobody answers\"","words":"nobody answers"}],"seen":["failure","time","money","refund","repeated","unanswered","expectation"],"judgedBy":"d1d362e18545"},"watches":["acme"],"onTrial":[],"found":[{"watch":"acme","words":["acme"]}],"teams":["care"],"standing":"Case","caseId":1,"deleted":false,"erased":false}',NULL);
INSERT INTO "mentions" VALUES(2,'replay:posts','2','sam1',2,1795353857126,'{"id":2,"post":{"key":{"namespace":"replay:posts","id":"2"},"channel":"posts","kind":"replay","text":"acme lost my parcel, I am furious, nobody answers","author":{"id":"sam1","name":"Sam","handle":"sam1"},"automatic":false,"private":false,"byUs":false,"answersUnseen":false},"posted":1795353857126,"firstSeen":1795353857126,"assessment":{"complaint":0.9865,"isComplaint":true,"sentiment":-0.9914,"sentimentLabel":"negative","urgency":0.6947,"priority":"High","severity":1.35,"aspect":"delivery","lang":"en","reasons":[{"name":"feeling","weight":1.393,"text":"says \"furious\"","words":"furious"},{"name":"unanswered","weight":1.213,"text":"says \"nobody answers\"","words":"nobody answers"},{"name":"failure","weight":1.078,"text":"says \"lost my parcel\"","words":"lost my parcel"},{"name":"wording","weight":0.833,"text":"words such as \"nobody answers\"","words":"nobody answers"},{"name":"subject","weight":0.258,"text":"speaks of \"lost my parcel\"","words":"lost my parcel"},{"name":"voice","weight":0.216,"text":"speaks of himself or to somebody: \"lost my parcel\"","words":"lost my parcel"}],"priorityReasons":[{"name":"unanswered","weight":2.372,"text":"says \"nobody answers\"","words":"nobody answers"},{"name":"wording","weight":1.882,"text":"words such as \"furious, nobody answers\"","words":"furious, nobody answers"},{"name":"voice","weight":0.644,"text":"speaks of himself or to somebody: \"lost my parcel\"","words":"lost my parcel"},{"name":"subject","weight":0.422,"text":"speaks of \"lost my parcel\"","words":"lost my parcel"}],"seen":["failure","unanswered"],"judgedBy":"d1d362e18545"},"watches":["acme"],"onTrial":[],"found":[{"watch":"acme","words":["acme"]}],"teams":["care"],"standing":"Case","caseId":2,"deleted":false,"erased":false}',NULL);
INSERT INTO "mentions" VALUES(3,'replay:posts','3','zoe',NULL,1795353857126,'{"id":0,"post":{"key":{"namespace":"replay:posts","id":"3"},"channel":"posts","kind":"replay","text":"bought a lamp at acme today","author":{"id":"zoe","name":"Zoe","handle":"zoe"},"automatic":false,"private":false,"byUs":false,"answersUnseen":false},"posted":1795353857126,"firstSeen":1795353857126,"assessment":{"complaint":0.2772,"isComplaint":false,"sentiment":-0.0444,"sentimentLabel":"neutral","urgency":0.1304,"priority":"Low","severity":0.77,"aspect":"quality","lang":"en","reasons":[{"name":"nobody","weight":-0.382,"text":"nobody speaks of himself or to anybody"},{"name":"time","weight":0.16,"text":"says \"today\"","words":"today"},{"name":"uncertain","weight":0,"text":"it is near the line between a complaint and none"}],"priorityReasons":[{"name":"wording","weight":0.461,"text":"words such as \"bought a lamp\"","words":"bought a lamp"},{"name":"time","weight":0.283,"text":"says \"today\"","words":"today"}],"seen":["time"],"judgedBy":"d1d362e18545"},"watches":["acme"],"onTrial":[],"found":[{"watch":"acme","words":["acme"]}],"teams":["care"],"standing":"Tray","deleted":false,"erased":false}',NULL);
CREATE TABLE notes_heard (id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE notices (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, good INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE TABLE pings (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    subject TEXT NOT NULL,
    room TEXT NOT NULL,
    step TEXT NOT NULL,
    text TEXT NOT NULL,
    state INTEGER NOT NULL DEFAULT 1,
    message TEXT,
    wanted_at INTEGER NOT NULL,
    sent_at INTEGER,
    try_at INTEGER NOT NULL DEFAULT 0,
    tries INTEGER NOT NULL DEFAULT 0,
    reason TEXT, to_accounts TEXT NOT NULL DEFAULT '[]', buttons TEXT NOT NULL DEFAULT '[]',
    UNIQUE (subject, room, step)) STRICT;
CREATE TABLE presses (id TEXT PRIMARY KEY, by_id TEXT NOT NULL, by_name TEXT NOT NULL, target TEXT NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
CREATE TABLE rereads (case_id INTEGER NOT NULL REFERENCES cases (id), channel TEXT NOT NULL, due INTEGER NOT NULL, asked_at INTEGER NOT NULL, PRIMARY KEY (case_id, channel)) WITHOUT ROWID, STRICT;
INSERT INTO "rereads" VALUES(1,'posts',1795354157126,1795353857126);
INSERT INTO "rereads" VALUES(2,'posts',1795354157126,1795353857126);
CREATE TABLE sequences (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "sequences" VALUES('case',2);
CREATE TABLE silences (id INTEGER PRIMARY KEY AUTOINCREMENT, until_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE spending (
  channel TEXT NOT NULL,
  day INTEGER NOT NULL,
  spent INTEGER NOT NULL DEFAULT 0,
  told INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (channel, day)
) STRICT, WITHOUT ROWID;
CREATE TABLE tray (
    mention INTEGER NOT NULL REFERENCES mentions (id),
    team TEXT NOT NULL,
    complaint REAL NOT NULL,
    added_at INTEGER NOT NULL,
    page INTEGER REFERENCES tray_pages (id),
    verdict TEXT,
    decided_at INTEGER, silence INTEGER REFERENCES silences (id),
    PRIMARY KEY (mention, team)) WITHOUT ROWID, STRICT;
INSERT INTO "tray" VALUES(3,'care',0.2772,1795353857126,NULL,NULL,NULL,NULL);
CREATE TABLE tray_pages (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, day INTEGER NOT NULL, page INTEGER NOT NULL, pages INTEGER NOT NULL, mentions TEXT NOT NULL, note TEXT) STRICT;
CREATE TABLE unmatched (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ns TEXT NOT NULL,
    post_id TEXT NOT NULL,
    author_id TEXT,
    channel TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    weight REAL NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (ns, post_id)) STRICT;
CREATE TABLE verdicts (id INTEGER PRIMARY KEY, mention INTEGER NOT NULL REFERENCES mentions (id), verdict TEXT NOT NULL, by_id TEXT NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX kept_aside_of_channel ON kept_aside (channel, id);
CREATE INDEX mentions_of_author ON mentions (ns, author_id) WHERE author_id IS NOT NULL;
CREATE INDEX mentions_of_case ON mentions (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX cases_of_state ON cases (state);
CREATE INDEX keys_of_case ON case_keys (case_id, thread_hash);
CREATE INDEX cards_waiting ON cards (room, priority DESC, posted, try_at) WHERE shown < wanted AND gave_up < wanted;
CREATE INDEX cards_shown ON cards (first_shown_at) WHERE first_shown_at IS NOT NULL;
CREATE INDEX pings_to_do ON pings (room, try_at) WHERE state > 0;
CREATE INDEX tray_unlisted ON tray (team, complaint DESC, mention) WHERE page IS NULL AND verdict IS NULL;
CREATE INDEX tray_undecided ON tray (mention) WHERE verdict IS NULL;
CREATE INDEX presses_of_target ON presses (target);
CREATE INDEX cases_due ON cases (priority, due) WHERE due IS NOT NULL;
CREATE INDEX cases_live ON cases (team, priority DESC, posted) WHERE state IN (0, 1, 3, 4, 5);
CREATE INDEX cases_of_owner ON cases (owner, priority DESC, posted) WHERE state IN (0, 1, 3, 4, 5) AND owner IS NOT NULL;
CREATE INDEX cases_ended ON cases (aspect, id DESC) WHERE state IN (2, 6, 7);
CREATE INDEX cases_changed ON cases (team, changed);
CREATE INDEX cases_seen ON cases (team, first_seen);
CREATE INDEX cases_of_customer ON cases (customer, id) WHERE customer IS NOT NULL;
CREATE INDEX cases_of_group ON cases (in_group, priority DESC, posted) WHERE in_group IS NOT NULL AND state IN (0, 3, 4) AND owner IS NULL;
CREATE INDEX gaps_of_channel ON gaps (channel, to_at);
CREATE INDEX cards_of_message ON cards (message) WHERE message IS NOT NULL;
CREATE INDEX accounts_of_customer ON customer_accounts (customer);
CREATE INDEX addresses_of_customer ON customer_addresses (customer);
CREATE INDEX lookups_due ON lookups (try_at) WHERE looked_at IS NULL;
CREATE INDEX mentions_at ON mentions (address, id) WHERE address IS NOT NULL;
CREATE INDEX cases_free ON cases (team, priority DESC, posted) WHERE state IN (0, 3, 4) AND owner IS NULL;
CREATE INDEX silences_until ON silences (until_at);
CREATE INDEX tray_of_silence ON tray (silence, team) WHERE silence IS NOT NULL;
CREATE INDEX groups_of_team ON case_groups (team, aspect, last_at);
CREATE INDEX links_of_account ON links (account);
CREATE INDEX links_of_member ON links (member);
CREATE INDEX gaps_unsettled ON gaps (channel) WHERE fate = 2;
CREATE INDEX gaps_ended ON gaps (to_at);
CREATE INDEX times_fetched ON mention_times (fetched);
CREATE INDEX times_posted ON mention_times (channel, posted) WHERE posted IS NOT NULL;
CREATE INDEX rereads_due ON rereads (channel, due);
CREATE INDEX rereads_asked ON rereads (channel, asked_at);
CREATE INDEX canary_runs_open ON canary_runs (judged, id);
CREATE INDEX canaries_of_run ON canaries (run);
CREATE INDEX verdicts_of_mention ON verdicts (mention, id);
CREATE INDEX unmatched_by_time ON unmatched (seen_at);
CREATE INDEX unmatched_of_channel ON unmatched (channel, weight);
CREATE INDEX unmatched_of_author ON unmatched (ns, author_id) WHERE author_id IS NOT NULL;
CREATE INDEX config_versions_by_hash ON config_versions (hash);
CREATE INDEX held_changes_by_hash ON held_changes (hash);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('customers',2);
INSERT INTO "sqlite_sequence" VALUES('config_versions',1);
INSERT INTO "sqlite_sequence" VALUES('mentions',3);
COMMIT;
