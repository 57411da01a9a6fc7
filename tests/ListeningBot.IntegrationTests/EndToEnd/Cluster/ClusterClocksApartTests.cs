using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>Machines whose clocks are far from each other.</summary>
public sealed class ClusterClocksApartTests
{
    /// <summary>Leases go by the database's clock and each machine's steady one: clocks that are six seconds apart, as long as a lease lasts, move no role and double no card.</summary>
    [Fact]
    public async Task With_one_machine_three_seconds_fast_and_another_three_seconds_slow_nothing_is_missed_and_nothing_is_shown_twice()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(3);
        using var fast = new WrongClock(TimeSpan.FromSeconds(3));
        using var slow = new WrongClock(TimeSpan.FromSeconds(-3));
        using var right = new WrongClock(TimeSpan.Zero);
        WrongClock[] clocks = [fast, slow, right];
        foreach (var (machine, clock) in machines.All.Zip(clocks))
        {
            machine.Start(clock.Environment);
        }
        await machines.SettledAsync();
        using var enough = new CancellationTokenSource();
        var customers = machines.ComplainAsync(enough.Token);
        var held = machines.HeldByTwoAsync(enough.Token);
        await machines.UntilAsync("customers complain", () => Task.FromResult(machines.Complained > 20));

        // Whoever has the stream dies, then who has it next: it goes from the fast to the slow one, or the other way round.
        for (var i = 0; i < 2; i++)
        {
            var holder = await machines.HolderAsync("channel bluesky");
            await holder.Bot.KillAsync();
            TestContext.Current.TestOutputHelper!.WriteLine($"{holder.Name} killed, taken over after {(await machines.TakenOverAsync("channel bluesky", holder)).TotalSeconds:0.0} s");
            holder.Start(clocks[machines.All.IndexOf(holder)].Environment);
            await machines.SettledAsync();
        }
        var room = await machines.HolderAsync("notifier discord");
        await room.Bot.SignalAsync("STOP");
        TestContext.Current.TestOutputHelper!.WriteLine($"{room.Name} paused, taken over after {(await machines.TakenOverAsync("notifier discord", room)).TotalSeconds:0.0} s");
        await room.Bot.SignalAsync("CONT");
        await machines.SettledAsync();
        await machines.UntilAsync("two say that their clocks are wrong, and one that all is well", async () =>
            (await machines.All[0].ReadyAsync(), await machines.All[1].ReadyAsync(), await machines.All[2].ReadyAsync()) is ({ Status: 503 }, { Status: 503 }, { Status: 200 }));

        await enough.CancelAsync();
        await customers;
        Assert.Empty(await held);
        await machines.AllShownOnceAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"{machines.Complained} complaints, each one case and one card");
    }
}
