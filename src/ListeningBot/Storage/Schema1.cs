namespace ListeningBot.Storage;

/// <summary>
/// Version 1. Times are Unix milliseconds (UTC); body, event and answer are JSON. What a statement looks for has a column and an index; the rest is in the JSON.
/// A partial index serves only statements that repeat its condition word for word.
/// No foreign key is deferred: a violation that showed at COMMIT would fail a whole group.
/// </summary>
internal static class Schema1
{
    public const string Sql = """
        CREATE TABLE sequences (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID, STRICT;
        INSERT INTO sequences VALUES ('case', 0);

        CREATE TABLE cursors (channel TEXT PRIMARY KEY, value TEXT NOT NULL, first_contact INTEGER NOT NULL, moved_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;

        CREATE TABLE gaps (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL, cause TEXT NOT NULL, added_at INTEGER NOT NULL) STRICT;

        CREATE TABLE kept_aside (id INTEGER PRIMARY KEY, channel TEXT NOT NULL, what TEXT NOT NULL, raw TEXT NOT NULL, kept_at INTEGER NOT NULL) STRICT;
        CREATE INDEX kept_aside_of_channel ON kept_aside (channel, id);

        CREATE TABLE mentions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            ns TEXT NOT NULL,
            post_id TEXT NOT NULL,
            author_id TEXT,
            case_id INTEGER,
            first_seen INTEGER NOT NULL,
            body TEXT NOT NULL,
            UNIQUE (ns, post_id)) STRICT;
        CREATE INDEX mentions_of_author ON mentions (ns, author_id) WHERE author_id IS NOT NULL;
        CREATE INDEX mentions_of_case ON mentions (case_id) WHERE case_id IS NOT NULL;

        CREATE TABLE cases (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL,
            state INTEGER NOT NULL,
            posted INTEGER NOT NULL,
            first_seen INTEGER NOT NULL,
            due INTEGER,
            body TEXT NOT NULL) STRICT;
        CREATE INDEX cases_of_state ON cases (state);
        CREATE INDEX cases_due ON cases (due) WHERE due IS NOT NULL;

        CREATE TABLE case_events (
            case_id INTEGER NOT NULL REFERENCES cases (id),
            version INTEGER NOT NULL,
            at INTEGER NOT NULL,
            event TEXT NOT NULL,
            PRIMARY KEY (case_id, version)) WITHOUT ROWID, STRICT;

        CREATE TABLE case_keys (key TEXT PRIMARY KEY, case_id INTEGER NOT NULL, thread_hash INTEGER NOT NULL) WITHOUT ROWID, STRICT;
        CREATE INDEX keys_of_case ON case_keys (case_id, thread_hash);

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
        CREATE INDEX cards_waiting ON cards (room, priority DESC, posted, try_at) WHERE shown < wanted AND gave_up < wanted;
        CREATE INDEX cards_shown ON cards (first_shown_at) WHERE first_shown_at IS NOT NULL;

        -- state: 1 to send, 0 sent, 2 to take back, -1 nothing left to do
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
        CREATE INDEX pings_to_do ON pings (room, try_at) WHERE state > 0;

        CREATE TABLE tray_pages (id INTEGER PRIMARY KEY AUTOINCREMENT, team TEXT NOT NULL, day INTEGER NOT NULL, page INTEGER NOT NULL, pages INTEGER NOT NULL, mentions TEXT NOT NULL) STRICT;

        CREATE TABLE tray (
            mention INTEGER NOT NULL REFERENCES mentions (id),
            team TEXT NOT NULL,
            complaint REAL NOT NULL,
            added_at INTEGER NOT NULL,
            page INTEGER REFERENCES tray_pages (id),
            verdict TEXT,
            decided_at INTEGER,
            PRIMARY KEY (mention, team)) WITHOUT ROWID, STRICT;
        CREATE INDEX tray_unlisted ON tray (team, complaint DESC, mention) WHERE page IS NULL AND verdict IS NULL;
        CREATE INDEX tray_undecided ON tray (mention) WHERE verdict IS NULL;

        CREATE TABLE notices (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, good INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;

        CREATE TABLE presses (id TEXT PRIMARY KEY, by_id TEXT NOT NULL, by_name TEXT NOT NULL, target TEXT NOT NULL, answer TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID, STRICT;

        CREATE INDEX presses_of_target ON presses (target);

        CREATE TABLE verdicts (id INTEGER PRIMARY KEY, mention INTEGER NOT NULL REFERENCES mentions (id), verdict TEXT NOT NULL, by_id TEXT NOT NULL, by_name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;

        CREATE TABLE documents (name TEXT PRIMARY KEY, text TEXT NOT NULL, kept_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;
        """;
}
