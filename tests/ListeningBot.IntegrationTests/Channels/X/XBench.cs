using ListeningBot.Channels;
using ListeningBot.Channels.X;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.X;

/// <summary>X on this machine by a clock that moves only when told, or when the channel waits for its next look; money is counted in a real store.</summary>
internal sealed class XBench : IAsyncDisposable
{
    private readonly LocalSite _site;
    private readonly WebReader _web;

    public XBench() => (X, _site, _web) = (new LocalX { Time = Clock.Right }, new LocalSite { Time = Clock.Right }, new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, Clock));

    public ManualClock Clock { get; } = new();
    public LocalX X { get; }
    public TempStore Store { get; } = new();
    public CollectedLogs Logs { get; } = new();
    /// <summary>In place of one that finds the given words.</summary>
    public WatchSet? Watches { get; init; }
    public Cursor? Cursor { get; set; }
    public List<PostChange> Changes { get; } = [];
    public List<Gap> Gaps { get; } = [];
    public List<string> Rung { get; } = [];
    public Spend? Spend { get; private set; }

    public IEnumerable<string> Texts => Changes.Where(change => change.Post is not null).Select(change => change.Post!.Text);
    public IEnumerable<string> Searches => X.Asked.Where(asked => asked.StartsWith("/2/tweets/search/recent", StringComparison.Ordinal));

    public async Task<XBench> StartedAsync()
    {
        _site.Answer = X.AnswerAsync;
        await _site.StartAsync();
        return this;
    }

    public XOptions Options => new() { Token = LocalX.Token, Budget = 100, Api = _site.Address, Listen = XListen.Search, Patience = TimeSpan.FromSeconds(10), LongestSilence = TimeSpan.FromSeconds(25) };

    /// <param name="poll">Instead of letting the clock jump to the next look.</param>
    public ChannelContext Context(Func<TimeSpan, CancellationToken, Task>? poll = null) => new("x", _web, Clock, Logs, poll ?? ((pause, _) =>
    {
        Clock.Advance(pause);
        return Task.CompletedTask;
    }))
    {
        Spending = new Spending("x", Store.Store, Clock, Rung.Add, spend => Spend = spend),
    };

    /// <summary>Reads as the program does, from the last cursor, until it is enough; as a killed program is, it is then simply gone.</summary>
    public async Task ReadAsync(XOptions options, Func<bool> enough, Func<TimeSpan, CancellationToken, Task>? poll = null, params string[] find)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var watches = Watches ?? WatchSet.Build([Some.Watch(find: find)], Ours.Nobody);
        await foreach (var batch in new XChannel(Context(poll), options).ReadAsync(Cursor, watches, patience.Token))
        {
            Take(batch);
            if (enough())
            {
                return;
            }
        }
    }

    public void Take(PostBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            Changes.Add(new PostChange(batch.KindOf(i), batch.KeyAt(i), batch.KindOf(i) is ChangeKind.Deleted ? null : batch.PostAt(i)));
        }
        if (batch.Gap is { } gap)
        {
            Gaps.Add(gap);
        }
        Cursor = batch.Next;
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _site.DisposeAsync();
        await Store.DisposeAsync();
    }
}
