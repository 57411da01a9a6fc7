using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class HeartbeatTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task A_time_in_which_the_program_did_not_run_is_a_gap_of_each_channel_that_was_read_before()
    {
        await ReadOnceAsync("posts");
        var first = new Heartbeat(_temp.Store, _clock);
        await first.StartAsync(["posts", "new"], default);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await first.BeatAsync(default);
        var stopped = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromHours(8));

        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts", "new"], default);

        Assert.Equal([new Gap(stopped, _clock.GetUtcNow(), "ListeningBot was not running") { Fate = GapFate.Open }], await GapsAsync("posts"));
        Assert.Empty(await GapsAsync("new"));
    }

    [Fact]
    public async Task A_channel_that_was_dark_when_the_program_ended_has_one_gap_over_all_of_it()
    {
        await ReadOnceAsync("posts");
        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);
        await _temp.WriteAsync(tx => tx.AddGap("posts", new Gap(_clock.GetUtcNow(), Gap.NoEnd, "no network") { Fate = GapFate.Open }, _clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromHours(8));

        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);

        Assert.Equal("no network", Assert.Single(await GapsAsync("posts")).Cause);
    }

    /// <summary>It ran all the time: what it heard after the backup is not in the store that was put back.</summary>
    [Fact]
    public async Task What_a_store_lacks_that_was_put_back_is_told_as_that_until_it_runs_on_it()
    {
        await ReadOnceAsync("posts");
        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);
        var beat = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromSeconds(20));
        await PutBackAsync(taken: _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromHours(8));
        const string Cause = "the store was put back from a backup of 2026-11-02 09:00 UTC. What was heard later is not in it";

        Assert.Equal(Cause, (await _temp.ReadAsync(view => Heartbeat.StoppedSince(view, _clock.GetUtcNow())))!.Cause);
        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);
        Assert.Equal([new Gap(beat, _clock.GetUtcNow(), Cause) { Fate = GapFate.Open }], await GapsAsync("posts"));

        var again = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromHours(1));
        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);
        Assert.Equal(new Gap(again, _clock.GetUtcNow(), "ListeningBot was not running") { Fate = GapFate.Open }, (await GapsAsync("posts"))[^1]);
    }

    [Fact]
    public async Task What_nobody_heard_before_the_backup_was_made_is_told_apart()
    {
        await ReadOnceAsync("posts");
        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);
        var beat = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromHours(2));
        var taken = _clock.GetUtcNow();
        await PutBackAsync(taken);
        _clock.Advance(TimeSpan.FromHours(8));

        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);

        Assert.Equal([(beat, taken, "ListeningBot was not running"), (taken, _clock.GetUtcNow(), PutBack.Cause(taken))], (await GapsAsync("posts")).OrderBy(gap => gap.From).Select(gap => (gap.From, gap.To, gap.Cause)));
    }

    [Fact]
    public async Task What_lasted_for_a_channel_that_is_no_longer_configured_ends_at_the_start()
    {
        await _temp.WriteAsync(tx => tx.AddGap("old", new Gap(_clock.GetUtcNow(), Gap.NoEnd, "no network") { Fate = GapFate.Open }, _clock.GetUtcNow()));
        _clock.Advance(TimeSpan.FromHours(8));

        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);

        var gap = Assert.Single(await GapsAsync("old"));
        Assert.Equal((_clock.GetUtcNow(), GapFate.Lost), (gap.To, gap.Fate));
    }

    /// <summary>Another machine reads it, and finds the gap as it left it.</summary>
    [Fact]
    public async Task What_lasts_for_a_channel_of_another_machine_goes_on()
    {
        await _temp.WriteAsync(tx => tx.AddGap("theirs", new Gap(_clock.GetUtcNow(), Gap.NoEnd, "no network") { Fate = GapFate.Open }, _clock.GetUtcNow()));

        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default, givesUp: false);

        Assert.Equal((Gap.NoEnd, GapFate.Open), (Assert.Single(await GapsAsync("theirs")).To, Assert.Single(await GapsAsync("theirs")).Fate));
    }

    /// <summary>All machines that share the store ran, and stopped reading when their leases ended: nobody could be told that it began.</summary>
    [Fact]
    public async Task What_was_not_heard_while_no_machine_could_write_has_its_own_cause_and_is_told_with_its_end()
    {
        await ReadOnceAsync("posts");
        var heartbeat = new Heartbeat(_temp.Store, _clock) { LeavesLateBeats = true };
        await heartbeat.StartAsync(["posts"], default);
        var away = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromMinutes(10));

        await heartbeat.StartAsync(["posts"], default, givesUp: false);

        var entry = Assert.Single(await _temp.ReadAsync(view => view.UnsettledGaps("posts")));
        Assert.Equal(new Gap(away, _clock.GetUtcNow(), "no machine could reach the database") { Fate = GapFate.Open }, entry.Gap);
        Assert.True(entry.Told);
    }

    /// <summary>A webhook is served by each machine, whoever holds what, and may be heard before the leases are.</summary>
    [Fact]
    public async Task What_is_heard_again_already_gets_no_second_gap()
    {
        await ReadOnceAsync("posts");
        var heartbeat = new Heartbeat(_temp.Store, _clock) { LeavesLateBeats = true };
        await heartbeat.StartAsync(["posts"], default);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await ReadOnceAsync("posts");

        await heartbeat.StartAsync(["posts"], default, givesUp: false);

        Assert.Empty(await GapsAsync("posts"));
    }

    /// <summary>The program itself went on: nothing began. What is read within a moment of waking was slept through all the same.</summary>
    [Fact]
    public async Task A_time_in_which_the_machine_slept_is_a_gap_of_each_channel_that_was_read_before()
    {
        await ReadOnceAsync("posts");
        await ReadOnceAsync("again");
        await ReadOnceAsync("dark");
        await _temp.WriteAsync(tx => tx.AddGap("dark", new Gap(_clock.GetUtcNow(), Gap.NoEnd, "no network") { Fate = GapFate.Open }, _clock.GetUtcNow()));
        var heartbeat = await StartedAsync(_temp.Store, "posts", "again", "dark", "new");
        await heartbeat.BeatAsync(default);
        var slept = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromHours(3));
        await ReadOnceAsync("again");

        await heartbeat.BeatAsync(default);
        await heartbeat.BeatAsync(default);

        var gap = new Gap(slept, _clock.GetUtcNow(), "ListeningBot was not running, this machine slept, or its clock was set forth") { Fate = GapFate.Open };
        foreach (var channel in new[] { "posts", "again" })
        {
            var entry = Assert.Single(await _temp.ReadAsync(view => view.UnsettledGaps(channel)));
            Assert.Equal((gap, true), (entry.Gap, entry.Told));
        }
        Assert.Equal("no network", Assert.Single(await GapsAsync("dark")).Cause);
        Assert.Empty(await GapsAsync("new"));
    }

    [Fact]
    public async Task A_time_in_which_the_store_took_nothing_is_no_sleep()
    {
        await ReadOnceAsync("posts");
        var store = new FailingStore(_temp.Store) { Room = 2 };
        var heartbeat = await StartedAsync(store, "posts");
        await heartbeat.BeatAsync(default);
        for (var until = _clock.GetUtcNow().AddHours(3); _clock.GetUtcNow() < until; _clock.Advance(TimeSpan.FromSeconds(5)))
        {
            await Record.ExceptionAsync(() => heartbeat.BeatAsync(default));
        }

        store.Room = 1;
        await heartbeat.BeatAsync(default);

        Assert.Equal(_clock.GetUtcNow(), await _temp.ReadAsync(Heartbeat.Last));
        Assert.Empty(await GapsAsync("posts"));
    }

    [Fact]
    public async Task A_sleep_is_noted_when_the_store_takes_it()
    {
        await ReadOnceAsync("posts");
        var store = new FailingStore(_temp.Store) { Room = 2 };
        var heartbeat = await StartedAsync(store, "posts");
        await heartbeat.BeatAsync(default);
        _clock.Advance(TimeSpan.FromHours(3));
        var woke = _clock.GetUtcNow();
        await Assert.ThrowsAsync<StoreException>(() => heartbeat.BeatAsync(default));

        _clock.Advance(TimeSpan.FromSeconds(5));
        store.Room = 1;
        await heartbeat.BeatAsync(default);

        Assert.Equal(woke, Assert.Single(await GapsAsync("posts")).To);
    }

    /// <summary>Thousands of cases whose time has come at once keep the beats waiting.</summary>
    [Fact]
    public async Task What_was_heard_while_no_beat_came_was_not_slept_through()
    {
        await ReadOnceAsync("posts");
        await ReadOnceAsync("a hook that hears of somebody once a day");
        var heartbeat = await StartedAsync(_temp.Store, "posts", "a hook that hears of somebody once a day");
        await heartbeat.BeatAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(2));
        await ReadOnceAsync("posts");
        _clock.Advance(TimeSpan.FromMinutes(2));

        await heartbeat.BeatAsync(default);

        Assert.Empty(await GapsAsync("posts"));
        Assert.Empty(await GapsAsync("a hook that hears of somebody once a day"));
    }

    [Fact]
    public async Task Who_looks_from_beside_sees_since_when_it_does_not_run()
    {
        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);
        var beat = _clock.GetUtcNow();

        Assert.Null(await _temp.ReadAsync(view => Heartbeat.StoppedSince(view, beat.AddMinutes(1))));
        Assert.Equal(beat, (await _temp.ReadAsync(view => Heartbeat.StoppedSince(view, beat.AddMinutes(3))))!.From);
    }

    [Fact]
    public async Task A_run_that_nobody_stopped_is_known_at_the_next_start_and_only_where_that_is_kept()
    {
        await new Heartbeat(_temp.Store, _clock).StartAsync([], default);
        Assert.Null(await UnstoppedAsync());

        await _temp.WriteAsync(tx => LastRun.Begin(tx, null, _clock.GetUtcNow()));
        Assert.Equal(ManualClock.Start, await UnstoppedAsync());
        Assert.Null(await _temp.ReadAsync(view => LastRun.Broken(view, _clock.GetUtcNow())));

        _clock.Advance(TimeSpan.FromHours(1));
        await _temp.WriteAsync(tx => LastRun.Begin(tx, LastRun.Unstopped(tx), _clock.GetUtcNow()));
        Assert.Equal(new BrokenRun(ManualClock.Start, _clock.GetUtcNow()), await _temp.ReadAsync(view => LastRun.Broken(view, _clock.GetUtcNow())));

        await _temp.WriteAsync(tx => LastRun.Stop(tx, _clock.GetUtcNow()));
        Assert.Null(await UnstoppedAsync());

        // The next run has one before it that was stopped in order.
        await _temp.WriteAsync(tx => LastRun.Begin(tx, LastRun.Unstopped(tx), _clock.GetUtcNow()));
        Assert.Null(await _temp.ReadAsync(view => LastRun.Broken(view, _clock.GetUtcNow())));

        Task<DateTimeOffset?> UnstoppedAsync() => _temp.ReadAsync(LastRun.Unstopped);
    }

    [Fact]
    public async Task A_quick_restart_is_no_gap()
    {
        await ReadOnceAsync("posts");
        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);
        _clock.Advance(TimeSpan.FromSeconds(100));

        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);

        Assert.Empty(await GapsAsync("posts"));
    }

    [Fact]
    public async Task The_very_first_start_knows_of_no_gap()
    {
        await ReadOnceAsync("posts");

        await new Heartbeat(_temp.Store, _clock).StartAsync(["posts"], default);

        Assert.Empty(await GapsAsync("posts"));
    }

    [Fact]
    public async Task It_is_called_often_and_writes_seldom()
    {
        var heartbeat = new Heartbeat(_temp.Store, _clock);
        var written = new HashSet<string?>();
        for (var i = 0; i < 60; i++)
        {
            await heartbeat.BeatAsync(default);
            written.Add(await _temp.ReadAsync(view => view.Document("last heartbeat")));
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(2, written.Count);
    }

    [Fact]
    public async Task It_goes_on_when_the_clock_is_set_back()
    {
        var ahead = new ManualClock();
        ahead.Advance(TimeSpan.FromDays(30));
        var clock = new SetBack { Now = ahead.GetUtcNow() };
        var heartbeat = new Heartbeat(_temp.Store, clock);
        await heartbeat.BeatAsync(default);

        clock.Now = ManualClock.Start;
        await heartbeat.BeatAsync(default);

        Assert.NotNull(await _temp.ReadAsync(view => Heartbeat.StoppedSince(view, ManualClock.Start.AddHours(1))));
    }

    /// <summary>Where machines share a store, a beat that is late after a time in which nobody could write is left; it must not be left for ever because somebody set the clock forth.</summary>
    [Fact]
    public async Task It_goes_on_when_the_clock_is_set_forth_where_machines_share_a_store()
    {
        var heartbeat = new Heartbeat(_temp.Store, _clock) { LeavesLateBeats = true };
        await heartbeat.BeatAsync(default);

        _clock.Ahead = TimeSpan.FromDays(1);
        await heartbeat.BeatAsync(default);
        Assert.NotNull(await StoppedAsync());
        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(30));
            await heartbeat.BeatAsync(default);
        }
        Assert.Null(await StoppedAsync());

        Task<Gap?> StoppedAsync() => _temp.ReadAsync(view => Heartbeat.StoppedSince(view, _clock.GetUtcNow()));
    }

    private sealed class SetBack : TimeProvider
    {
        public DateTimeOffset Now { get; set; }
        public override DateTimeOffset GetUtcNow() => Now;
    }

    private async Task<Heartbeat> StartedAsync(IStore store, params string[] channels)
    {
        var heartbeat = new Heartbeat(store, _clock) { Channels = () => channels };
        await heartbeat.StartAsync(channels, default);
        return heartbeat;
    }

    private Task PutBackAsync(DateTimeOffset taken) => _temp.WriteAsync(tx => tx.KeepDocument("put back", taken.ToUnixTimeMilliseconds().ToString(), _clock.GetUtcNow()));

    private Task ReadOnceAsync(string channel) => _temp.WriteAsync(tx => tx.MoveCursor(channel, new Cursor("1"), _clock.GetUtcNow()));

    private Task<IReadOnlyList<Gap>> GapsAsync(string channel) => _temp.ReadAsync(view => view.GapsOf(channel, ManualClock.Start.AddDays(-1), ManualClock.Start.AddDays(1)));

    public ValueTask DisposeAsync() => _temp.DisposeAsync();
}
