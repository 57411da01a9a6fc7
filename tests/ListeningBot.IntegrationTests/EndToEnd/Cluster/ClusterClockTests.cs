using System.Text.Json.Nodes;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>Machines whose clocks are wrong.</summary>
public sealed class ClusterClockTests
{
    [Fact]
    public async Task A_clock_that_is_two_seconds_wrong_makes_the_machine_not_ready_and_a_little_does_not()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(1);
        using var clock = new WrongClock(TimeSpan.FromSeconds(0.3));
        var machine = machines.All[0];
        machine.Start(clock.Environment);
        foreach (var (seconds, way) in ((int, string)[])[(2, "ahead of"), (-2, "behind")])
        {
            clock.Ahead = TimeSpan.FromSeconds(0.3 * Math.Sign(seconds));
            await machines.UntilAsync("it is ready with a clock that is a little wrong", async () => await machine.ReadyAsync() is { Status: 200 } ready && Ahead(ready.Says!) * Math.Sign(seconds) > 0.05);

            clock.Ahead = TimeSpan.FromSeconds(seconds);
            await machines.UntilAsync("it says how wrong its clock is", async () =>
                await machine.ReadyAsync() is { Status: 503 } ready && Ahead(ready.Says!) is var ahead && Math.Abs(ahead - seconds) < 0.5
                && (string)ready.Says!["machine"]!["why"]! is var why && why.StartsWith($"This machine's clock is {Math.Abs(ahead):0.0} s {way} the database's. Set it right", StringComparison.Ordinal));

            clock.Ahead = TimeSpan.Zero;
            await machines.UntilAsync("it is ready again", async () => await machine.ReadyAsync() is { Status: 200 });
        }
    }

    /// <summary>What all machines share is woken by the database's clock: a machine that is a day ahead when it starts must not put the next sweep off until tomorrow, and then die.</summary>
    [Fact]
    public async Task A_machine_that_is_a_day_ahead_and_dies_leaves_the_others_their_sweeps()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(2);
        await DiesADayAheadAsync(machines, async ahead =>
        {
            await machines.SettledAsync();
            await machines.UntilAsync("it says that its clock is wrong", async () => await ahead.ReadyAsync() is { Status: 503 });
        });

        await SweepsOnAsync(machines);
    }

    /// <summary>Dead within its first seconds, it would count as alive until tomorrow, with the sweep that it was about to begin.</summary>
    [Fact]
    public async Task The_first_sign_of_life_of_a_machine_that_is_a_day_ahead_is_not_tomorrows()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(2);
        await DiesADayAheadAsync(machines, async _ => await machines.UntilAsync("its scheduler shows that it lives", async () => await machines.SchedulersAsync() == 2));

        Assert.True(await machines.SchedulersAheadAsync() < TimeSpan.FromMinutes(1));
        await SweepsOnAsync(machines);
    }

    /// <summary>The first one is right and sweeps. The second one starts a day ahead and is killed.</summary>
    /// <param name="untilIt">What is waited for before that.</param>
    private static async Task DiesADayAheadAsync(Machines machines, Func<Machine, Task> untilIt)
    {
        using var wrong = new WrongClock(TimeSpan.FromDays(1));
        var (right, ahead) = (machines.All[0], machines.All[1]);
        right.Start();
        await machines.UntilAsync("it sweeps", async () => await machines.SweepsAsync() > 0);
        ahead.Start(wrong.Environment);
        await untilIt(ahead);
        await ahead.Bot.KillAsync();
    }

    private static async Task SweepsOnAsync(Machines machines)
    {
        var (sweeps, began) = (await machines.SweepsAsync(), TimeProvider.System.GetTimestamp());
        await machines.UntilAsync("the other one sweeps", async () => await machines.SweepsAsync() >= sweeps + 2);
        TestContext.Current.TestOutputHelper!.WriteLine($"two more sweeps after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    private static double Ahead(JsonNode says) => (double)says["machine"]!["clockAheadSeconds"]!;
}
