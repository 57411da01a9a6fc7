using ListeningBot.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.EndToEnd.Cluster;

/// <summary>
/// Machines of releases that follow each other, on one store. LISTENINGBOT_OTHER_PROGRAM=/opt/before/listeningbot.dll has each second machine of all cluster tests run that program; without it, a next step of the
/// store stands for the newer release.
/// </summary>
public sealed class ClusterReleaseTests
{
    /// <summary>As much as a next step may do: a column in each table of ours, and a table.</summary>
    private const string Next =
        """
        DO $$
        DECLARE name text;
        BEGIN
            FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename NOT LIKE 'qrtz%' AND tablename <> 'store_version' LOOP
                EXECUTE format('ALTER TABLE %I ADD COLUMN of_the_next_release text NOT NULL DEFAULT ''none''', name);
            END LOOP;
        END $$;
        CREATE TABLE only_of_the_next_release (id bigint PRIMARY KEY);
        """;

    [Fact]
    public async Task Machines_go_on_with_a_store_that_is_one_version_newer_and_start_on_it_but_not_on_one_that_is_two()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(2);
        await machines.StartAllAsync();
        using var enough = new CancellationTokenSource();
        var customers = machines.ComplainAsync(enough.Token);
        await machines.UntilAsync("customers complain", () => Task.FromResult(machines.Complained > 10));
        var place = PostgresPlace.Of(machines.Database);

        var (from, to, _) = await Task.Run(() => PostgresMigrations.Apply(place, [.. PostgresMigrations.All, Next]));

        Assert.Equal(from + 1, to);
        var before = machines.Complained;
        await machines.UntilAsync("customers complain on", () => Task.FromResult(machines.Complained > before + 10));
        var holder = await machines.HolderAsync("channel bluesky");
        await holder.Bot.KillAsync();
        await machines.TakenOverAsync("channel bluesky", holder);
        holder.Start();
        await machines.SettledAsync();
        await enough.CancelAsync();
        await customers;
        await machines.AllShownOnceAsync();
        Assert.Equal(to, await machines.NumberAsync("SELECT version FROM listeningbot.store_version"));
        TestContext.Current.TestOutputHelper!.WriteLine($"{machines.Complained} complaints, each one case and one card, on a store of version {to}");

        await Task.Run(() => PostgresMigrations.Apply(place, [.. PostgresMigrations.All, Next, "CREATE TABLE of_the_release_after (id bigint PRIMARY KEY)"]));
        await holder.Bot.TerminateAsync();
        holder.Start();
        Assert.Equal(1, await holder.Bot.WaitForExitAsync());
        Assert.Contains($"has version {to + 1}, but this program knows versions up to {from} and works with {to} at most", holder.Bot.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_of_two_machines_takes_everything_over_from_the_other()
    {
        LocalPostgres.SkipIfMissing();
        await using var machines = await Machines.BuiltAsync(2);
        await machines.StartAllAsync();
        using var enough = new CancellationTokenSource();
        var customers = machines.ComplainAsync(enough.Token);
        foreach (var machine in machines.All)
        {
            await machine.Bot.KillAsync();
            var began = TimeProvider.System.GetTimestamp();
            await machines.SettledAsync();
            TestContext.Current.TestOutputHelper!.WriteLine($"{machine.Name} killed, all it had taken over after {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0.0} s");
            var before = machines.Complained;
            await machines.UntilAsync("customers complain on", () => Task.FromResult(machines.Complained > before + 10));
            machine.Start();
            await machines.SettledAsync();
        }
        await enough.CancelAsync();
        await customers;
        await machines.AllShownOnceAsync();
        TestContext.Current.TestOutputHelper!.WriteLine($"{machines.Complained} complaints, each one case and one card");
    }
}
