-- A database of version 1, as this program made it (sqlite3 FILE .dump). Never changed: later versions must open it.
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE sequences (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO sequences VALUES('case',1);
CREATE TABLE cursors (channel TEXT PRIMARY KEY, value TEXT NOT NULL, first_contact INTEGER NOT NULL, moved_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO cursors VALUES('posts','7',1793610000000,1793610000000);
CREATE TABLE gaps (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, cause TEXT NOT NULL, added_at INTEGER NOT NULL) STRICT;
CREATE TABLE kept_aside (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, what TEXT NOT NULL, raw TEXT NOT NULL, kept_at INTEGER NOT NULL) STRICT;
CREATE TABLE mentions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    ns TEXT NOT NULL,
    post_id TEXT NOT NULL,
    author_id TEXT,
    case_id INTEGER,
    first_seen INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (ns, post_id)) STRICT;
INSERT INTO mentions VALUES(1,'replay:posts','1','mia',1,1793610000000,'{"id":0,"post":{"key":{"namespace":"replay:posts","id":"1"},"channel":"posts","kind":"replay","text":"My Acme laptop died again","url":"https://social.example/1","author":{"id":"mia","name":"Mia Lang","handle":"mia"},"posted":1793609880000,"automatic":false,"private":false},"posted":1793609880000,"firstSeen":1793610000000,"assessment":{"complaint":0.9,"isComplaint":true,"sentiment":-0.6,"sentimentLabel":"negative","urgency":0.4,"priority":"Normal","aspect":"quality","lang":"en","reasons":[{"name":"failure","weight":1.2,"text":"says \"died again\""}]},"watches":["acme"],"teams":["care"],"standing":"Case","caseId":1,"deleted":false}');
INSERT INTO mentions VALUES(2,'replay:posts','2','mia',NULL,1793610000000,'{"id":0,"post":{"key":{"namespace":"replay:posts","id":"2"},"channel":"posts","kind":"replay","text":"My Acme laptop died again","url":"https://social.example/2","author":{"id":"mia","name":"Mia Lang","handle":"mia"},"posted":1793609880000,"automatic":false,"private":false},"posted":1793609880000,"firstSeen":1793610000000,"assessment":{"complaint":0.9,"isComplaint":true,"sentiment":-0.6,"sentimentLabel":"negative","urgency":0.4,"priority":"Normal","aspect":"quality","lang":"en","reasons":[{"name":"failure","weight":1.2,"text":"says \"died again\""}]},"watches":["acme"],"teams":["care"],"standing":"Tray","deleted":false}');
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    state INTEGER NOT NULL,
    posted INTEGER NOT NULL,
    first_seen INTEGER NOT NULL,
    due INTEGER,
    body TEXT NOT NULL) STRICT;
INSERT INTO cases VALUES(1,1,0,1793609880000,1793610000000,1793610900000,'{"isOpen":true,"id":1,"version":1,"state":"Unclaimed","priority":"High","teams":["care"],"posted":1793609880000,"firstSeen":1793610000000,"firstMention":1,"voices":1,"pinged":false,"due":1793610900000}');
CREATE TABLE case_events (
    case_id INTEGER NOT NULL REFERENCES cases (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (case_id, version)) WITHOUT ROWID, STRICT;
INSERT INTO case_events VALUES(1,1,1793610000000,'{"event":"opened","caseId":1,"mention":1,"priority":"High","teams":["care"],"posted":1793609880000,"firstSeen":1793610000000}');
CREATE TABLE case_keys (key TEXT PRIMARY KEY, case_id INTEGER NOT NULL, thread_hash INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO case_keys VALUES('thread replay:posts 1',1,-3937938474253551064);
INSERT INTO case_keys VALUES('author replay:posts mia care',1,0);
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
INSERT INTO cards VALUES('case:1','care',1,0,0,NULL,2,1793609880000,1793610000000,0,0,0,NULL,NULL);
INSERT INTO cards VALUES('notice:1','ops',1,0,0,NULL,2,1793610000000,1793610000000,0,0,0,NULL,NULL);
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
    reason TEXT,
    UNIQUE (subject, room, step)) STRICT;
INSERT INTO pings VALUES(1,'case:1','care','unclaimed','Nobody has it yet',1,NULL,1793610000000,NULL,0,0,NULL);
CREATE TABLE tray_pages (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, day INTEGER NOT NULL, page INTEGER NOT NULL, pages INTEGER NOT NULL, mentions TEXT NOT NULL) STRICT;
INSERT INTO tray_pages VALUES(1,'care',739921,1,1,'[2]');
CREATE TABLE tray (
    mention INTEGER NOT NULL REFERENCES mentions (id),
    team TEXT NOT NULL,
    complaint REAL NOT NULL,
    added_at INTEGER NOT NULL,
    page INTEGER REFERENCES tray_pages (id),
    verdict TEXT,
    decided_at INTEGER,
    PRIMARY KEY (mention, team)) WITHOUT ROWID, STRICT;
INSERT INTO tray VALUES(2,'care',0.29999999999999998889,1793610000000,1,NULL,NULL);
CREATE TABLE notices (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, good INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
INSERT INTO notices VALUES(1,'The feed is not heard.',0,1793610000000);
CREATE TABLE presses (id TEXT PRIMARY KEY, by_id TEXT NOT NULL, by_name TEXT NOT NULL, target TEXT NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO presses VALUES('press-1','discord:1','Ann','More:1','{"say":"Case 1","ask":[]}',1793610000000);
CREATE TABLE verdicts (id INTEGER PRIMARY KEY, mention INTEGER NOT NULL REFERENCES mentions (id), verdict TEXT NOT NULL, by_id TEXT NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
INSERT INTO verdicts VALUES(1,2,'not-complaint','discord:1','Ann',1793610000000);
CREATE TABLE documents (name TEXT PRIMARY KEY, text TEXT NOT NULL, kept_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
INSERT INTO documents VALUES('settings','{}',1793610000000);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('mentions',2);
INSERT INTO sqlite_sequence VALUES('pings',1);
INSERT INTO sqlite_sequence VALUES('tray_pages',1);
INSERT INTO sqlite_sequence VALUES('notices',1);
CREATE INDEX kept_aside_of_channel ON kept_aside (channel, id);
CREATE INDEX mentions_of_author ON mentions (ns, author_id) WHERE author_id IS NOT NULL;
CREATE INDEX mentions_of_case ON mentions (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX cases_of_state ON cases (state);
CREATE INDEX cases_due ON cases (due) WHERE due IS NOT NULL;
CREATE INDEX keys_of_case ON case_keys (case_id, thread_hash);
CREATE INDEX cards_waiting ON cards (room, priority DESC, posted, try_at) WHERE shown < wanted AND gave_up < wanted;
CREATE INDEX cards_shown ON cards (first_shown_at) WHERE first_shown_at IS NOT NULL;
CREATE INDEX pings_to_do ON pings (room, try_at) WHERE state > 0;
CREATE INDEX tray_unlisted ON tray (team, complaint DESC, mention) WHERE page IS NULL AND verdict IS NULL;
CREATE INDEX tray_undecided ON tray (mention) WHERE verdict IS NULL;
CREATE INDEX presses_of_target ON presses (target);
COMMIT;
PRAGMA application_id=1279422324;
PRAGMA user_version=1;
