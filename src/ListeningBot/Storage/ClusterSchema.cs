namespace ListeningBot.Storage;

/// <summary>The two tables by which several machines share one PostgreSQL; part of its schema. All times are the database's, in milliseconds.</summary>
internal static class ClusterSchema
{
    /// <summary>
    /// A node is one start of the program: started anew it is another one. The epoch is in a unique key so that a writer's FOR KEY SHARE on its lease stands in the way of a
    /// take-over, which changes the epoch, but not of a renewal, which does not.
    /// </summary>
    public const string Sql = """
        CREATE TABLE nodes (
            start TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            release TEXT NOT NULL,
            roles TEXT[] NOT NULL,
            since BIGINT NOT NULL,
            seen BIGINT NOT NULL
        );
        CREATE TABLE leases (
            role TEXT PRIMARY KEY,
            holder TEXT,
            node TEXT,
            epoch BIGINT NOT NULL,
            until BIGINT NOT NULL,
            UNIQUE (role, epoch)
        );
        """;
}
