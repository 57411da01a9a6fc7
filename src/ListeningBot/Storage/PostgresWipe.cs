using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>
/// Removes what was erased from the tables' files of PostgreSQL, which keeps old rows until they are cleaned up: each table is written anew without them. What the planner knows of a table holds samples of its
/// values, and the table of that knowledge the old ones: both are made anew too.
/// </summary>
internal static class PostgresWipe
{
    /// <summary>Between two tries: whoever reads at this moment, and the server's own cleaning, is through by then. Each try writes the whole table anew, so they are few.</summary>
    private static readonly string[] Pauses = ["SELECT pg_sleep(0.5)", "SELECT pg_sleep(1)", "SELECT pg_sleep(2)", "SELECT pg_sleep(4)", "SELECT pg_sleep(8)"];
    private const string Statistics = "pg_catalog.pg_statistic";

    /// <summary>A bot that runs on it waits for each table in turn.</summary>
    public static Wiped Run(string connection)
    {
        if (PostgresPlace.Parse(connection, out var problem, out _) is not { } place)
        {
            return new Wiped(null, $"Storage:Connection {problem}.");
        }
        var written = 0;
        Wiped Told(string? left) => new(written == 0 ? null : $"{written} tables of the PostgreSQL database {place.Shown}, schema {place.Schema}, were written anew, with their indexes.", left);
        try
        {
            using var db = PostgresDb.Open(place, PostgresSession.Migrating with { Lock = TimeSpan.FromSeconds(30), HearsDetails = true });
            foreach (var table in Tables(db, place))
            {
                if (!IsWiped(db, $"{place.Schema}.{table}"))
                {
                    return Told(StillRead(place, table));
                }
                written++;
            }
            return Told(!MayWipeStatistics(db) ? "This user is not the database's owner, so samples of old values may stay in the server's statistics. Let the owner run: VACUUM (FULL) pg_statistic"
                : IsWiped(db, Statistics) ? null
                : StillRead(place, Statistics));
        }
        catch (Exception e) when (e is StoreException or InvalidOperationException)
        {
            return Told($"{e.Message} To be sure, let the database's owner run: VACUUM (FULL, ANALYZE)");
        }
    }

    private static string StillRead(PostgresPlace place, string table) =>
        $"Something has been reading from {place.Shown} all the time, so the table {table} still holds old rows. When it is through, let the database's owner run: VACUUM (FULL, ANALYZE)";

    /// <summary>The server keeps a dead row for as long as somebody may read it. ANALYZE takes its words out of what the planner knows of the table.</summary>
    private static bool IsWiped(PostgresDb db, string table)
    {
        for (var tries = 0; db.VacuumFull(table) > 0; tries++)
        {
            if (tries == Pauses.Length)
            {
                return false;
            }
            db.Execute(Pauses[tries]);
        }
        return true;
    }

    private static bool MayWipeStatistics(PostgresDb db) =>
        db.Number("SELECT CASE WHEN pg_has_role(datdba, 'USAGE') THEN 1 ELSE 0 END FROM pg_database WHERE datname = current_database()") == 1;

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
