using System.Diagnostics;
using System.Text.Json;
using ListeningBot.Hosting.Cluster;
using ListeningBot.Storage;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ListeningBot.Tests.Hosting.Cluster;

/// <summary>Several keepers over one real PostgreSQL.</summary>
public sealed partial class LeaseKeeperTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Roles = [.. Enumerable.Range(0, 6).Select(i => $"channel c{i}")];
    private readonly List<Runner> _runners = [];
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        if (LocalPostgres.WhyMissing() is null)
        {
            _database = await (await LocalPostgres.Shared).NewDatabaseAsync();
            await using var store = PostgresStore.Open(_database + ";Search Path=public", NullLogger.Instance);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var runner in _runners)
        {
            // A test that failed midway left it so.
            runner.Hangs = false;
            await runner.Keeper.DisposeAsync();
        }
    }

    [Fact]
    public async Task Who_is_alone_runs_all_and_who_joins_gets_half()
    {
        LocalPostgres.SkipIfMissing();
        var one = Started("one");
        await Until(() => one.Runs.Count == 6);
        var two = Started("two");
        await Until(() => one.Runs.Count == 3 && two.Runs.Count == 3);
        Assert.Equal(Roles, one.Runs.Keys.Concat(two.Runs.Keys).Order());
        Assert.All(two.Runs.Values, grant => Assert.Equal(2, grant.Lease.Epoch));
        var view = one.Keeper.View;
        Assert.Equal(["one", "two"], view.Round!.Live.Select(node => node.Name).Order());
    }

    [Fact]
    public async Task What_a_killed_start_of_the_same_machine_had_goes_on_at_once()
    {
        LocalPostgres.SkipIfMissing();
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the system does not tell which of its runs this is");
        using var killed = Process.Start("sleep", "60");
        var ended = StartMark.Of(killed.Id);
        Assert.False(StartMark.Ended(ended));
        killed.Kill();
        await killed.WaitForExitAsync();
        Assert.True(StartMark.Ended(ended));
        var all = $"ARRAY['{string.Join("','", Roles)}']";
        await DoAsync(_database, $"""
            INSERT INTO nodes (start, name, release, roles, since, seen) VALUES ('{ended}', 'one', '1', {all}, 0, {Now});
            INSERT INTO leases (role, holder, node, epoch, until)
            SELECT role, CASE role WHEN '{Roles[4]}' THEN '{StartMark.New()}' WHEN '{Roles[5]}' THEN '{ended}2' ELSE '{ended}' END, CASE role WHEN '{Roles[5]}' THEN 'two' ELSE 'one' END, 1, {Now} + 300000 FROM unnest({all}) AS these (role)
            """);
        var one = Started("one", new ClusterTimes { Lasts = TimeSpan.FromMinutes(10) });
        await Until(() => one.Runs.Count == 4);

        // One of the others is held by a start that lives, one under another machine's name.
        Assert.Equal(Roles[..4], one.Runs.Keys.Order());
        Assert.All(one.Runs.Values, grant => Assert.Equal(2, grant.Lease.Epoch));
        Assert.Equal("one", Assert.Single(one.Keeper.View.Round!.Live).Name);
    }

    [Fact]
    public async Task Who_stops_hands_over_at_once()
    {
        LocalPostgres.SkipIfMissing();
        var one = Started("one");
        await Until(() => one.Runs.Count == 6);
        await DoAsync(_database, "INSERT INTO nodes (start, name, release, roles, since, seen) SELECT name, name, '1', '{}'::text[], seen, seen FROM (VALUES ('one'), ('two')) AS killed (name), (SELECT min(seen) - 60000 AS seen FROM nodes) AS earlier");
        await one.Keeper.StopAsync();
        Assert.Empty(one.Runs);
        Assert.Equal(6L, await NumberAsync("SELECT count(*) FROM leases WHERE holder IS NULL AND until = 0"));

        // Its earlier start that was killed is missed no more; another machine's is.
        Assert.Equal(1L, await NumberAsync("SELECT count(*) FROM nodes"));
        Assert.Equal(1L, await NumberAsync("SELECT count(*) FROM nodes WHERE start = 'two'"));
    }

    [Fact]
    public async Task What_a_dead_node_had_is_taken_when_its_leases_end_and_not_before()
    {
        LocalPostgres.SkipIfMissing();
        await DoAsync(_database, $"INSERT INTO leases SELECT 'channel c' || n, 'dead', 'dead', 7, {Now} + 3000 FROM generate_series(0, 5) AS n");
        var one = Started("one");
        var began = TimeProvider.System.GetTimestamp();
        await Until(() => one.Runs.Count == 6);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.FromSeconds(2), Patience);
        Assert.All(one.Runs.Values, grant => Assert.Equal(8, grant.Lease.Epoch));
    }

    [Fact]
    public async Task A_lease_that_another_took_is_noticed_and_not_taken_back()
    {
        LocalPostgres.SkipIfMissing();
        var one = Started("one");
        await Until(() => one.Runs.Count == 6);
        var lost = one.Runs["channel c0"];
        await DoAsync(_database, "UPDATE leases SET holder = 'thief', node = 'thief', epoch = epoch + 1, until = until + 60000 WHERE role = 'channel c0'");
        await Until(() => one.Runs.Count == 5);
        Assert.False(lost.Holds);
        Assert.True(lost.Lost.IsCancellationRequested);
        Assert.Throws<LeaseLostException>(lost.Check);
        Assert.True(one.Runs["channel c1"].Holds);
    }

    /// <summary>The leases last for minutes, so that nobody gets them by waiting.</summary>
    [Fact]
    public async Task What_was_taken_while_the_answer_got_lost_is_run_at_once_and_not_when_the_lease_ends()
    {
        LocalPostgres.SkipIfMissing();
        await using var relay = new AnswerLosingRelay((await LocalPostgres.Shared).Port, lose: "UPDATE leases SET holder = $2"u8.ToArray()) { Losing = true };
        var through = new NpgsqlConnectionStringBuilder(_database) { Host = "127.0.0.1", Port = relay.Port };
        var one = Started("one", new ClusterTimes { Lasts = TimeSpan.FromMinutes(5) }, through.ConnectionString);
        await Until(() => one.Runs.Count == 6);
        Assert.Equal(1, relay.Lost);
        Assert.All(one.Runs.Values, grant => Assert.Equal(2, grant.Lease.Epoch));
        Assert.All(one.Runs.Values, grant => Assert.True(grant.Holds));
    }

    /// <summary>Of what ran here something may still run.</summary>
    [Fact]
    public async Task What_was_held_and_could_not_be_renewed_is_not_given_back_before_its_lease_ends()
    {
        LocalPostgres.SkipIfMissing();
        var clock = new HeldClock();
        var one = Started("one", new ClusterTimes { Lasts = TimeSpan.FromMinutes(5) }, time: clock);
        await Until(() => one.Runs.Count == 6);
        one.Hangs = true;
        await Until(() =>
        {
            // A round that came through just behind one jump renews all: then the next one does it.
            clock.Jump(TimeSpan.FromSeconds(30));
            return one.Runs.Values.All(grant => grant.Lost.IsCancellationRequested);
        });
        var round = one.Keeper.View.Round;
        await Until(() => one.Keeper.View.Round != round);
        Assert.Equal(6L, await NumberAsync("SELECT count(*) FROM leases WHERE holder IS NOT NULL AND epoch = 1 AND until > 0"));
    }

    [Fact]
    public async Task Who_can_not_begin_with_what_it_takes_leaves_it_to_others_until_it_can()
    {
        LocalPostgres.SkipIfMissing();
        var (one, two) = (Started("one"), Started("two"));
        await Until(() => one.Runs.Count == 3 && two.Runs.Count == 3);
        var lost = two.Runs.Keys.Order(StringComparer.Ordinal).First();
        two.Hangs = true;
        await DoAsync(_database, $"UPDATE leases SET holder = 'thief', node = 'thief', epoch = epoch + 1, until = {Now} + 5500 WHERE role = '{lost}'");

        await Until(() => one.Runs.ContainsKey(lost));
        two.Hangs = false;
        await Until(() => one.Runs.Count == 3 && two.Runs.Count == 3);
    }

    /// <summary>What nobody hears must be told, also by the machine that can't take it now.</summary>
    [Fact]
    public async Task What_no_machine_can_take_is_told_as_nobodys()
    {
        LocalPostgres.SkipIfMissing();
        var one = Started("one");
        await Until(() => one.Runs.Count == 6);
        one.Hangs = true;
        await DoAsync(_database, $"UPDATE leases SET holder = 'thief', node = 'thief', epoch = epoch + 1, until = {Now} + 5500 WHERE role = 'channel c1'");

        await Until(() => JsonSerializer.SerializeToNode(new ClusterReadiness(one.Keeper, new ClusterTimes()).Look().Told)!["nobody"]!.ToJsonString() == "[\"channel c1\"]");
        one.Hangs = false;
        await Until(() => one.Runs.Count == 6);
    }

    [Fact]
    public async Task A_role_that_is_no_longer_wanted_is_released()
    {
        LocalPostgres.SkipIfMissing();
        var one = Started("one");
        await Until(() => one.Runs.Count == 6);
        one.Keeper.Want(new HashSet<string> { "channel c0" });
        await Until(() => one.Runs.Count == 1);
        await UntilAsync(async () => await NumberAsync("SELECT count(*) FROM leases WHERE holder IS NOT NULL") == 1);
    }

    [Fact]
    public async Task What_does_not_stop_is_released_all_the_same_after_a_while()
    {
        LocalPostgres.SkipIfMissing();
        var one = Started("one", new ClusterTimes { StoppedWithin = TimeSpan.FromSeconds(1) });
        await Until(() => one.Runs.Count == 6);
        one.Hangs = true;
        one.Keeper.Want(new HashSet<string>());
        await UntilAsync(async () => await NumberAsync("SELECT count(*) FROM leases WHERE holder IS NOT NULL") == 0);
    }

    [Fact]
    public async Task Without_the_database_everything_stops_before_the_leases_end_and_goes_on_when_it_is_back()
    {
        LocalPostgres.SkipIfMissing();
        await using var server = await LocalPostgres.StartAsync(durable: false);
        var database = await server.NewDatabaseAsync();
        await using (PostgresStore.Open(database + ";Search Path=public", NullLogger.Instance))
        {
        }
        var one = Started("one", database: database);
        await Until(() => one.Runs.Count == 6);
        var grants = one.Runs.Values.ToList();
        await server.StopAsync(crash: true);
        await Until(() => one.Runs.Count == 0);
        Assert.All(grants, grant => Assert.True(grant.Lost.IsCancellationRequested && !grant.Holds));
        Assert.NotNull(one.Keeper.View.Fault);
        await server.StartAgainAsync();
        await Until(() => one.Runs.Count == 6 && one.Keeper.View.Fault is null);
        Assert.All(one.Runs.Values, grant => Assert.Equal(2, grant.Lease.Epoch));
        await one.Keeper.StopAsync();
    }

    [Fact]
    public async Task A_transaction_of_the_last_holder_holds_up_the_take_over_of_its_role_alone_and_no_renewal()
    {
        LocalPostgres.SkipIfMissing();
        await using var writer = new NpgsqlConnection(_database);
        await writer.OpenAsync(TestContext.Current.CancellationToken);
        var one = Started("one");
        await Until(() => one.Runs.Count == 6);
        await using (var late = await writer.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            await using var look = new NpgsqlCommand("SELECT 1 FROM leases WHERE role = 'channel c0' AND epoch = 1 FOR KEY SHARE", writer);
            await look.ExecuteScalarAsync(TestContext.Current.CancellationToken);
            var until = await NumberAsync("SELECT until FROM leases WHERE role = 'channel c0'");
            await UntilAsync(async () => await NumberAsync("SELECT until FROM leases WHERE role = 'channel c0'") > until);
            await one.Keeper.StopAsync();
            var two = Started("two");
            await Until(() => two.Runs.Count == 5);
            Assert.DoesNotContain("channel c0", two.Runs.Keys);
            await late.RollbackAsync(TestContext.Current.CancellationToken);
            await Until(() => two.Runs.Count == 6);
        }
    }

    [Fact]
    public async Task Columns_that_a_newer_release_adds_are_no_hindrance()
    {
        LocalPostgres.SkipIfMissing();
        await DoAsync(_database, $"ALTER TABLE nodes ADD COLUMN zone TEXT NOT NULL DEFAULT 'here'; ALTER TABLE leases ADD COLUMN why TEXT; INSERT INTO nodes (start, name, release, roles, since, seen, zone) SELECT 'x', 'newer', '99', '{{channel c0,channel new}}', 0, {Now} + 5000, 'there'");
        var one = Started("one");
        await Until(() => one.Runs.Count == 5);
        Assert.DoesNotContain("channel c0", one.Runs.Keys);
        Assert.Contains(one.Keeper.View.Round!.Live, node => node is { Name: "newer", Release: "99" });
    }

    private const string Now = PostgresSql.Now;
    private const string Tomorrow = Now + " + 86400000";

    private Runner Started(string name, ClusterTimes? times = null, string? database = null, TimeProvider? time = null, string path = "public")
    {
        var runner = new Runner(new LeaseKeeper(new SharedDatabase((database ?? _database) + ";Search Path=" + path), new NodeName(name, "1"), times ?? new ClusterTimes(), time ?? TimeProvider.System, NullLogger<LeaseKeeper>.Instance));
        runner.Keeper.Want(Roles.ToHashSet());
        runner.Keeper.Start();
        _runners.Add(runner);
        return runner;
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task DoAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private Task Until(Func<bool> done) => UntilAsync(() => Task.FromResult(done()));

    private async Task UntilAsync(Func<Task<bool>> done)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await done())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"it did not happen ({string.Join(", ", _runners.Select(runner => runner.Keeper.View.Fault ?? "no fault"))})");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }
    }

    private sealed class Runner
    {
        public Runner(LeaseKeeper keeper)
        {
            Keeper = keeper;
            keeper.Apply = async now =>
            {
                while (Hangs)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                }
                Runs = now;
            };
        }

        public LeaseKeeper Keeper { get; }
        public volatile bool Hangs;
        public IReadOnlyDictionary<string, Grant> Runs { get; private set; } = new Dictionary<string, Grant>();
    }
}
