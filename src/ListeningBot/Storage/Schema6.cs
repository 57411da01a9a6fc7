namespace ListeningBot.Storage;

/// <summary>Version 6: what can't be dealt with waits for a human.</summary>
internal static class Schema6
{
    public const string Sql = """
        -- ref: what it is, once each; item: what is done when it is tried again, as JSON; retry: a human asked for it;
        -- away: put away, but known, so that the same unreadable row is not told again
        CREATE TABLE dead_letters (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            place TEXT NOT NULL,
            what TEXT NOT NULL,
            why TEXT NOT NULL,
            raw TEXT NOT NULL,
            ref TEXT,
            author TEXT,
            item TEXT,
            at INTEGER NOT NULL,
            last_at INTEGER NOT NULL,
            tries INTEGER NOT NULL DEFAULT 1,
            told INTEGER NOT NULL DEFAULT 0,
            retry INTEGER NOT NULL DEFAULT 0,
            away INTEGER NOT NULL DEFAULT 0) STRICT;
        CREATE UNIQUE INDEX dead_letters_ref ON dead_letters (ref) WHERE ref IS NOT NULL;
        CREATE INDEX dead_letters_author ON dead_letters (author) WHERE author IS NOT NULL;
        CREATE INDEX dead_letters_of_place ON dead_letters (place, id) WHERE kind = 'Item';
        CREATE INDEX dead_letters_untold ON dead_letters (id) WHERE told = 0;
        CREATE INDEX dead_letters_retry ON dead_letters (id) WHERE retry = 1;
        CREATE INDEX dead_letters_at ON dead_letters (at);
        CREATE INDEX dead_letters_counted ON dead_letters (kind, place, at) WHERE away = 0;

        INSERT INTO dead_letters (kind, place, what, why, raw, at, last_at) SELECT 'Item', channel, '', what, raw, kept_at, kept_at FROM kept_aside ORDER BY id;
        DROP TABLE kept_aside;

        -- cards that were given up before there was a list: the operators were told then
        INSERT INTO dead_letters (kind, place, what, why, raw, ref, item, at, last_at, told)
            SELECT 'Card', room, subject, coalesce(reason, ''), '', 'card ' || room || ' ' || subject, json_object('work', 'card', 'key', json_object('subject', subject, 'room', room)), wanted_since, wanted_since, 1
            FROM cards WHERE gave_up >= wanted AND shown < wanted;

        -- a try may have gone through unheard: the ping is looked for before it is sent
        ALTER TABLE pings ADD COLUMN look_first INTEGER NOT NULL DEFAULT 0;

        -- a page that goes is looked for in the tray
        CREATE INDEX tray_of_page ON tray (page) WHERE page IS NOT NULL;

        -- what is forgotten by its age is found by it
        CREATE INDEX cases_closed ON cases (state, changed) WHERE state = 2;
        CREATE INDEX mentions_loose ON mentions (first_seen) WHERE case_id IS NULL;
        CREATE INDEX presses_by_time ON presses (at);
        CREATE INDEX notes_by_time ON notes_heard (at);
        CREATE INDEX notices_by_time ON notices (at);
        CREATE INDEX digests_by_time ON digests (to_at);
        CREATE INDEX pages_by_day ON tray_pages (day);
        CREATE INDEX groups_by_time ON case_groups (last_at);
        """;
}
