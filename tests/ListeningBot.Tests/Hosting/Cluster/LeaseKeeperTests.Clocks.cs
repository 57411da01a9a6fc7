using ListeningBot.Hosting.Cluster;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Hosting.Cluster;

/// <summary>Clocks that are wrong, are set, or stood still with their machine; and the database's own.</summary>
public sealed partial class LeaseKeeperTests
{
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
