using System.Runtime.CompilerServices;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Hosting;
using ListeningBot.Storage;
using ListeningBot.Tests.Support;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Tests.Hosting;

public sealed class ChannelRunnerTests : IAsyncDisposable
{
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly CollectedLogs _logs = new();
    private readonly HealthBoard _board;
    private readonly CancellationTokenSource _stop = new();

    public ChannelRunnerTests() => _board = new HealthBoard(_clock);

    [Fact]
    public async Task A_finite_channel_is_recorded_and_finished()
    {
        var channel = new ScriptedChannel(Batch("1", Some.Post()));

        await RunAsync(channel);

        Assert.Equal(Condition.Finished, _board.Of("channel posts")!.Condition);
        Assert.Equal("1", (await _temp.ReadAsync(view => view.CursorOf("posts")))!.Value);
        Assert.Equal(1, (await _temp.ReadAsync(view => view.Totals())).Cases);
    }

    [Fact]
    public async Task The_next_batch_is_asked_for_only_when_the_last_one_is_durable()
    {
        var seen = new List<string?>();
        var channel = new ScriptedChannel(Batch("1"), Batch("2"), Batch("3")) { BeforeEach = async () => seen.Add((await _temp.ReadAsync(view => view.CursorOf("posts")))?.Value) };

        await RunAsync(channel);

        Assert.Equal([null, "1", "2"], seen);
    }

    [Fact]
    public async Task After_a_fault_it_is_read_again_from_the_last_durable_cursor()
    {
        var channel = new ScriptedChannel(Batch("1"), new InvalidOperationException("a bug"), Batch("2"));

        var run = RunAsync(channel);
        await PausesAsync();
        Assert.Equal(Condition.Failing, _board.Of("channel posts")!.Condition);
        Assert.DoesNotContain("a bug", _board.Of("channel posts")!.Why, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await run;

        Assert.Equal([null, "1"], channel.Since);
        Assert.Equal("2", (await _temp.ReadAsync(view => view.CursorOf("posts")))!.Value);
    }

    [Fact]
    public async Task That_another_machine_has_taken_over_is_no_fault()
    {
        var channel = new ScriptedChannel(new LeaseLostException(new Lease("channel posts", 3)), Batch("1"));

        var run = RunAsync(channel);
        await PausesAsync();
        Assert.Equal((Condition.Starting, 0), (_board.Of("channel posts")!.Condition, _board.Of("channel posts")!.Failures));
        _clock.Advance(TimeSpan.FromMinutes(10));
        await run;
    }

    public static TheoryData<string> Poisons => ["not storable", "not readable"];

    [Theory]
    [MemberData(nameof(Poisons))]
    public async Task One_item_that_defeats_us_is_kept_aside_and_the_rest_goes_on(string poison)
    {
        var poisoned = Some.Post("acme broke", id: "bad") with { Author = new Author { Id = "x" } };
        poisoned = poison == "not storable" ? poisoned with { Kind = null! } : poisoned with { Author = null! };
        var channel = new ScriptedChannel(Batch("1", Some.Post("acme one", "1"), poisoned, Some.Post("acme lost my order", "2") with { Author = new Author { Id = "ben" } }));

        await RunAsync(channel);

        Assert.Equal(Condition.Finished, _board.Of("channel posts")!.Condition);
        Assert.Equal(2, (await _temp.ReadAsync(view => view.Totals())).Cases);
        Assert.Equal("1", (await _temp.ReadAsync(view => view.CursorOf("posts")))!.Value);
    }

    [Fact]
    public async Task What_the_service_asked_for_is_waited_for()
    {
        var channel = new ScriptedChannel(new ChannelException("too many requests") { After = TimeSpan.FromMinutes(30) }, Batch("1"));

        var run = RunAsync(channel);
        await PausesAsync();
        _clock.Advance(TimeSpan.FromMinutes(29));
        Assert.Single(channel.Since);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await run;

        Assert.Equal(2, channel.Since.Count);
    }

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
    public async Task What_a_mention_took_is_kept_and_unmatched_posts_keep_nothing()
    {
        var seen = ManualClock.Start.AddSeconds(-3);
        var posted = ManualClock.Start.AddMinutes(-1);
        PostChange Added(Post post) => new(ChangeKind.Added, post.Key, post);

        await RunAsync(new ScriptedChannel(PostBatch.OfChanges([Added(Some.Post() with { Posted = posted }), Added(Some.Post("nothing of ours", "2"))], new Cursor("1"), seenAt: seen)));

        Assert.Equal([new MentionTimes("posts", posted, seen, ManualClock.Start, TimeSpan.Zero, TimeSpan.Zero, FirstContact: false)], await _temp.ReadAsync(view => view.TimesSince(ManualClock.Start.AddDays(-1))));
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

    [Fact]
    public async Task Stopping_ends_it_at_once_even_in_a_pause()
    {
        var channel = new ScriptedChannel(new ChannelException("away"));

        var run = RunAsync(channel);
        await PausesAsync();
        await _stop.CancelAsync();
        await run;

        Assert.NotEqual(Condition.Finished, _board.Of("channel posts")!.Condition);
    }

    private static IEnumerable<object> Faults(int count) => Enumerable.Range(0, count).Select(_ => new ChannelException("no route to the feed. Look at the network"));

    private Task RunAsync(IChannel channel) => RunAsync(channel, _stop.Token);

    private Task RunAsync(IChannel channel, CancellationToken ct) => Runner(channel).RunAsync(WatchSet.Build([Some.Watch() with { AlertAt = 0 }], Ours.Nobody), ct);

    private ChannelRunner Runner(IChannel channel, TimeSpan? quietAfter = null) =>
        new("posts", channel, new Intake(new ScorerBook(), new OpenThreads()), new PolicyBook(), _temp.Store, new RoomBells(_clock), _board, _clock, _logs.CreateLogger<ChannelRunner>()) { QuietAfter = quietAfter };

    private async Task PausesAsync()
    {
        var since = TimeProvider.System.GetTimestamp();
        while (_clock.Waiting == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromSeconds(30), "It never paused.");
            await Task.Yield();
        }
    }

    private async Task<IReadOnlyList<string>> NoticesAsync() => await _temp.ReadAsync<IReadOnlyList<string>>(
        view => [.. Enumerable.Range(1, 20).Select(id => view.NoticeOf(id)?.Text).OfType<string>()]);

    private Task<IReadOnlyList<Gap>> GapsAsync() => _temp.ReadAsync(view => view.GapsOf("posts", DateTimeOffset.MinValue.AddYears(2000), DateTimeOffset.MaxValue.AddYears(-2000)));

    private static PostBatch Batch(string cursor, params Post[] posts) => PostBatch.Of(posts, new Cursor(cursor));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _stop.Dispose();
        await _temp.DisposeAsync();
    }

    /// <summary>Gives its batches in order and throws its faults, one reading after the other.</summary>
    private sealed class ScriptedChannel(params object[] script) : IChannel
    {
        private int _next;

        public List<string?> Since { get; } = [];
        public bool ReadsBack { get; init; } = true;
        public Func<Task> BeforeEach { get; init; } = () => Task.CompletedTask;

        public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
        {
            Since.Add(since?.Value);
            while (_next < script.Length)
            {
                await BeforeEach();
                var step = script[_next++];
                if (step is Exception fault)
                {
                    throw fault;
                }
                yield return (PostBatch)step;
            }
        }
    }
}
