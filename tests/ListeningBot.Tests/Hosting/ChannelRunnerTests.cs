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

public sealed partial class ChannelRunnerTests : IAsyncDisposable
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
    public async Task Complaints_that_are_passed_over_for_their_age_are_told_in_the_log()
    {
        await _temp.WriteAsync(tx => tx.MoveCursor("posts", new Cursor("0"), ManualClock.Start.AddDays(-400)));

        Post Old(string id) => Some.Post(id: id) with { Posted = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero) };
        var batches = 0;
        await RunAsync(new ScriptedChannel(Batch("1", Old("1"), Some.Post("nothing of ours", "2")), Batch("2", Old("3")), Batch("3", Old("4")), Batch("4", Old("5")))
        {
            BeforeEach = () =>
            {
                _clock.Advance(TimeSpan.FromMinutes(batches++ == 2 ? 11 : 1));
                return Task.CompletedTask;
            },
        });

        Assert.Equal(0, (await _temp.ReadAsync(view => view.Totals())).Mentions);
        Assert.Equal(["1", "2", "1"], _logs.Lines.Where(line => line.Event == 417).Select(line => line.Text.Split("forgotten: ")[1].Split('.')[0]));
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
    public async Task What_a_mention_took_is_kept_and_unmatched_posts_keep_nothing()
    {
        var seen = ManualClock.Start.AddSeconds(-3);
        var posted = ManualClock.Start.AddMinutes(-1);
        PostChange Added(Post post) => new(ChangeKind.Added, post.Key, post);

        await RunAsync(new ScriptedChannel(PostBatch.OfChanges([Added(Some.Post() with { Posted = posted }), Added(Some.Post("nothing of ours", "2"))], new Cursor("1"), seenAt: seen)));

        Assert.Equal([new MentionTimes("posts", posted, seen, ManualClock.Start, TimeSpan.Zero, TimeSpan.Zero, FirstContact: false)], await _temp.ReadAsync(view => view.TimesSince(ManualClock.Start.AddDays(-1))));
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
