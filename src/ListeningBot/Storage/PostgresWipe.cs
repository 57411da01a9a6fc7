using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Removes what was erased from the tables' files of PostgreSQL, which keeps old rows until they are cleaned up: each table is written anew without them.</summary>
internal static class PostgresWipe
{
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
                db.Execute($"VACUUM (FULL) {place.Schema}.{table}");
            }
            return null;
        }
        catch (Exception e) when (e is StoreException or InvalidOperationException)
        {
            return e.Message;
        }
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
