using ListeningBot.IntegrationTests.EndToEnd;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Faults;

/// <summary>Somebody sets the clock of the machine a day forth, and a day back, while the real program runs and customers complain.</summary>
public sealed class ClockFaultTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(25);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_SQLite(bool servicesAgree)
    {
        await using var town = await FaultyTown.BuiltAsync(feeds: 3, seed: 1);
        await JumpAsync(town, servicesAgree);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_PostgreSQL(bool servicesAgree)
    {
        LocalPostgres.SkipIfMissing();
        await using var postgres = await LocalPostgres.StartAsync(durable: false);
        await using var town = await FaultyTown.BuiltAsync(feeds: 3, seed: 2, new { Connection = await postgres.NewDatabaseAsync() });
        await JumpAsync(town, servicesAgree);
    }

    /// <summary>At each time of day what is posted is shown soon and once, and nobody is asked in a loop.</summary>
    /// <param name="servicesAgree">All services' clocks are set with ours: it is believed, and all schedules begin anew.</param>
    private async Task JumpAsync(FaultyTown town, bool servicesAgree)
    {
        using var clock = new WrongClock(TimeSpan.Zero);
        await using var bot = town.StartBot(clock.Environment);
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == true, bot);
        await PostAsync(town, bot, "at the right time");
        var moved = 0;
        foreach (var (ahead, when) in ((double, string)[])[(1, "a day ahead"), (0, "right again"), (-1, "a day behind"), (0, "right once more")])
        {
            clock.Ahead = TimeSpan.FromDays(ahead);
            if (servicesAgree)
            {
                moved++;
                town.FeedFront.Ahead = town.DiscordFront.Ahead = TimeSpan.FromDays(ahead);
                await FaultHarnessTests.UntilAsync(() => Task.FromResult(bot.Errors.Split("\"EventId\":462").Length > moved), bot);
            }
            else
            {
                await ReadyAsync(bot, when, ahead == 0);
            }
            await PostAsync(town, bot, when);
        }
        Assert.All(town.Cards(), one => Assert.True(one.Value == 1, $"{one.Key} has {one.Value} cards"));
        Assert.InRange(town.FeedFront.MostASecondForAPath, 1, 4);
        Assert.False(bot.HasExited);
    }

    /// <summary>A clock that is wrong is told, and that it is right again.</summary>
    private async Task ReadyAsync(BotProcess bot, string when, bool ready)
    {
        var began = TimeProvider.System.GetTimestamp();
        await FaultHarnessTests.UntilAsync(async () => await bot.IsReadyAsync() == ready || TimeProvider.System.GetElapsedTime(began) > Soon, bot);
        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"{when}: {(ready ? "ready" : "not ready")} after {took.TotalSeconds:0.0} s");
        Assert.True(took < Soon, $"{when}: {(ready ? "ready" : "not ready")} after {took.TotalSeconds:0.0} s.\n{bot.Errors}");
    }

    private async Task PostAsync(FaultyTown town, BotProcess bot, string when)
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < 6; i++)
        {
            town.Post();
        }
        await FaultHarnessTests.UntilAsync(() => Task.FromResult(town.Cards().Values.All(count => count > 0) || TimeProvider.System.GetElapsedTime(began) > Soon), bot);
        var took = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"{when}: six posts shown after {took.TotalSeconds:0.0} s; most a second for a feed so far {town.FeedFront.MostASecondForAPath}");
        Assert.True(took < Soon, $"{when}: shown after {took.TotalSeconds:0.0} s.\n{bot.Errors}");
    }
}
