namespace ListeningBot.Storage;

/// <summary>Version 3: what listening everywhere needs.</summary>
internal static class Schema3
{
    public const string Sql = """
        -- the ledger of blind spots; what version 2 noted was made good unless the source itself could not give it, and nobody wrote down which it was
        ALTER TABLE gaps ADD COLUMN fate INTEGER NOT NULL DEFAULT 0;

        -- the clock of each mention


        -- what channels may spend


        -- open cases that are asked for again
        CREATE TABLE rereads (case_id INTEGER NOT NULL REFERENCES cases (id), channel TEXT NOT NULL, due INTEGER NOT NULL, asked_at INTEGER NOT NULL, PRIMARY KEY (case_id, channel)) WITHOUT ROWID, STRICT;
        CREATE INDEX rereads_due ON rereads (channel, due);
        CREATE INDEX rereads_asked ON rereads (channel, asked_at);
        INSERT INTO rereads SELECT DISTINCT c.id, json_extract(m.body, '$.post.channel'), c.first_seen, c.first_seen
            FROM cases c JOIN mentions m ON m.case_id = c.id WHERE c.state <> 2 AND json_extract(m.body, '$.post.channel') IS NOT NULL;

        -- made-up complaints: the latest runs, and which run a token belongs to
        CREATE TABLE canary_runs (id INTEGER PRIMARY KEY AUTOINCREMENT, judged INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX canary_runs_open ON canary_runs (judged, id);
        CREATE TABLE canaries (token TEXT PRIMARY KEY, run INTEGER NOT NULL REFERENCES canary_runs (id)) WITHOUT ROWID, STRICT;
        CREATE INDEX canaries_of_run ON canaries (run);

        -- one text in many places

        """;
}
