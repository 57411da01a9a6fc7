using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>Reads a polled channel at a local site, look by look, and goes on from the last cursor.</summary>
internal sealed class ChannelReading(string name = "here", TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public CollectedLogs Logs { get; } = new();
    public List<PostChange> Changes { get; } = [];
    public List<BadItem> Aside { get; } = [];
    public List<PlacesLook> Looks { get; } = [];
    public List<TimeSpan> Pauses { get; } = [];
    public Cursor? Cursor { get; private set; }
    public DateTimeOffset? HeardAt { get; private set; }
    public IEnumerable<Post> Posts => Changes.Select(change => change.Post).OfType<Post>();

    public ChannelContext Context() => new(name, new WebReader(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, _time), _time, Logs, (pause, _) =>
    {
        Pauses.Add(pause);
        return Task.CompletedTask;
    })
    {
        HeardAt = _ => Task.FromResult(HeardAt),
        Looked = (look, _) =>
        {
            Looks.Add(look);
            return Task.CompletedTask;
        },
    };

    /// <summary>So many batches; what they changed.</summary>
    public async Task<List<PostChange>> TakeAsync(IChannel channel, int batches, params Watch[] watches)
    {
        var before = Changes.Count;
        await foreach (var batch in channel.ReadAsync(Cursor, WatchSet.Build(watches, Ours.Nobody), default))
        {
            for (var i = 0; i < batch.Count; i++)
            {
                Changes.Add(new PostChange(batch.KindOf(i), batch.KeyAt(i), batch.KindOf(i) is ChangeKind.Deleted ? null : batch.PostAt(i)));
            }
            Aside.AddRange(batch.Aside);
            (Cursor, HeardAt) = (batch.Next, _time.GetUtcNow());
            if (--batches == 0)
            {
                break;
            }
        }
        return Changes[before..];
    }
}
