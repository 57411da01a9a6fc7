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


        -- made-up complaints: the latest runs, and which run a token belongs to
        CREATE TABLE canary_runs (id INTEGER PRIMARY KEY AUTOINCREMENT, judged INTEGER NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX canary_runs_open ON canary_runs (judged, id);
        CREATE TABLE canaries (token TEXT PRIMARY KEY, run INTEGER NOT NULL REFERENCES canary_runs (id)) WITHOUT ROWID, STRICT;
        CREATE INDEX canaries_of_run ON canaries (run);

        -- one text in many places

        """;
}
