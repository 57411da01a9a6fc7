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
public sealed class LeaseKeeperTests : IAsyncLifetime
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
    public async Task A_process_that_was_paused_knows_that_it_may_have_lost_its_roles_before_its_timers_do()
    {
        LocalPostgres.SkipIfMissing();
        var clock = new HeldClock();
        var one = Started("one", time: clock);
        await Until(() => one.Runs.Count == 6);
        var grant = one.Runs["channel c0"];
        Assert.True(grant.Holds);
        clock.Jump(TimeSpan.FromSeconds(5));
        Assert.False(grant.Holds);
    }

    /// <summary>The server counts from when it renewed. Who counted from its answer would still believe in a lease that is another's by then.</summary>
    [Fact]
    public async Task What_is_renewed_is_trusted_from_before_it_was_asked_for_however_late_the_answer_comes()
    {
        LocalPostgres.SkipIfMissing();
        await DoAsync(_database, "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT pg_catalog.clock_timestamp() FROM pg_sleep(0.03)'");
        var one = Started("one", path: "public,pg_catalog");
        await Until(() => one.Runs.Count == 6);
        var (round, rounds, least) = (one.Keeper.View.Round, 0, Patience);
        await Until(() =>
        {
            var view = one.Keeper.View;
            least = view.Since < least ? view.Since : least;
            rounds += view.Round == round ? 0 : 1;
            round = view.Round;
            return rounds == 4;
        });

        // A round with six leases asks for the time at least ten times.
        Assert.InRange(least, TimeSpan.FromSeconds(0.3), Patience);
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

    [Fact]
    public async Task A_clock_that_is_wrong_is_known()
    {
        LocalPostgres.SkipIfMissing();
        var one = Started("one", time: new HeldClock { Ahead = TimeSpan.FromSeconds(90) });
        await Until(() => one.Runs.Count == 6);
        Assert.InRange(one.Keeper.View.Skew, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(91));
        var two = Started("two");
        await Until(() => two.Runs.Count == 3);
        Assert.InRange(two.Keeper.View.Skew, TimeSpan.FromSeconds(-0.5), TimeSpan.FromSeconds(0.5));
    }

    /// <summary>By the database's clock, now set right, that machine lives and its leases last until tomorrow.</summary>
    [Fact]
    public async Task What_a_dead_machine_had_when_the_databases_clock_was_a_day_ahead_is_taken()
    {
        LocalPostgres.SkipIfMissing();
        await DoAsync(_database, $"INSERT INTO nodes (start, name, release, roles, since, seen) SELECT 'dead', 'dead', '1', '{{{string.Join(',', Roles.Select(role => $"\"{role}\""))}}}', at, at FROM (SELECT {Tomorrow} AS at) AS tomorrow");
        await DoAsync(_database, $"INSERT INTO leases (role, holder, node, epoch, until) SELECT 'channel c' || i, 'dead', 'dead', 3, {Tomorrow} FROM generate_series(0, 3) AS i");

        var one = Started("one");

        await Until(() => one.Runs.Count == 6);
        Assert.Equal([4, 4, 4, 4, 1, 1], Roles.Select(role => one.Runs[role].Lease.Epoch));
    }

    [Fact]
    public async Task Who_lives_keeps_what_it_has_when_the_databases_clock_is_set_back()
    {
        LocalPostgres.SkipIfMissing();
        var (one, two) = (Started("one"), Started("two"));
        await Until(() => one.Runs.Count == 3 && two.Runs.Count == 3);
        var before = one.Runs.Concat(two.Runs).ToDictionary();

        await DoAsync(_database, "UPDATE leases SET until = until + 86400000; UPDATE nodes SET seen = seen + 86400000");

        await UntilAsync(async () => await NumberAsync($"SELECT count(*) FROM leases WHERE until > {Tomorrow} - 3600000") == 0);
        var stamp = TimeProvider.System.GetTimestamp();
        await Until(() => TimeProvider.System.GetElapsedTime(stamp) > TimeSpan.FromSeconds(8));
        Assert.Equal(before, one.Runs.Concat(two.Runs).ToDictionary());
        Assert.All(before.Values, grant => Assert.True(grant.Holds));
    }

    /// <summary>By that clock all leases are over at once, while their holders believe in them for seconds, and send.</summary>
    [Fact]
    public async Task Nothing_is_held_by_two_when_the_databases_clock_is_set_forth()
    {
        LocalPostgres.SkipIfMissing();
        await DoAsync(_database, """
            CREATE TABLE wrong AS SELECT interval '0' AS ahead;
            CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM public.wrong';
            """);
        var (one, two) = (Started("one", path: "public,pg_catalog"), Started("two", path: "public,pg_catalog"));
        await Until(() => one.Runs.Count == 3 && two.Runs.Count == 3);
        var before = one.Runs.Concat(two.Runs).ToDictionary();
        for (var days = 1; days <= 3; days++)
        {
            await DoAsync(_database, $"UPDATE wrong SET ahead = interval '{days} days'");
            var stamp = TimeProvider.System.GetTimestamp();
            await Until(() =>
            {
                Assert.DoesNotContain(Roles, role => Holds(one, role) && Holds(two, role));
                return TimeProvider.System.GetElapsedTime(stamp) > TimeSpan.FromSeconds(7);
            });
            Assert.Equal(before, one.Runs.Concat(two.Runs).ToDictionary());
        }

        // And what nobody renews is taken after a while, although the leap was not far away.
        await DoAsync(_database, "UPDATE wrong SET ahead = interval '4 days'; UPDATE leases SET holder = 'dead', epoch = epoch + 1 WHERE role = 'channel c0'");
        await Until(() => Holds(one, Roles[0]) || Holds(two, Roles[0]));

        static bool Holds(Runner runner, string role) => runner.Runs.TryGetValue(role, out var grant) && grant.Holds;
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

    /// <summary>The system's clock, set wrong, or standing still in its timers after a jump.</summary>
    private sealed class HeldClock : TimeProvider
    {
        private TimeSpan _jumped;

        public TimeSpan Ahead { get; init; }

        public void Jump(TimeSpan by) => _jumped += by;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead + _jumped;

        public override long GetTimestamp() => System.GetTimestamp() + (long)(_jumped.TotalSeconds * System.TimestampFrequency);
    }
}
