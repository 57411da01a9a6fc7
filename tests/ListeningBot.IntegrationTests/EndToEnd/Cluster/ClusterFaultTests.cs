using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>Machines that are alive and can't reach the database.</summary>
public sealed class ClusterFaultTests
{
    /// <summary>The way to the database goes through a relay that keeps all connections open and passes nothing on.</summary>
    [Fact]
    public async Task A_machine_that_is_cut_off_from_the_database_hands_over_says_so_and_comes_back()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(1);
        await using var way = new TcpRelay(machines.Postgres.Port);
        var far = machines.Add("far", machines.Database.Replace($"Port={machines.Postgres.Port}", $"Port={way.Port}", StringComparison.Ordinal));
        far.Start();
        Assert.Same(far, await machines.HolderAsync("channel bluesky"));
        machines.All[0].Start();
        await machines.SettledAsync();
        using var enough = new CancellationTokenSource();
        var customers = machines.ComplainAsync(enough.Token);
        var role = (await far.RolesAsync())[0];

        way.Hangs = true;
        way.FallSilent();
        Say($"{role}: holder cut off from the database, taken over after {(await machines.TakenOverAsync(role, far)).TotalSeconds:0.0} s");
        await machines.UntilAsync("it says so", async () => await far.ReadyAsync() is { Status: 503 } ready && ready.Says!["machine"]!["why"] is { } why && ((string)why!).StartsWith("The database can't be asked", StringComparison.Ordinal) && ready.Says["machine"]!["roles"]!.AsArray().Count == 0);

        way.Hangs = false;
        way.FallSilent();
        await machines.SettledAsync();
        await machines.UntilAsync("it is well again", async () => await far.ReadyAsync() is { Says: { } says } && says["machine"]!["why"] is null && says["machine"]!["roles"]!.AsArray().Count > 0);
        await enough.CancelAsync();
        await customers;
        await machines.AllShownOnceAsync();
        Say($"{machines.Complained} complaints, each one case and one card");
    }

    /// <summary>
    /// A machine in a network namespace of its own, whose one way to the database is a link that is taken down while customers complain. It reaches all services as before, so that it could say everything a
    /// second time; and the server is left with sessions of which it hears nothing more.
    /// </summary>
    [Fact]
    public async Task When_the_link_to_the_database_is_taken_down_the_machine_stops_what_it_runs_and_others_go_on()
    {
        LocalPostgres.SkipIfMissing();
        FarNetwork.SkipIfImpossible();
        await using var network = await FarNetwork.BuiltAsync();
        await using var machines = await Machines.BuiltAsync(1, network);
        await using var feed = network.Relay(machines.Town.Feed.Port);
        await using var stream = network.Relay(machines.Town.Jetstream.Port);
        await using var chat = network.Relay(machines.Town.Discord.Port);
        var far = machines.Add("far", machines.Database.Replace("Host=127.0.0.1", $"Host={network.Here}", StringComparison.Ordinal), network);
        far.Start();
        Assert.Same(far, await machines.HolderAsync("channel bluesky"));
        machines.All[0].Start();
        await machines.SettledAsync();
        using var enough = new CancellationTokenSource();
        var customers = machines.ComplainAsync(enough.Token);
        var before = machines.Complained;
        await machines.UntilAsync("customers complain", () => Task.FromResult(machines.Complained > before + 5));
        var roles = await machines.RolesOfAsync(far);
        Assert.NotEmpty(roles);

        await network.CutAsync();
        var began = TimeProvider.System.GetTimestamp();
        foreach (var role in roles)
        {
            await machines.TakenOverAsync(role, far);
        }
        Say($"link taken down: all {roles.Count} roles of the machine behind it ({string.Join(", ", roles)}) taken over after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
        await machines.UntilAsync("it stops what it ran", () => Task.FromResult(roles.All(role => far.Said.Contains($"{role} was lost: another machine may run it. It stops here.", StringComparison.Ordinal))));

        // A question that was on its way when the link went down is given up after four seconds at most; were the link up before that, it would be answered as if nothing had been.
        await machines.UntilAsync("it says that it can't ask", () => Task.FromResult(far.Said.Contains("be asked who runs what:", StringComparison.Ordinal)));
        Assert.True(far.Runs);
        await machines.UntilAsync("the server has thrown out its sessions", async () => await machines.NumberAsync($"SELECT count(*) FROM pg_stat_activity WHERE client_addr = '{network.There}' AND (state = 'idle in transaction' OR wait_event_type = 'Lock')") == 0);

        await network.MendAsync();
        await machines.SettledAsync();
        await machines.UntilAsync("it says that it is well again", () => Task.FromResult(far.Said.Contains("The database answers again who runs what", StringComparison.Ordinal)));
        await enough.CancelAsync();
        await customers;
        await machines.AllShownOnceAsync();
        Say($"{machines.Complained} complaints, each one case and one card");
    }

    private static void Say(string words) => TestContext.Current.TestOutputHelper!.WriteLine(words);
}
