-- A database of version 4, as the program of that time made it. Never changed: later versions must open it.
PRAGMA foreign_keys=OFF;
PRAGMA application_id=1279422324;
PRAGMA user_version=4;
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
INSERT INTO "cards" VALUES('case:1','care',3,0,0,NULL,3,1793609880000,1793610000000,0,0,0,NULL,NULL);
INSERT INTO "cards" VALUES('thread:1','care',3,0,0,NULL,0,1793610000000,1793610000000,0,0,0,NULL,NULL);
CREATE TABLE case_events (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (case_id, version)) WITHOUT ROWID, STRICT;
INSERT INTO "case_events" VALUES(1,1,1793610000000,'{"event":"opened","caseId":1,"mention":1,"priority":"High","teams":["care"],"posted":1793609880000,"firstSeen":1793610000000,"aspect":"quality","customer":1,"private":false,"shadow":false,"for":{"id":"member:cem","name":"Cem Ay"},"where":"posts"}');
INSERT INTO "case_events" VALUES(1,2,1793610000000,'{"event":"claimed","by":{"id":"member:anna","name":"Anna Berg"},"where":"discord"}');
INSERT INTO "case_events" VALUES(1,3,1793610000000,'{"event":"priority-set","priority":"Critical","by":{"id":"member:anna","name":"Anna Berg"},"where":"discord"}');
CREATE TABLE case_groups (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, aspect TEXT NOT NULL, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL, cases INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE case_keys (key TEXT PRIMARY KEY, case_id INTEGER NOT NULL, thread_hash INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "case_keys" VALUES('thread replay:posts 1',1,-3937938474253551064);
INSERT INTO "case_keys" VALUES('author replay:posts mia care',1,0);
INSERT INTO "case_keys" VALUES('text 084ec2f132fdfe0134',1,0);
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    due INTEGER,
    body TEXT NOT NULL, priority INTEGER NOT NULL DEFAULT 0, team TEXT NOT NULL DEFAULT '', aspect TEXT NOT NULL DEFAULT 'other', owner TEXT, customer INTEGER, in_group INTEGER, changed INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "cases" VALUES(1,3,1,1793609880000,1793610000000,1793610600000,'{"isOpen":true,"isFree":false,"isHeld":true,"hasEnded":false,"since":1793610000000,"id":1,"version":3,"state":"Claimed","priority":"Critical","teams":["care"],"posted":1793609880000,"firstSeen":1793610000000,"firstMention":1,"voices":1,"aspect":"quality","customer":1,"private":false,"shadow":false,"for":{"id":"member:cem","name":"Cem Ay"},"owner":{"id":"member:anna","name":"Anna Berg"},"claimedAt":1793610000000,"promises":[],"handOvers":0,"erased":false,"happiness":"Silent","pinged":false,"waitingSince":1793610000000,"lastAction":1793610000000,"taken":[],"lastPress":{"by":{"id":"member:anna","name":"Anna Berg"},"at":1793610000000,"what":"PrioritySet","before":{"isOpen":true,"isFree":false,"isHeld":true,"hasEnded":false,"since":1793610000000,"id":1,"version":2,"state":"Claimed","priority":"High","teams":["care"],"posted":1793609880000,"firstSeen":1793610000000,"firstMention":1,"voices":1,"aspect":"quality","customer":1,"private":false,"shadow":false,"for":{"id":"member:cem","name":"Cem Ay"},"owner":{"id":"member:anna","name":"Anna Berg"},"claimedAt":1793610000000,"promises":[],"handOvers":0,"erased":false,"happiness":"Silent","pinged":false,"waitingSince":1793610000000,"lastAction":1793610000000,"taken":[]}},"due":1793610600000,"dueStep":"WarnTarget"}',3,'care','quality','member:anna',1,NULL,1793610000000);
CREATE TABLE cursors (channel TEXT PRIMARY KEY, value TEXT NOT NULL, first_contact INTEGER NOT NULL, moved_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "cursors" VALUES('posts','7',1793610000000,1793610000000);
CREATE TABLE customer_accounts (ns TEXT NOT NULL, author TEXT NOT NULL, customer INTEGER NOT NULL REFERENCES customers (id), PRIMARY KEY (ns, author)) WITHOUT ROWID, STRICT;
INSERT INTO "customer_accounts" VALUES('replay:posts','mia',1);
CREATE TABLE customer_addresses (address TEXT NOT NULL, customer INTEGER NOT NULL REFERENCES customers (id), PRIMARY KEY (address, customer)) WITHOUT ROWID, STRICT;
CREATE TABLE customers (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
INSERT INTO "customers" VALUES(1,'{"id":1,"accounts":[{"namespace":"replay:posts","author":"mia","name":"Mia Lang","handle":"mia","addresses":[],"links":[],"pages":[]}],"name":"Mia Lang"}');
CREATE TABLE digests (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, period TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, UNIQUE (team, period, from_at)) STRICT;
CREATE TABLE documents (name TEXT PRIMARY KEY, text TEXT NOT NULL, kept_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "documents" VALUES('configuration','{}',1793610000000);
CREATE TABLE gaps (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, cause TEXT NOT NULL, added_at INTEGER NOT NULL, fate INTEGER NOT NULL DEFAULT 3, quiet INTEGER NOT NULL DEFAULT 0, told INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE kept_aside (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, what TEXT NOT NULL, raw TEXT NOT NULL, kept_at INTEGER NOT NULL) STRICT;
CREATE TABLE links (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, account_name TEXT NOT NULL, member TEXT NOT NULL, asked_at INTEGER NOT NULL, decided_at INTEGER, decided_by TEXT, yes INTEGER) STRICT;
CREATE TABLE lookups (mention INTEGER PRIMARY KEY REFERENCES mentions (id), try_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, looked_at INTEGER, contacts TEXT NOT NULL DEFAULT '[]') STRICT;
INSERT INTO "lookups" VALUES(1,1793610002000,0,NULL,'[]');
CREATE TABLE mention_times (
    mention INTEGER PRIMARY KEY REFERENCES mentions (id), channel TEXT NOT NULL, posted INTEGER, seen INTEGER NOT NULL, fetched INTEGER NOT NULL,
    scored_us INTEGER NOT NULL, recorded_us INTEGER NOT NULL, first_contact INTEGER NOT NULL) STRICT;
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ns TEXT NOT NULL,
    post_id TEXT NOT NULL,
    author_id TEXT,
    case_id INTEGER,
    first_seen INTEGER NOT NULL,
    body TEXT NOT NULL, address TEXT,
    UNIQUE (ns, post_id)) STRICT;
INSERT INTO "mentions" VALUES(1,'replay:posts','1','mia',1,1793610000000,'{"id":1,"post":{"key":{"namespace":"replay:posts","id":"1"},"channel":"posts","kind":"replay","text":"My Acme laptop died again, third time this month. Nobody answers.","url":"https://social.example/1","author":{"id":"mia","name":"Mia Lang","handle":"mia"},"posted":1793609880000,"automatic":false,"private":false,"byUs":false,"answersUnseen":false},"posted":1793609880000,"firstSeen":1793610000000,"assessment":{"complaint":0.9975,"isComplaint":true,"sentiment":-0.9971,"sentimentLabel":"negative","urgency":0.6295,"priority":"High","severity":1.56,"aspect":"quality","lang":"en","reasons":[{"name":"wording","weight":1.777,"text":"words such as \"third time this month\"","words":"third time this month"},{"name":"unanswered","weight":1.213,"text":"says \"Nobody answers\"","words":"Nobody answers"},{"name":"feeling","weight":1.174,"text":"says \"died again\"","words":"died again"},{"name":"failure","weight":1.078,"text":"says \"died again\"","words":"died again"},{"name":"repeated","weight":0.91,"text":"says \"died again\"","words":"died again"},{"name":"subject","weight":0.218,"text":"speaks of \"Nobody answers\"","words":"Nobody answers"},{"name":"time","weight":0.16,"text":"says \"died again\"","words":"died again"},{"name":"voice","weight":0.136,"text":"speaks of himself or to somebody: \"My\"","words":"My"}],"priorityReasons":[{"name":"unanswered","weight":2.372,"text":"says \"Nobody answers\"","words":"Nobody answers"},{"name":"wording","weight":1.602,"text":"words such as \"Nobody answers\"","words":"Nobody answers"},{"name":"subject","weight":0.423,"text":"speaks of \"Nobody answers\"","words":"Nobody answers"},{"name":"voice","weight":0.406,"text":"speaks of himself or to somebody: \"My\"","words":"My"}],"seen":["failure","time","repeated","unanswered"],"judgedBy":"d1d362e18545"},"watches":["acme"],"onTrial":[],"teams":["care"],"standing":"Case","caseId":1,"deleted":false,"erased":false}','social.example/1');
INSERT INTO "mentions" VALUES(2,'replay:posts','2','ben',NULL,1793610000000,'{"id":2,"post":{"key":{"namespace":"replay:posts","id":"2"},"channel":"posts","kind":"replay","text":"acme opens a shop in Leeds","url":"https://social.example/2","author":{"id":"ben","handle":"ben"},"posted":1793609880000,"automatic":false,"private":false,"byUs":false,"answersUnseen":false},"posted":1793609880000,"firstSeen":1793610000000,"assessment":{"complaint":0.1988,"isComplaint":false,"sentiment":-0.0599,"sentimentLabel":"neutral","urgency":0.1207,"priority":"Low","severity":1.61,"aspect":"delivery","lang":"en","reasons":[{"name":"nobody","weight":-0.382,"text":"nobody speaks of himself or to anybody"},{"name":"wording","weight":-0.301,"text":"words such as \"opens a shop\"","words":"opens a shop"}],"priorityReasons":[],"seen":[],"judgedBy":"d1d362e18545"},"watches":["acme"],"onTrial":[],"teams":["care"],"standing":"Dismissed","deleted":false,"erased":false}','social.example/2');
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
INSERT INTO "presses" VALUES('press 1','member:anna','Anna Berg','Claim:1','{"ask":[]}',1793610000000);
INSERT INTO "presses" VALUES('press 2','member:anna','Anna Berg','TrayDismiss:2','{"ask":[]}',1793610000000);
INSERT INTO "presses" VALUES('press 3','member:anna','Anna Berg','Priority:1:Critical','{"say":"It is critical now. Thank you: the scorer learns from it.","ask":[]}',1793610000000);
CREATE TABLE rereads (case_id INTEGER NOT NULL REFERENCES cases (id), channel TEXT NOT NULL, due INTEGER NOT NULL, asked_at INTEGER NOT NULL, PRIMARY KEY (case_id, channel)) WITHOUT ROWID, STRICT;
INSERT INTO "rereads" VALUES(1,'posts',1793610300000,1793610000000);
CREATE TABLE sequences (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "sequences" VALUES('case',1);
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
INSERT INTO "tray" VALUES(2,'care',0.1988,1793610000000,NULL,'dismissed, by Anna Berg',1793610000000,NULL);
CREATE TABLE tray_pages (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, day INTEGER NOT NULL, page INTEGER NOT NULL, pages INTEGER NOT NULL, mentions TEXT NOT NULL, note TEXT) STRICT;
CREATE TABLE verdicts (id INTEGER PRIMARY KEY, mention INTEGER NOT NULL REFERENCES mentions (id), verdict TEXT NOT NULL, by_id TEXT NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
INSERT INTO "verdicts" VALUES(1,2,'not-complaint','member:anna','Anna Berg',1793610000000);
INSERT INTO "verdicts" VALUES(2,1,'priority-critical','member:anna','Anna Berg',1793610000000);
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
INSERT INTO "sqlite_sequence" VALUES('customers',1);
INSERT INTO "sqlite_sequence" VALUES('mentions',2);
COMMIT;
