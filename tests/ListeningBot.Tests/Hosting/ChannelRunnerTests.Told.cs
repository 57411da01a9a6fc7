using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Hosting;

/// <summary>What the operators are told of a channel that is dark, quiet or refused, and what the ledger knows of it.</summary>
public sealed partial class ChannelRunnerTests
{
    [Fact]
    public async Task The_operators_are_told_once_when_it_stays_dark_and_once_when_it_is_back()
    {
        object[] faults = [.. Enumerable.Range(0, 12).Select(_ => new ChannelException("no route to the feed; look at the network"))];
        var channel = new ScriptedChannel([.. faults, Batch("1"), Batch("2")]);

        var run = RunAsync(channel);
        while (!run.IsCompleted)
        {
            await Task.WhenAny(PausesAsync(), run);
            _clock.Advance(TimeSpan.FromMinutes(10));
        }

        var notices = await NoticesAsync();
        Assert.Equal(2, notices.Count);
        Assert.Contains("hears nothing since 09:00 UTC: no route to the feed", notices[0], StringComparison.Ordinal);
        Assert.Contains("heard again", notices[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_while_it_is_dark_tells_nothing_again_and_still_tells_that_it_is_back()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("1"), ManualClock.Start));
        var first = RunAsync(new ScriptedChannel([.. Faults(100)]));
        while ((await NoticesAsync()).Count == 0)
        {
            await PausesAsync();
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
        await _stop.CancelAsync();
        await first;
        using var again = new CancellationTokenSource();

        var second = RunAsync(new ScriptedChannel([.. Faults(12), Batch("2"), Batch("3")]), again.Token);
        while (!second.IsCompleted)
        {
            await Task.WhenAny(PausesAsync(), second);
            _clock.Advance(TimeSpan.FromMinutes(10));
        }

        var notices = await NoticesAsync();
        Assert.Equal(2, notices.Count);
        Assert.Contains("hears nothing since", notices[0], StringComparison.Ordinal);
        Assert.Contains("is heard again; it was dark from 09:00 to", notices[1], StringComparison.Ordinal);
        var gap = Assert.Single(await GapsAsync());
        Assert.Equal((ManualClock.Start, GapFate.Backfilled), (gap.From, gap.Fate));
        Assert.True(gap.To <= _clock.GetUtcNow());
    }

    [Fact]
    public async Task While_it_is_dark_the_ledger_knows_since_when_and_why()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("1"), ManualClock.Start.AddMinutes(-20)));
        var run = RunAsync(new ScriptedChannel(new ChannelException("the password is refused. Give the new one.") { NeedsOperator = true }));
        await PausesAsync();

        var gap = Assert.Single(await GapsAsync());
        Assert.Equal(new Gap(ManualClock.Start.AddMinutes(-20), Gap.NoEnd, "the password is refused. Give the new one.") { Fate = GapFate.Open }, gap);
        await _stop.CancelAsync();
        await run;
    }

    [Fact]
    public async Task A_channel_that_can_ask_for_nothing_never_says_that_it_was_read_afterwards()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("1"), ManualClock.Start));
        var run = RunAsync(new ScriptedChannel([.. Faults(12), Batch("2"), Batch("3")]) { ReadsBack = false });
        while (!run.IsCompleted)
        {
            await Task.WhenAny(PausesAsync(), run);
            _clock.Advance(TimeSpan.FromMinutes(10));
        }

        Assert.Equal(GapFate.Unknown, Assert.Single(await GapsAsync()).Fate);
        Assert.EndsWith("It can't ask for what came meanwhile: only what its senders send again is heard.", (await NoticesAsync())[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_source_can_not_give_any_more_is_lost_and_the_rest_was_read_afterwards()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("1"), ManualClock.Start));
        var lost = new Gap(ManualClock.Start.AddMinutes(5), ManualClock.Start.AddMinutes(15), "it keeps 15 minutes");
        var run = RunAsync(new ScriptedChannel([.. Faults(12), PostBatch.Of([], new Cursor("2"), gap: lost), Batch("3")]));
        while (!run.IsCompleted)
        {
            await Task.WhenAny(PausesAsync(), run);
            _clock.Advance(TimeSpan.FromMinutes(10));
        }

        var gaps = (await GapsAsync()).OrderBy(gap => gap.From).ToList();
        Assert.Equal([GapFate.Backfilled, GapFate.Lost, GapFate.Backfilled], gaps.Select(gap => gap.Fate));
        Assert.Equal([ManualClock.Start, lost.From, lost.To], gaps.Select(gap => gap.From));
        Assert.Equal([lost.From, lost.To], gaps.Take(2).Select(gap => gap.To));
        Assert.Contains("What was posted from 09:05 to 09:15 UTC can't be read any more: it keeps 15 minutes.", (await NoticesAsync())[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stop_of_the_program_is_settled_with_the_first_batch_and_nobody_is_told()
    {
        await _temp.WriteAsync(tx => tx.AddGap("posts", new Gap(ManualClock.Start.AddHours(-8), ManualClock.Start, "ListeningBot was not running") { Fate = GapFate.Open }, ManualClock.Start));

        await RunAsync(new ScriptedChannel(Batch("1")));

        var gap = Assert.Single(await GapsAsync());
        Assert.Equal((ManualClock.Start, GapFate.Backfilled), (gap.To, gap.Fate));
        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task A_channel_that_answers_and_gives_nothing_for_longer_than_was_set_is_told_once_and_once_when_it_gives_again()
    {
        var script = new Queue<PostBatch>([Batch("1", Some.Post()), .. Enumerable.Repeat(Batch("2"), 10), Batch("3", Some.Post("acme again", "2"))]);
        var runner = Runner(new ScriptedChannel([.. script]) { BeforeEach = () => Task.Delay(TimeSpan.FromHours(1), _clock) }, quietAfter: TimeSpan.FromHours(6));

        var run = runner.RunAsync(WatchSet.Build([Some.Watch() with { AlertAt = 0 }], Ours.Nobody), _stop.Token);
        while (!run.IsCompleted)
        {
            await Task.WhenAny(PausesAsync(), run);
            await runner.LookAsync(default);
            _clock.Advance(TimeSpan.FromHours(1));
        }

        var notices = await NoticesAsync();
        Assert.Equal(2, notices.Count);
        Assert.StartsWith("Channel \"posts\" is quiet since 10:00 UTC: it answers but has given nothing for longer than its QuietAfter of 06:00:00.", notices[0], StringComparison.Ordinal);
        Assert.Equal("Channel \"posts\" gives something again; it had given nothing since 10:00 UTC.", notices[1]);
        var gap = Assert.Single(await GapsAsync());
        Assert.Equal((true, GapFate.Unknown, ManualClock.Start.AddHours(1), ManualClock.Start.AddHours(12)), (gap.Quiet, gap.Fate, gap.From, gap.To));
    }

    [Fact]
    public async Task Minutes_that_a_service_asks_for_again_and_again_stand_in_the_ledger_and_call_nobody_until_it_fails_after_them()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("1"), ManualClock.Start));
        var limited = new ChannelException("asked too often") { After = TimeSpan.FromMinutes(10) };
        var run = RunAsync(new ScriptedChannel(limited, Batch("2"), limited, Batch("3"), limited, limited, Batch("4")));
        for (var i = 0; i < 2; i++)
        {
            await PausesAsync();
            Assert.Empty(await NoticesAsync());
            _clock.Advance(TimeSpan.FromMinutes(10));
        }
        await PausesAsync();
        Assert.Equal(3, (await GapsAsync()).Count);
        Assert.Empty(await NoticesAsync());
        _clock.Advance(TimeSpan.FromMinutes(10));
        await PausesAsync();
        Assert.Single(await NoticesAsync());
        _clock.Advance(TimeSpan.FromMinutes(10));
        await run;

        Assert.Equal(2, (await NoticesAsync()).Count);
        Assert.Equal(3, (await GapsAsync()).Count);
        Assert.DoesNotContain(await GapsAsync(), gap => gap.Lasts);
    }

    [Fact]
    public async Task A_silence_that_could_not_be_stored_is_told_with_the_next_look()
    {
        var disk = new FailingStore(_temp.Store);
        var watch = new QuietWatch("posts", TimeSpan.FromHours(1), disk, new Darkness("posts", disk, new RoomBells(_clock), _clock, _logs.CreateLogger<ChannelRunner>()), _clock, _logs.CreateLogger<ChannelRunner>());
        await watch.StartAsync(default);
        watch.Heard(gave: true, []);
        _clock.Advance(TimeSpan.FromHours(2));

        await watch.LookAsync(waits: false, default);
        Assert.Empty(await NoticesAsync());
        disk.Room = 9;
        await watch.LookAsync(waits: false, default);
        await watch.LookAsync(waits: false, default);

        Assert.Single(await NoticesAsync());
    }

    /// <summary>A full disk, a file that was moved: nobody could be told, and the minutes were heard all the same, said the ledger.</summary>
    [Fact]
    public async Task What_was_dark_while_the_store_took_nothing_is_told_with_its_end()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("1"), ManualClock.Start));
        var darkness = new Darkness("posts", new FailingStore(_temp.Store), new RoomBells(_clock), _clock, _logs.CreateLogger<ChannelRunner>());
        for (var minute = 0; minute < 4; minute++)
        {
            await darkness.FailedAsync("the database was moved", TimeSpan.FromSeconds(30), default);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        for (var read = 0; read < 2; read++)
        {
            darkness.Ended(await _temp.WriteAsync(tx => darkness.End(tx, gave: true, null, _clock.GetUtcNow())));
        }

        Assert.StartsWith("Channel \"posts\" is heard again; it was dark from 09:00 to 09:04 UTC.", Assert.Single(await NoticesAsync()), StringComparison.Ordinal);
        Assert.Equal(new Gap(ManualClock.Start, ManualClock.Start.AddMinutes(4), "the database was moved") { Fate = GapFate.Backfilled }, Assert.Single(await GapsAsync()));
    }

    /// <summary>A webhook, whose door is shut on one machine, or which alone can't reach the database.</summary>
    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(0)]
    public async Task What_is_brought_to_another_machine_is_not_dark_because_this_one_fails(int room)
    {
        var (here, elsewhere) = (Brought(new FailingStore(_temp.Store) { Room = room }), Brought(_temp.Store));
        for (var half = 0; half < 10; half++)
        {
            await here.FailedAsync("its address is in use", TimeSpan.FromSeconds(30), default);
            await HearAsync(elsewhere);
            _clock.Advance(TimeSpan.FromSeconds(30));
        }
        await HearAsync(here);

        Assert.Empty(await NoticesAsync());
        Assert.Empty(await GapsAsync());
    }

    [Fact]
    public async Task What_is_brought_is_dark_each_time_that_no_machine_hears_it()
    {
        var (here, elsewhere) = (Brought(_temp.Store), Brought(_temp.Store));
        for (var minute = 0; minute < 20; minute++)
        {
            await here.FailedAsync("its address is in use", TimeSpan.FromMinutes(1), default);
            if (minute is < 5 or 10)
            {
                await HearAsync(elsewhere);
            }
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal([(4, 10), (10, 0)], (await GapsAsync()).OrderBy(gap => gap.From).Select(gap => (gap.From.Minute, gap.Lasts ? 0 : gap.To.Minute)));
        Assert.Equal(
            ["Channel \"posts\" hears nothing since 09:04 UTC", "Channel \"posts\" is heard again; it was dark from 09:04 to 09:10 UTC", "Channel \"posts\" hears nothing since 09:10 UTC"],
            (await NoticesAsync()).Select(notice => notice[..(notice.IndexOf("UTC", StringComparison.Ordinal) + 3)]));
    }

    private Darkness Brought(IStore store) => new("posts", store, new RoomBells(_clock), _clock, _logs.CreateLogger<ChannelRunner>()) { ReadsBack = false };

    /// <summary>An empty batch.</summary>
    private async Task HearAsync(Darkness darkness) => darkness.Ended(await _temp.WriteAsync(tx =>
    {
        var ended = darkness.End(tx, gave: false, null, _clock.GetUtcNow());
        tx.MoveCursor("posts", new Cursor("here"), _clock.GetUtcNow());
        return ended;
    }));

    [Fact]
    public async Task A_channel_that_was_switched_off_for_weeks_was_not_quiet_meanwhile()
    {
        var off = ManualClock.Start.AddDays(-21);
        var rhythm = new Rhythm();
        rhythm.Heard(off, gave: true);
        await _temp.WriteAsync(tx =>
        {
            tx.MoveCursor("posts", new Cursor("1"), off);
            tx.KeepDocument("rhythm of posts", rhythm.ToString(), off);
        });
        var runner = Runner(new ScriptedChannel(Batch("2"), Batch("3")) { BeforeEach = () => Task.Delay(TimeSpan.FromMinutes(1), _clock) }, quietAfter: TimeSpan.FromHours(6));

        var run = runner.RunAsync(WatchSet.Build([Some.Watch()], Ours.Nobody), _stop.Token);
        while (!run.IsCompleted)
        {
            await Task.WhenAny(PausesAsync(), run);
            await runner.LookAsync(default);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Empty(await NoticesAsync());
    }

    [Fact]
    public async Task A_service_that_asks_for_a_long_wait_makes_its_channel_dark_at_once()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("1"), ManualClock.Start));
        var run = RunAsync(new ScriptedChannel(new ChannelException("asked too often") { After = TimeSpan.FromHours(1) }, Batch("2")));
        await PausesAsync();
        Assert.Single(await NoticesAsync());
        _clock.Advance(TimeSpan.FromHours(1));
        await run;

        var gap = Assert.Single(await GapsAsync());
        Assert.Equal((ManualClock.Start, ManualClock.Start.AddHours(1), GapFate.Backfilled), (gap.From, gap.To, gap.Fate));
        Assert.Equal(2, (await NoticesAsync()).Count);
    }

    [Fact]
    public async Task A_channel_that_waits_for_money_is_not_called_quiet()
    {
        var runner = Runner(new ScriptedChannel(Batch("1", Some.Post()), Batch("2")) { BeforeEach = () => Task.Delay(TimeSpan.FromHours(12), _clock) }, quietAfter: TimeSpan.FromHours(6));
        var run = runner.RunAsync(WatchSet.Build([Some.Watch() with { AlertAt = 0 }], Ours.Nobody), _stop.Token);
        await PausesAsync();
        _clock.Advance(TimeSpan.FromHours(12));
        await PausesAsync();
        _board.Spent(runner.Part, new Spend(SpendPace.DayOf(_clock.GetUtcNow()), 10, 10, _clock.GetUtcNow().AddHours(8)));
        for (var hours = 0; hours < 11; hours++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await runner.LookAsync(default);
        }
        Assert.Empty(await NoticesAsync());

        _clock.Advance(TimeSpan.FromHours(1));
        await run;
    }

    [Fact]
    public async Task After_a_wait_for_money_a_silence_counts_from_its_end()
    {
        var runner = Runner(new ScriptedChannel(Batch("1", Some.Post()), Batch("2")) { BeforeEach = () => Task.Delay(TimeSpan.FromHours(20), _clock) }, quietAfter: TimeSpan.FromHours(6));
        var run = runner.RunAsync(WatchSet.Build([Some.Watch() with { AlertAt = 0 }], Ours.Nobody), _stop.Token);
        await PausesAsync();
        _clock.Advance(TimeSpan.FromHours(20));
        await PausesAsync();
        _board.Spent(runner.Part, new Spend(SpendPace.DayOf(_clock.GetUtcNow()), 10, 10, _clock.GetUtcNow().AddHours(8)));
        for (var hours = 0; hours < 15; hours++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            await runner.LookAsync(default);
        }

        Assert.Contains("is quiet since", Assert.Single(await NoticesAsync()), StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromHours(5));
        await run;
    }

    [Fact]
    public async Task A_short_fault_is_no_news_but_in_the_log()
    {
        var channel = new ScriptedChannel(new ChannelException("a blip."), Batch("1"));

        var run = RunAsync(channel);
        await PausesAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await run;

        Assert.Empty(await NoticesAsync());
        Assert.Equal(
            ["Channel posts can't be read: a blip. Next try in 00:00:02.", $"Channel posts is heard again; it was dark from {_clock.GetUtcNow().AddMinutes(-1):u}"],
            _logs.Lines.Select(line => line.Text));
    }

    [Fact]
    public async Task A_channel_that_failed_for_minutes_leaves_a_gap_from_when_it_was_last_heard()
    {
        object[] faults = [.. Enumerable.Range(0, 12).Select(_ => new ChannelException("no route to the feed. Look at the network"))];
        var channel = new ScriptedChannel([Batch("1"), .. faults, Batch("2", Some.Post() with { Posted = ManualClock.Start.AddMinutes(3) }), Batch("3")]);

        var run = RunAsync(channel);
        while (!run.IsCompleted)
        {
            await Task.WhenAny(PausesAsync(), run);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        var gap = Assert.Single(await GapsAsync());
        var seen = await _temp.ReadAsync(view => view.MentionOf(1)!.FirstSeen);
        Assert.Equal((ManualClock.Start, seen, "no route to the feed. Look at the network"), (gap.From, gap.To, gap.Cause));
        Assert.StartsWith("posts was not heard from 09:00 to 09:", await _temp.ReadAsync(view => view.LateBecause(view.CaseOf(1)!, view.MentionOf(1)!)), StringComparison.Ordinal);
        Assert.EndsWith("(no route to the feed) and was read afterwards", await _temp.ReadAsync(view => view.LateBecause(view.CaseOf(1)!, view.MentionOf(1)!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_blip_leaves_no_gap_however_seldom_the_source_is_asked()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("1"), ManualClock.Start.AddHours(-6)));
        var channel = new ScriptedChannel(new ChannelException("a blip."), Batch("2"));

        var run = RunAsync(channel);
        await PausesAsync();
        _clock.Advance(TimeSpan.FromMinutes(1));
        await run;

        Assert.Empty(await GapsAsync());
    }

    [Fact]
    public async Task A_refused_sign_in_is_told_at_once_and_not_hammered()
    {
        var channel = new ScriptedChannel(new ChannelException("the password is refused") { NeedsOperator = true }, Batch("1"));

        var run = RunAsync(channel);
        await PausesAsync();
        Assert.Single(await NoticesAsync());
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Single(channel.Since);
        await _stop.CancelAsync();
        await run;
    }
}
