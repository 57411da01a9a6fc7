using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>What became of the bytes of what was erased.</summary>
/// <param name="Done">What was written anew, in an operator's words; null when nothing was.</param>
/// <param name="Left">Why traces may be left, and the cure; null when nothing is.</param>
internal sealed record Wiped(string? Done, string? Left);

/// <summary>
/// Removes what was erased from the file's bytes. Free pages, and the gaps in pages in use, still hold what once stood there; so the database is written anew
/// without them, and the write-ahead log with the old pages is emptied.
/// </summary>
internal static class StoreWipe
{
    private const int BusyMilliseconds = 10_000;
    private const int Tries = 5;

    /// <summary>A bot that runs on it goes on, its writing waits.</summary>
    public static Wiped Run(StorePlace place) => place.IsShared ? PostgresWipe.Run(place.Connection) : Run(place.Path);

    private static Wiped Run(string path)
    {
        const string ToBeSure = "To be sure, stop the bot and run: sqlite3 FILE \"VACUUM\"";
        var full = Path.GetFullPath(path);
        try
        {
            var before = Length(full);
            using var db = SqliteDb.OpenWriter(full, BusyMilliseconds);
            db.Execute("VACUUM");
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                if (IsLogEmptied(db))
                {
                    return new Wiped($"{path} was written anew: {Length(full)} bytes, before {before}; its log (-wal) is empty.", null);
                }
            }
            return new Wiped($"{path} was written anew.", $"The database's log (-wal) is being read all the time, so it still holds old pages. It is emptied when the bot stops. {ToBeSure}");
        }
        catch (Exception e) when (e is StoreException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return new Wiped(null, $"{e.Message} {ToBeSure}");
        }
    }

    private static string Length(string path) => new FileInfo(path).Length.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);

    private static bool IsLogEmptied(SqliteDb db)
    {
        using var row = db.Ask("PRAGMA wal_checkpoint(TRUNCATE)");
        return row.Read() && row.Int(0) == 0;
    }
}
