using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>Three real machines on one PostgreSQL. Whatever happens to them, every complaint of the stream becomes exactly one case and one card. LISTENINGBOT_CLUSTER_ROUNDS=20 does it all again and again.</summary>
public sealed class ClusterTests
{
    private const string Stream = "channel bluesky";
    private const string Room = "notifier discord";
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("LISTENINGBOT_CLUSTER_ROUNDS"), out var rounds) ? rounds : 0;

    [Fact]
    public async Task Killed_paused_and_with_the_database_restarted_nothing_is_missed_and_nothing_is_shown_twice()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(3);
        await machines.StartAllAsync();
        using var enough = new CancellationTokenSource();
        var customers = machines.ComplainAsync(enough.Token);
        for (var round = 0; round < Math.Max(1, Rounds); round++)
        {
            await KillAsync(machines, Stream);
            await PauseAsync(machines, Room);
            await RestartDatabaseAsync(machines, crash: true);
            if (Rounds > 0)
            {
                await KillAsync(machines, Room);
                await PauseAsync(machines, Stream);
                await StopInOrderAsync(machines, Stream);
                await StopInOrderAsync(machines, Room);
                await RestartDatabaseAsync(machines, crash: false);
                await machines.SettledAsync();
            }
        }
        await enough.CancelAsync();
        await customers;
        await machines.AllShownOnceAsync();
        Say($"{machines.Complained} complaints, each one case and one card");
    }

    private static async Task KillAsync(Machines machines, string role)
    {
        var holder = await machines.HolderAsync(role);
        await holder.Bot.KillAsync();
        Say($"{role}: holder killed, taken over after {(await machines.TakenOverAsync(role, holder)).TotalSeconds:0.0} s");
        holder.Start();
    }

    /// <summary>It goes on after its roles went to others, and must not send or write anything more under its old leases.</summary>
    private static async Task PauseAsync(Machines machines, string role)
    {
        var holder = await machines.HolderAsync(role);
        await holder.Bot.SignalAsync("STOP");
        Say($"{role}: holder paused, taken over after {(await machines.TakenOverAsync(role, holder)).TotalSeconds:0.0} s");
        machines.Complain();
        await holder.Bot.SignalAsync("CONT");
    }

    private static async Task StopInOrderAsync(Machines machines, string role)
    {
        var holder = await machines.HolderAsync(role);
        await holder.Bot.SignalAsync("TERM");
        Say($"{role}: holder told to stop, taken over after {(await machines.TakenOverAsync(role, holder)).TotalSeconds:0.0} s");
        await holder.Bot.WaitForExitAsync();
        Assert.True(holder.Bot.ExitCode == 0, $"{holder.Name} ended with {holder.Bot.ExitCode}: {holder.Said}");
        if (holder.Said.Contains("could not be handed over", StringComparison.Ordinal))
        {
            Say($"{holder.Name} could not hand over its roles");
        }
        holder.Start();
    }

    private static async Task RestartDatabaseAsync(Machines machines, bool crash)
    {
        await machines.Postgres.StopAsync(crash);
        machines.Complain();
        await machines.Postgres.StartAgainAsync();
        var began = TimeProvider.System.GetTimestamp();
        await machines.HolderAsync(Stream);
        await machines.HolderAsync(Room);
        Say($"database {(crash ? "crashed" : "stopped")} and started again: stream and room held after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
    }

    private static void Say(string words) => TestContext.Current.TestOutputHelper!.WriteLine(words);
}
