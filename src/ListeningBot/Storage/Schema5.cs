namespace ListeningBot.Storage;

/// <summary>
/// Version 5: a bounded sample of posts that no watch matched, for trying watches on, each configuration that was applied, what each node last saw of its files, and changes that were held back. Times are Unix milliseconds (UTC).
/// weight: how many posts this one stands for. files: JSON, from a file's name to its bytes in base64.
/// </summary>
internal static class Schema5
{
    public const string Sql = """
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
        CREATE INDEX unmatched_by_time ON unmatched (seen_at);
        CREATE INDEX unmatched_of_channel ON unmatched (channel, weight);
        CREATE INDEX unmatched_of_author ON unmatched (ns, author_id) WHERE author_id IS NOT NULL;

        CREATE TABLE config_versions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            applied_at INTEGER NOT NULL,
            by_name TEXT NOT NULL,
            changed TEXT NOT NULL,
            hash TEXT NOT NULL,
            files TEXT NOT NULL) STRICT;
        CREATE INDEX config_versions_by_hash ON config_versions (hash);

        CREATE TABLE config_nodes (node TEXT PRIMARY KEY, hash TEXT NOT NULL, seen_at INTEGER NOT NULL) WITHOUT ROWID, STRICT;

        CREATE TABLE held_changes (id INTEGER PRIMARY KEY AUTOINCREMENT, standing INTEGER NOT NULL, hash TEXT NOT NULL, body TEXT NOT NULL) STRICT;
        CREATE INDEX held_changes_by_hash ON held_changes (hash);
        """;
}
