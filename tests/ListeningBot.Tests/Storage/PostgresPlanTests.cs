using System.Globalization;
using System.Text.RegularExpressions;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Npgsql;

namespace ListeningBot.Tests.Storage;

/// <summary>How PostgreSQL will look for what is said to it. Its tables are empty here, where walking through them is cheapest: it is told that it is not.</summary>
public sealed partial class PostgresPlanTests
{
    [Fact]
    public async Task No_statement_walks_through_a_whole_table()
    {
        LocalPostgres.SkipIfMissing();
        var place = PostgresPlace.Of(await (await LocalPostgres.Shared).NewDatabaseAsync());
        PostgresMigrations.Apply(place, PostgresMigrations.All);
        var searching = Searching(place);
        await using var session = place.NewConnection(PostgresSession.Migrating);
        await session.OpenAsync(TestContext.Current.CancellationToken);

        var walks = new List<string>();
        foreach (var sql in searching)
        {
            walks.AddRange(from step in await PlanOf(session, sql) where step.Contains("Seq Scan on", StringComparison.Ordinal) && !IsSmall(step) select $"{step.Trim()}: {sql}");
        }

        Assert.InRange(searching.Count, 200, 1000);
        Assert.Equal("", string.Join('\n', walks));
    }

    private static List<string> Searching(PostgresPlace place)
    {
        using var db = PostgresDb.Open(place, PostgresSession.Writer);
        new WholeContract(db).SayEverything();
        return [.. db.Prepared.Select(sql => PostgresSql.Of(sql).Text).Where(sql => SearchingStatement().IsMatch(sql))];
    }

    /// <summary>A row for each sequence, each machine, read whole on purpose.</summary>
    private static bool IsSmall(string step) => step.Contains(" on sequences ", StringComparison.Ordinal) || step.Contains(" on config_nodes ", StringComparison.Ordinal);

    private static async Task<List<string>> PlanOf(NpgsqlConnection session, string sql)
    {
        var types = Enumerable.Repeat("unknown", Parameters().Matches(sql).Select(found => NumberIn(found.Value)).DefaultIfEmpty().Max()).ToArray();
        while (true)
        {
            try
            {
                return await PlanOf(session, sql, types);
            }
            catch (PostgresException e) when (e.SqlState is "42P08" or "42P18")
            {
                // Only the sender knows of what type this one is; the plan does not depend on it.
                types[NumberIn(Parameters().Match(e.MessageText).Value) - 1] = "bigint";
            }
        }
    }

    private static async Task<List<string>> PlanOf(NpgsqlConnection session, string sql, string[] types)
    {
        var (kinds, values) = types.Length == 0 ? ("", "") : ($"({string.Join(", ", types)})", $"({string.Join(", ", types.Select(_ => "NULL"))})");
        await using var explain = new NpgsqlCommand($"SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan; PREPARE asked {kinds} AS {sql}; EXPLAIN EXECUTE asked {values}; DEALLOCATE asked", session);
        var steps = new List<string>();
        await using var reader = await explain.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            steps.Add(reader.GetString(0));
        }
        return steps;
    }

    private static int NumberIn(string parameter) => int.Parse(parameter.AsSpan(1), CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b")]
    private static partial Regex SearchingStatement();

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Parameters();
}
