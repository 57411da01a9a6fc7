using System.Globalization;
using ListeningBot.IntegrationTests.LocalServices.Discord;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>What is one machine's at a time, whichever it is.</summary>
public sealed class ClusterOnceTests
{
    /// <summary>
    /// The sweep is each five seconds one machine's. What is kept no longer is looked for once a run: a trigger of the database counts how often somebody looks for answers to presses, also where there are none.
    /// And the digest of a day comes once, whoever finds that the day is over.
    /// </summary>
    [Fact]
    public async Task Sweeps_digests_and_looking_for_what_is_kept_no_longer_are_done_once_and_not_by_each_machine()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(3);
        await machines.StartAllAsync();
        for (var i = 0; i < 5; i++)
        {
            machines.Complain();
        }
        await machines.AllShownOnceAsync();
        await machines.UntilAsync("sweeps are done", async () => await machines.SweepsAsync() > 0);
        var (sweeps, began) = (await machines.SweepsAsync(), TimeProvider.System.GetTimestamp());
        await LookedForOnceEachRunAsync(machines);
        var done = await machines.SweepsAsync() - sweeps;
        var span = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        Say($"{done} sweeps by three machines in {span:0.0} s");
        Assert.True(span > 20, $"Sweeps were counted for {span:0.0} s only.");
        Assert.InRange(done, 1, (long)(span / 5) + 2);

        var now = TimeProvider.System.GetUtcNow();
        using var tomorrow = new WrongClock(new DateTimeOffset(now.UtcDateTime.Date.AddDays(1).AddHours(12), TimeSpan.Zero) - now);
        foreach (var machine in machines.All)
        {
            await machine.Bot.TerminateAsync();
            machine.Start(tomorrow.Environment);
        }
        var day = now.ToString("dddd d MMM", CultureInfo.InvariantCulture);
        int Digests() => machines.Town.Cards.Count(card => LocalPress.Words(card).Contains($": {day}", StringComparison.Ordinal));
        await machines.UntilAsync("the digest comes", () => Task.FromResult(Digests() > 0));
        await machines.SettledAsync();
        sweeps = await machines.SweepsAsync();
        await machines.UntilAsync("sweeps are done again", async () => await machines.SweepsAsync() > sweeps);
        Assert.Equal(1, Digests());
    }

    private static async Task LookedForOnceEachRunAsync(Machines machines)
    {
        await machines.DoAsync("""
            CREATE TABLE public.runs (at timestamptz);
            CREATE FUNCTION public.run() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO public.runs VALUES (clock_timestamp()); RETURN NULL; END';
            CREATE TRIGGER counted AFTER DELETE ON listeningbot.presses FOR EACH STATEMENT EXECUTE FUNCTION public.run();
            """);
        for (var runs = 1; runs <= 3; runs++)
        {
            // Its hour begins with this run: else the first one of its own, a minute after the machines began, would be counted too.
            await machines.DoAsync("UPDATE listeningbot.qrtz_triggers SET (start_time, next_fire_time) = (SELECT next_fire_time, next_fire_time FROM listeningbot.qrtz_triggers WHERE trigger_name = 'sweep') WHERE trigger_name = 'retention'");
            await machines.UntilAsync("it was looked for", async () => await machines.NumberAsync("SELECT count(*) FROM public.runs") >= runs);
            var sweeps = await machines.SweepsAsync();
            await machines.UntilAsync("two more sweeps are done", async () => await machines.SweepsAsync() >= sweeps + 2);
            Assert.Equal(runs, await machines.NumberAsync("SELECT count(*) FROM public.runs"));
        }
    }

    private static void Say(string words) => TestContext.Current.TestOutputHelper!.WriteLine(words);
}
