using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Removes what was erased from the tables' files of PostgreSQL, which keeps old rows until they are cleaned up: each table is written anew without them.</summary>
internal static class PostgresWipe
{
    /// <summary>Half a second each: whoever reads at this moment, and the server's own cleaning, is through by then.</summary>
    private const int Tries = 20;

    /// <summary>Null when nothing is left in the tables; else why traces may be, in an operator's words. A bot that runs on it waits for each table in turn.</summary>
    public static string? Run(string connection)
    {
        if (PostgresPlace.Parse(connection, out var problem, out _) is not { } place)
        {
            return $"Storage:Connection {problem}.";
        }
        try
        {
            using var db = PostgresDb.Open(place, PostgresSession.Migrating with { Lock = TimeSpan.FromSeconds(30) });
            foreach (var table in Tables(db, place))
            {
                if (!IsWiped(db, $"{place.Schema}.{table}"))
                {
                    return $"Something has been reading from {place.Shown} all the time, so the table {table} still holds old rows. Erase again when it is through.";
                }
            }
            return null;
        }
        catch (Exception e) when (e is StoreException or InvalidOperationException)
        {
            return e.Message;
        }
    }

    /// <summary>The server keeps a dead row for as long as somebody may read it. ANALYZE takes its words out of what the planner knows of the table.</summary>
    private static bool IsWiped(PostgresDb db, string table)
    {
        for (var attempt = 0; attempt < Tries; attempt++)
        {
            if (db.VacuumFull(table) == 0)
            {
                return true;
            }
            db.Execute("SELECT pg_sleep(0.5)");
        }
        return false;
    }

    private static List<string> Tables(PostgresDb db, PostgresPlace place)
    {
        using var rows = db.Ask("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = ? ORDER BY tablename").With(place.Schema);
        var tables = new List<string>();
        while (rows.Read())
        {
            tables.Add(rows.Text(0));
        }
        return tables;
    }
}
