namespace ListeningBot.Storage;

/// <summary>Version 3: what listening everywhere needs.</summary>
internal static class Schema3
{
    public const string Sql = """
        -- the ledger of blind spots. fate: 0 lost, 1 read afterwards, 2 not known yet, 3 unknown, as is what became of the gaps of version 2. quiet: it answered and gave nothing.
        -- told: the ops room is to hear of its end
        ALTER TABLE gaps ADD COLUMN fate INTEGER NOT NULL DEFAULT 3;
        ALTER TABLE gaps ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE gaps ADD COLUMN told INTEGER NOT NULL DEFAULT 0;
        CREATE INDEX gaps_unsettled ON gaps (channel) WHERE fate = 2;
        CREATE INDEX gaps_ended ON gaps (to_at);

        -- the clock of each mention: Unix milliseconds, and microseconds after fetched by a clock that nobody sets. When it was shown stands with its card
        CREATE TABLE mention_times (
            mention INTEGER PRIMARY KEY REFERENCES mentions (id), channel TEXT NOT NULL, posted INTEGER, seen INTEGER NOT NULL, fetched INTEGER NOT NULL,
            scored_us INTEGER NOT NULL, recorded_us INTEGER NOT NULL, first_contact INTEGER NOT NULL) STRICT;
        CREATE INDEX times_fetched ON mention_times (fetched);
        CREATE INDEX times_posted ON mention_times (channel, posted) WHERE posted IS NOT NULL;

        -- what channels may spend
        CREATE TABLE spending (
          channel TEXT NOT NULL,
          day INTEGER NOT NULL,
          spent INTEGER NOT NULL DEFAULT 0,
          told INTEGER NOT NULL DEFAULT 0,
          PRIMARY KEY (channel, day)
        ) STRICT, WITHOUT ROWID;


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
