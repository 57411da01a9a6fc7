using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>
/// Removes what was erased from the file's bytes. Free pages, and the gaps in pages in use, still hold what once stood there; so the database is written anew
/// without them, and the write-ahead log with the old pages is emptied.
/// </summary>
internal static class StoreWipe
{
    private const int BusyMilliseconds = 10_000;
    private const int Tries = 5;

    /// <summary>Null when nothing is left; else why traces may be, in an operator's words. A bot that runs on it goes on, its writing waits.</summary>
    public static string? Run(StorePlace place) => place.IsShared ? PostgresWipe.Run(place.Connection) : Run(place.Path);

    private static string? Run(string path)
    {
        try
        {
            using var db = SqliteDb.OpenWriter(Path.GetFullPath(path), BusyMilliseconds);
            db.Execute("VACUUM");
            for (var attempt = 0; attempt < Tries; attempt++)
            {
                if (IsLogEmptied(db))
                {
                    return null;
                }
            }
            return "The database's log (-wal) is being read all the time, so it still holds old pages. It is emptied when the bot stops.";
        }
        catch (Exception e) when (e is StoreException or InvalidOperationException)
        {
            return e.Message;
        }
    }

    private static bool IsLogEmptied(SqliteDb db)
    {
        using var row = db.Ask("PRAGMA wal_checkpoint(TRUNCATE)");
        return row.Read() && row.Int(0) == 0;
    }
}
