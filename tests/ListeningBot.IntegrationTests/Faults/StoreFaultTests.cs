using System.Globalization;
using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.IntegrationTests.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>The real program while its store takes nothing: /readyz says so and why, nobody is asked in a loop, and what was posted meanwhile is shown once when the store is back.</summary>
public sealed class StoreFaultTests(ITestOutputHelper output)
{
    /// <summary>How long the store takes nothing.</summary>
    internal static readonly TimeSpan Gone = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("LISTENINGBOT_STORE_GONE") ?? "4", CultureInfo.InvariantCulture));

    [Fact]
    public async Task Another_program_holds_the_lock()
    {
        await using var town = await FaultyTown.BuiltAsync(feeds: 3, seed: 1);
        await using var other = new SqliteConnection($"Data Source={Path.Combine(town.Folder, "data", "listeningbot.db")};Pooling=False");
        await FailAsync("locked", town, async () => { await other.OpenAsync(); await RunAsync(other, "BEGIN IMMEDIATE"); }, () => RunAsync(other, "ROLLBACK"));
    }

    [Fact]
    public async Task The_disk_is_full()
    {
        using var disk = SmallDisk.Mount("24m");
        await using var town = await FaultyTown.BuiltAsync(feeds: 3, seed: 2, new { Path = Path.Combine(disk.Folder, "bot.db") });
        var ballast = Path.Combine(disk.Folder, "ballast");
        await FailAsync("disk full", town, () => FillAsync(ballast), () => { File.Delete(ballast); return Task.CompletedTask; });
    }

    /// <summary>Its log has room, its tables have none: each change that needs another page is refused.</summary>
    [Fact]
    public async Task The_disk_of_PostgreSQL_is_full()
    {
        LocalPostgres.SkipIfMissing();
        using var disk = SmallDisk.Mount("64m");
        await using var postgres = await LocalPostgres.StartAsync(durable: false);
        await using var town = await FaultyTown.BuiltAsync(feeds: 3, seed: 5, new { Connection = await postgres.NewDatabaseAsync(Path.Combine(disk.Folder, "tables")) });
        var ballast = Path.Combine(disk.Folder, "ballast");
        await FailAsync("PostgreSQL's disk full", town, () => FillAsync(ballast), () => { File.Delete(ballast); return Task.CompletedTask; }, LongWords(), says: "its disk is full");
    }

    [Fact]
    public async Task PostgreSQL_is_gone()
    {
        LocalPostgres.SkipIfMissing();
        await using var postgres = await LocalPostgres.StartAsync(durable: false);
        await using var town = await FaultyTown.BuiltAsync(feeds: 3, seed: 3, new { Connection = await postgres.NewDatabaseAsync() });
        await FailAsync("PostgreSQL gone", town, () => postgres.StopAsync(), postgres.StartAgainAsync);
    }

    /// <summary>The primary dies for good, and its copy, which was named first and took no changes, takes its place.</summary>
    [Fact]
    public async Task PostgreSQL_fails_over()
    {
        LocalPostgres.SkipIfMissing();
        await using var first = await LocalPostgres.StartAsync(durable: true);
        var database = await first.NewDatabaseAsync();
        await using var second = await first.FollowedAsync();
        var either = new NpgsqlConnectionStringBuilder(database) { Host = $"127.0.0.1:{second.Port},127.0.0.1:{first.Port}" };
        await using var town = await FaultyTown.BuiltAsync(feeds: 3, seed: 6, new { Connection = either.ConnectionString + ";Target Session Attributes=primary" });
        await FailAsync("PostgreSQL fails over", town, () => first.StopAsync(crash: true), second.PromoteAsync);
    }

    [Fact]
    public async Task PostgreSQL_comes_up_after_the_program()
    {
        LocalPostgres.SkipIfMissing();
        await using var postgres = await LocalPostgres.StartAsync(durable: false);
        await using var town = await FaultyTown.BuiltAsync(feeds: 3, seed: 4, new { Connection = await postgres.NewDatabaseAsync() });
        await postgres.StopAsync();
        await using var bot = town.StartBot();
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(bot.Errors.Contains("tried again", StringComparison.Ordinal)), bot);

        await postgres.StartAgainAsync();
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
        town.Post();
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(town.Cards().Values.All(count => count == 1)), bot);
    }

    private async Task FailAsync(string what, FaultyTown town, Func<Task> fail, Func<Task> mend, string more = "", string? says = null)
    {
        await using var bot = town.StartBot();
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
        town.Post();
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(town.Cards().Values.All(count => count > 0)), bot);

        await fail();
        var began = TimeProvider.System.GetTimestamp();
        town.Post(more);
        town.Post(more);
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == false, bot);
        var red = TimeProvider.System.GetElapsedTime(began);
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(TimeProvider.System.GetElapsedTime(began) > red + Gone), bot);
        await mend();
        var back = TimeProvider.System.GetTimestamp();
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
        var green = TimeProvider.System.GetElapsedTime(back);
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(town.Cards().Values.All(count => count > 0)), bot);

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: red after {red.TotalSeconds:0.0} s, green {green.TotalSeconds:0.0} s after it was mended; most a second for a feed {town.FeedFront.MostASecondForAPath}; cards {string.Join(' ', town.Cards().Values)}"));
        FaultHarnessTests.AssertToldInTime(what, red, green);
        Assert.Contains(says ?? "", bot.Errors, StringComparison.Ordinal);
        Assert.All(town.Cards(), one => Assert.True(one.Value == 1, $"{one.Key} has {one.Value} cards"));
        Assert.InRange(town.FeedFront.MostASecondForAPath, 1, 4);
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Some 8 kB that hardly get smaller by packing.</summary>
    private static string LongWords()
    {
        var random = new Random(7);
        return string.Concat(Enumerable.Range(0, 800).Select(_ => " " + string.Concat(Enumerable.Range(0, 9).Select(_ => (char)random.Next('a', 'z' + 1)))));
    }

    /// <summary>To the last byte.</summary>
    private static async Task FillAsync(string path)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in (int[])[1 << 20, 1 << 16, 1 << 12])
        {
            try
            {
                while (true)
                {
                    await file.WriteAsync(new byte[size]);
                }
            }
            catch (IOException)
            {
                // No room for so much any more.
            }
        }
    }
}
