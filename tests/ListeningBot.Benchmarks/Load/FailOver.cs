using Npgsql;

namespace ListeningBot.Benchmarks.Load;

/// <summary>
/// How long a feed is polled by nobody after the machine that polled it was killed, until the other one does; beside it, in turns, a bare house that leaves this to Quartz's own clustering.
/// PostgreSQL is given as for the store's benchmarks: LISTENINGBOT_BENCH_POSTGRES. Each takes a schema of its own there, which is removed again.
/// </summary>
internal static class FailOver
{
    public static async Task RunAsync(int times, IReadOnlyList<string> given)
    {
        var database = Environment.GetEnvironmentVariable("LISTENINGBOT_BENCH_POSTGRES") ?? throw new InvalidOperationException("Let LISTENINGBOT_BENCH_POSTGRES be the connection string of an empty database.");
        var folder = Directory.CreateTempSubdirectory("failover");
        var (ours, rival) = ($"failover_{Guid.NewGuid():N}", $"failover_{Guid.NewGuid():N}");
        try
        {
            var (program, bareHouse) = await Published.ProgramsAsync(given, folder.FullName);
            await DoAsync(database, $"CREATE SCHEMA {ours}; CREATE SCHEMA {rival}");
            await MeasureAsync(
                new OurPair(program, Path.Combine(folder.FullName, "ours"), $"{database};Search Path={ours}"),
                new QuartzPair(bareHouse, Path.Combine(folder.FullName, "house"), $"{database};Search Path={rival}"),
                times);
        }
        finally
        {
            await DoAsync(database, $"DROP SCHEMA IF EXISTS {ours} CASCADE; DROP SCHEMA IF EXISTS {rival} CASCADE");
            folder.Delete(recursive: true);
        }
    }

    private static async Task MeasureAsync(Pair ours, Pair rival, int times)
    {
        await using var first = ours;
        await using var second = rival;
        Pair[] both = [ours, rival];
        foreach (var pair in both)
        {
            await pair.BeginAsync();
        }
        var took = both.ToDictionary(pair => pair, _ => new List<double>());
        for (var i = 0; i < times; i++)
        {
            foreach (var pair in both)
            {
                took[pair].Add((await pair.TakeOverAsync()).TotalSeconds);
            }
        }
        Spread.Head($"{times} kills each, in turns");
        foreach (var pair in both)
        {
            Spread.Print($"{pair.Name}, kill to next poll, s", took[pair], "0.0");
            Console.WriteLine("  each: " + string.Join(' ', took[pair].Select(seconds => $"{seconds:0.0}")));
        }
    }

    private static async Task DoAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
