-- A database of version 2, as the program of that time made it: three posts were replayed. Never changed: later versions must open it.
PRAGMA foreign_keys=OFF;
PRAGMA application_id=1279422324;
PRAGMA user_version=2;
BEGIN TRANSACTION;
CREATE TABLE alarms (case_id INTEGER NOT NULL, fault TEXT NOT NULL, told_at INTEGER NOT NULL, PRIMARY KEY (case_id, fault)) WITHOUT ROWID, STRICT;
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
INSERT INTO "cards" VALUES('case:1','care',1,1,0,'case:1',2,1795353855210,1795353855210,0,0,0,NULL,1795353858666);
INSERT INTO "cards" VALUES('case:2','care',1,1,0,'case:2',2,1795353855210,1795353855210,0,0,0,NULL,1795353859101);
CREATE TABLE case_events (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (case_id, version)) WITHOUT ROWID, STRICT;
INSERT INTO "case_events" VALUES(1,1,1795353855210,'{"event":"opened","caseId":1,"mention":1,"priority":"High","teams":["care"],"posted":1795353855210,"firstSeen":1795353855210,"aspect":"staff","customer":1,"private":false,"shadow":false,"where":"posts"}');
INSERT INTO "case_events" VALUES(1,2,1795353858666,'{"event":"card-shown","room":"care"}');
INSERT INTO "case_events" VALUES(2,1,1795353855210,'{"event":"opened","caseId":2,"mention":2,"priority":"High","teams":["care"],"posted":1795353855210,"firstSeen":1795353855210,"aspect":"staff","customer":2,"private":false,"shadow":false,"where":"posts"}');
INSERT INTO "case_events" VALUES(2,2,1795353859101,'{"event":"card-shown","room":"care"}');
CREATE TABLE case_groups (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, aspect TEXT NOT NULL, opened_at INTEGER NOT NULL, last_at INTEGER NOT NULL, cases INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE case_keys (key TEXT PRIMARY KEY, case_id INTEGER NOT NULL, thread_hash INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "case_keys" VALUES('thread replay:posts 1',1,-3937938474253551064);
INSERT INTO "case_keys" VALUES('author replay:posts mia care',1,0);
INSERT INTO "case_keys" VALUES('text aef0e3e82dbe66ee42',1,0);
INSERT INTO "case_keys" VALUES('thread replay:posts 2',2,-3937935175718666431);
INSERT INTO "case_keys" VALUES('author replay:posts sam1 care',2,0);
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    due INTEGER,
    body TEXT NOT NULL, priority INTEGER NOT NULL DEFAULT 0, team TEXT NOT NULL DEFAULT '', aspect TEXT NOT NULL DEFAULT 'other', owner TEXT, customer INTEGER, in_group INTEGER, changed INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO "cases" VALUES(1,2,3,1795353855210,1795353855210,1795354755210,'{"isOpen":true,"isFree":true,"isHeld":false,"hasEnded":false,"since":1795353855210,"id":1,"version":2,"state":"Shown","priority":"High","teams":["care"],"posted":1795353855210,"firstSeen":1795353855210,"firstMention":1,"voices":1,"aspect":"staff","customer":1,"private":false,"shadow":false,"shownAt":1795353858666,"promises":[],"handOvers":0,"erased":false,"happiness":"Silent","pinged":false,"waitingSince":1795353855210,"taken":[],"due":1795354755210,"dueStep":"Ping"}',2,'care','staff',NULL,1,NULL,1795353858666);
INSERT INTO "cases" VALUES(2,2,3,1795353855210,1795353855210,1795354755210,'{"isOpen":true,"isFree":true,"isHeld":false,"hasEnded":false,"since":1795353855210,"id":2,"version":2,"state":"Shown","priority":"High","teams":["care"],"posted":1795353855210,"firstSeen":1795353855210,"firstMention":2,"voices":1,"aspect":"staff","customer":2,"private":false,"shadow":false,"shownAt":1795353859101,"promises":[],"handOvers":0,"erased":false,"happiness":"Silent","pinged":false,"waitingSince":1795353855210,"taken":[],"due":1795354755210,"dueStep":"Ping"}',2,'care','staff',NULL,2,NULL,1795353859101);
CREATE TABLE cursors (channel TEXT PRIMARY KEY, value TEXT NOT NULL, first_contact INTEGER NOT NULL, moved_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "cursors" VALUES('posts','379:3',1795353855210,1795353858153);
CREATE TABLE customer_accounts (ns TEXT NOT NULL, author TEXT NOT NULL, customer INTEGER NOT NULL REFERENCES customers (id), PRIMARY KEY (ns, author)) WITHOUT ROWID, STRICT;
INSERT INTO "customer_accounts" VALUES('replay:posts','mia',1);
INSERT INTO "customer_accounts" VALUES('replay:posts','sam1',2);
CREATE TABLE customer_addresses (address TEXT NOT NULL, customer INTEGER NOT NULL REFERENCES customers (id), PRIMARY KEY (address, customer)) WITHOUT ROWID, STRICT;
CREATE TABLE customers (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL) STRICT;
INSERT INTO "customers" VALUES(1,'{"id":1,"accounts":[{"namespace":"replay:posts","author":"mia","name":"Mia Lang","handle":"mia","addresses":[],"links":[],"pages":[]}],"name":"Mia Lang"}');
INSERT INTO "customers" VALUES(2,'{"id":2,"accounts":[{"namespace":"replay:posts","author":"sam1","name":"Sam","handle":"sam1","addresses":[],"links":[],"pages":[]}],"name":"Sam"}');
CREATE TABLE digests (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, period TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, UNIQUE (team, period, from_at)) STRICT;
CREATE TABLE documents (name TEXT PRIMARY KEY, text TEXT NOT NULL, kept_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "documents" VALUES('configuration','{"appsettings.json":"eyJDaGFubmVscyI6eyJwb3N0cyI6eyJLaW5kIjoicmVwbGF5IiwiUGF0aCI6Ii93b3JrL3ctZXJhc2Utc2NyYXRjaC9kMi9wb3N0cy5qc29ubCJ9fSwiV2ViIjp7Ikxpc3RlbiI6IiJ9LCJTdG9yYWdlIjp7IlBhdGgiOiJkYXRhL2JvdC5kYiJ9fQo=","config/watches.yaml":"d2F0Y2hlczoKICAtIG5hbWU6IGFjbWUKICAgIGZpbmQ6IFthY21lXQo="}',1795353845951);
INSERT INTO "documents" VALUES('last heartbeat','2026-11-22T13:24:12.9879598+00:00',1795353852987);
CREATE TABLE gaps (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, cause TEXT NOT NULL, added_at INTEGER NOT NULL) STRICT;
CREATE TABLE kept_aside (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, what TEXT NOT NULL, raw TEXT NOT NULL, kept_at INTEGER NOT NULL) STRICT;
CREATE TABLE links (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, account_name TEXT NOT NULL, member TEXT NOT NULL, asked_at INTEGER NOT NULL, decided_at INTEGER, decided_by TEXT, yes INTEGER) STRICT;
CREATE TABLE lookups (mention INTEGER PRIMARY KEY REFERENCES mentions (id), try_at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, looked_at INTEGER, contacts TEXT NOT NULL DEFAULT '[]') STRICT;
INSERT INTO "lookups" VALUES(1,1795353857210,0,1795353859075,'[]');
INSERT INTO "lookups" VALUES(2,1795353857210,0,1795353859076,'[]');
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ns TEXT NOT NULL,
    post_id TEXT NOT NULL,
    author_id TEXT,
    case_id INTEGER,
    first_seen INTEGER NOT NULL,
    body TEXT NOT NULL, address TEXT,
    UNIQUE (ns, post_id)) STRICT;
INSERT INTO "mentions" VALUES(1,'replay:posts','1','mia',1,1795353855210,'{"id":1,"post":{"key":{"namespace":"replay:posts","id":"1"},"channel":"posts","kind":"replay","text":"acme ruined my week: the laptop died again and nobody answers, I want my money back","author":{"id":"mia","name":"Mia Lang","handle":"mia"},"automatic":false,"private":false,"answersUnseen":false},"posted":1795353855210,"firstSeen":1795353855210,"assessment":{"complaint":0.9972,"isComplaint":true,"sentiment":-1,"sentimentLabel":"negative","urgency":0.62,"priority":"High","aspect":"staff","lang":"en","reasons":[{"name":"failure","weight":1.1,"text":"says \"died again\""},{"name":"unanswered","weight":1.1,"text":"says \"nobody answers\""},{"name":"feeling","weight":0.645,"text":"says \"ruined my\""},{"name":"refund","weight":0.59,"text":"says \"want my money\""},{"name":"expectation","weight":0.58,"text":"says \"ruined my\""},{"name":"repeated","weight":0.51,"text":"says \"died again\""},{"name":"money","weight":0.3,"text":"says \"want my money\""},{"name":"time","weight":0.13,"text":"says \"died again\""}]},"watches":["acme"],"onTrial":[],"teams":["care"],"standing":"Case","caseId":1,"deleted":false,"erased":false}',NULL);
INSERT INTO "mentions" VALUES(2,'replay:posts','2','sam1',2,1795353855210,'{"id":2,"post":{"key":{"namespace":"replay:posts","id":"2"},"channel":"posts","kind":"replay","text":"acme lost my parcel, I am furious, nobody answers","author":{"id":"sam1","name":"Sam","handle":"sam1"},"automatic":false,"private":false,"answersUnseen":false},"posted":1795353855210,"firstSeen":1795353855210,"assessment":{"complaint":0.974,"isComplaint":true,"sentiment":-1,"sentimentLabel":"negative","urgency":0.62,"priority":"High","aspect":"staff","lang":"en","reasons":[{"name":"failure","weight":1.1,"text":"says \"lost my parcel\""},{"name":"unanswered","weight":1.1,"text":"says \"nobody answers\""},{"name":"feeling","weight":0.645,"text":"says \"furious\""}]},"watches":["acme"],"onTrial":[],"teams":["care"],"standing":"Case","caseId":2,"deleted":false,"erased":false}',NULL);
INSERT INTO "mentions" VALUES(3,'replay:posts','3','zoe',NULL,1795353855210,'{"id":0,"post":{"key":{"namespace":"replay:posts","id":"3"},"channel":"posts","kind":"replay","text":"bought a lamp at acme today","author":{"id":"zoe","name":"Zoe","handle":"zoe"},"automatic":false,"private":false,"answersUnseen":false},"posted":1795353855210,"firstSeen":1795353855210,"assessment":{"complaint":0.187,"isComplaint":false,"sentiment":0,"sentimentLabel":"neutral","urgency":0.0861,"priority":"Low","aspect":"other","lang":"en","reasons":[{"name":"time","weight":0.13,"text":"says \"today\""}]},"watches":["acme"],"onTrial":[],"teams":["care"],"standing":"Tray","deleted":false,"erased":false}',NULL);
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
CREATE TABLE sequences (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO "sequences" VALUES('case',2);
CREATE TABLE silences (id INTEGER PRIMARY KEY AUTOINCREMENT, until_at INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
CREATE TABLE tray (
    mention INTEGER NOT NULL REFERENCES mentions (id),
    team TEXT NOT NULL,
    complaint REAL NOT NULL,
    added_at INTEGER NOT NULL,
    page INTEGER REFERENCES tray_pages (id),
    verdict TEXT,
    decided_at INTEGER, silence INTEGER REFERENCES silences (id),
    PRIMARY KEY (mention, team)) WITHOUT ROWID, STRICT;
INSERT INTO "tray" VALUES(3,'care',0.187,1795353855210,NULL,NULL,NULL,NULL);
CREATE TABLE tray_pages (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, day INTEGER NOT NULL, page INTEGER NOT NULL, pages INTEGER NOT NULL, mentions TEXT NOT NULL, note TEXT) STRICT;
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
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('customers',2);
INSERT INTO "sqlite_sequence" VALUES('mentions',3);
COMMIT;
