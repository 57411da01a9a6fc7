using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Configuration;

/// <summary>A thousand edits, good, bad, held and back, while posts flow: none is missed, none is doubled, each is judged by one configuration.</summary>
public sealed class SwapsUnderLoadTests : IAsyncDisposable
{
    private const int Edits = 1000;
    private const int BatchesAnEdit = 2;
    private const int PostsABatch = 3;
    private static readonly Objection s_objection = new([new TeamObjection("care", [], 0, 12, 80, Floods: true)], "all posts");
    private readonly ConfigNodes _nodes = new() { Guard = (_, now) => now.Watches[0].Name.StartsWith("held", StringComparison.Ordinal) ? s_objection : null };
    private readonly WatchBook _book = new();
    private readonly SemaphoreSlim _turns = new(0);
    private CancellationTokenSource _reading = new();

    [Fact]
    public async Task Nothing_is_missed_doubled_or_judged_by_two_configurations()
    {
        var random = new Random(20261122);
        var node = _nodes.Add(Watches("a0"));
        node.Swapped = settings => Swap(settings.Watches);
        await node.StartAsync();
        Swap(node.Settings.Watches);
        using var stop = new CancellationTokenSource();
        var flow = Task.Run(() => FlowAsync(stop.Token));
        var expected = new Expected("a0");

        for (var edit = 1; edit <= Edits; edit++)
        {
            await node.WriteAsync(expected.Next(random, edit));
            _turns.Release(BatchesAnEdit);
            await _nodes.PassAsync(TimeSpan.FromSeconds(1.5), steps: 250);

            Assert.Equal(expected.Live, node.Settings.Watches[0].Name);
            Assert.Equal(expected.Live, _book.Current.Watches[0].Name);
        }
        await Until(() => _turns.CurrentCount == 0);
        await stop.CancelAsync();
        await flow;

        var (history, live, held, mentions, cursor) = await _nodes.Store.ReadAsync(view =>
            (view.ConfigHistory(int.MaxValue), view.LatestConfigId(), view.LatestHeld(), view.MentionsSince(DateTimeOffset.UnixEpoch), view.CursorOf("posts")));
        Assert.Equal((expected.Versions, ConfigDesk.VersionsKept), (live, history.Count));
        Assert.Equal(expected.Held, held!.Value.Id);
        Assert.Equal(expected.Swaps, node.Told.Count(told => told == "changed"));
        Assert.True(mentions.Count >= Edits, $"{mentions.Count} posts");
        Assert.Equal(Enumerable.Range(1, mentions.Count).Select(Name), mentions.Select(mention => mention.Post.Key.Id));
        Assert.Equal(Name(mentions.Count), cursor!.Value);
        Assert.All(mentions, mention => Assert.Contains(mention.Watches[0], expected.WereLive));
        Assert.All(mentions, mention => Assert.Equal([mention.Watches[0], mention.Watches[0] + "-too"], mention.Watches));
        Assert.True(mentions.Select(mention => mention.Watches[0]).Distinct().Count() > Edits / 10);
    }

    /// <summary>As a channel's run does: from the cursor on, and anew from there when the watches change under it.</summary>
    private async Task FlowAsync(CancellationToken stop)
    {
        var intake = new Intake(new ScorerBook(), new OpenThreads());
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await _turns.WaitAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            for (var done = false; !done;)
            {
                var reading = _reading.Token;
                var from = int.Parse((await _nodes.Store.ReadAsync(view => view.CursorOf("posts")))?.Value ?? "0", CultureInfo.InvariantCulture);
                var posts = Enumerable.Range(from + 1, PostsABatch).Select(number => Some.Post($"alpha beta {number}", Name(number)) with { Author = new Author { Id = $"author-{number}" } });
                var harvest = intake.Take("posts", PostBatch.Of([.. posts], new Cursor(Name(from + PostsABatch))), _book.Current);
                if (!reading.IsCancellationRequested)
                {
                    await _nodes.Store.WriteAsync(tx => Recorder.Record(tx, harvest, Policy.Default, ManualClock.Start));
                    done = true;
                }
            }
        }
    }

    private void Swap(IReadOnlyList<Watch> watches)
    {
        var before = Interlocked.Exchange(ref _reading, new CancellationTokenSource());
        before.Cancel();
        _book.Swap(WatchSet.Build(watches, Ours.Nobody));
    }

    private static string Name(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Watches(string name) => $"watches:\n  - name: {name}\n    find: [alpha]\n    alert: 1\n  - name: {name}-too\n    find: [beta]\n    alert: 1\n";

    private static async Task Until(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Yield();
        }
    }

    public ValueTask DisposeAsync()
    {
        _reading.Dispose();
        _turns.Dispose();
        return _nodes.DisposeAsync();
    }

    /// <summary>What must come of each edit, by a few plain rules.</summary>
    private sealed class Expected(string first)
    {
        private readonly List<string> _good = [first];
        private string _dealtWith = first;

        public string Live { get; private set; } = first;
        public long Versions { get; private set; } = 1;
        public long Held { get; private set; }
        public int Swaps { get; private set; }
        public HashSet<string> WereLive { get; } = [first];

        public string Next(Random random, int edit)
        {
            switch (random.Next(5))
            {
                case 0:
                    return "watches:\n  - name: bad\n\tfind: [x]\n";
                case 1:
                    Held++;
                    return Watches(_dealtWith = $"held{edit}");
                case 2:
                    return Watches(_dealtWith = Live);
                case 3:
                    return GoLive(_good[random.Next(_good.Count)]);
                default:
                    _good.Add($"a{edit}");
                    return GoLive($"a{edit}");
            }
        }

        private string GoLive(string name)
        {
            if (name != Live && name != _dealtWith)
            {
                Versions++;
                Swaps++;
                WereLive.Add(name);
                Live = name;
            }
            _dealtWith = name;
            return Watches(name);
        }
    }
}
