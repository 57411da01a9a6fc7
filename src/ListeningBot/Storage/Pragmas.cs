namespace ListeningBot.Storage;

/// <summary>What each connection is told when it opens; SQLite forgets these with the connection.</summary>
internal static class Pragmas
{
    private const string ForBoth = "PRAGMA temp_store=MEMORY; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;";

    /// <summary>FULL: a commit is on the disk before it is answered. Blanked text is overwritten, not just unlinked. When the log is taken in, <see cref="SqliteDb"/> says.</summary>
    public static string ForWriter(int busyMilliseconds) =>
        $"PRAGMA busy_timeout={busyMilliseconds}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384; PRAGMA secure_delete=FAST; PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864; {ForBoth}";

    public static string ForReader(int busyMilliseconds) =>
        $"PRAGMA busy_timeout={busyMilliseconds}; PRAGMA query_only=ON; PRAGMA cache_size=-2048; {ForBoth}";
}
