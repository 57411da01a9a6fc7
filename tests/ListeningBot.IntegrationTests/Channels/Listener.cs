using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels;

/// <summary>Reads a channel as the program does: batch after batch, from the last cursor again after a fault.</summary>
public sealed class Listener(ChannelRig rig, Cursor? since = null)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly WatchSet NoWatches = WatchSet.Build([], Ours.Nobody);

    public CollectedLogs Logs { get; } = new();
    public Cursor? Cursor { get; private set; } = since;
    public List<PostChange> Changes { get; } = [];
    public List<BadItem> Aside { get; } = [];

    /// <summary>The cursors in order, and how many changes had come by then.</summary>
    public List<(Cursor Cursor, int Changes)> Cursors { get; } = [];
    public List<ChannelException> Faults { get; } = [];

    /// <summary>How many batches came, empty ones too.</summary>
    public int Batches { get; private set; }

    public IEnumerable<Post> Posts => Changes.Where(change => change.Post is not null).Select(change => change.Post!);

    /// <summary>How often a post with this text came.</summary>
    public int Heard(string text) => Posts.Count(post => post.Text.Contains(text, StringComparison.Ordinal) || post.Title?.Contains(text, StringComparison.Ordinal) == true);

    /// <summary>Listens until this holds, looked at after each batch and each fault; fails after a deadline.</summary>
    public async Task UntilAsync(Func<Listener, bool> enough, bool resumeAfterFaults = true)
    {
        using var deadline = new CancellationTokenSource(Deadline, TimeProvider.System);
        try
        {
            while (!await ReadAsync(enough, deadline.Token))
            {
                Assert.True(resumeAfterFaults, "The channel failed: " + Faults.LastOrDefault()?.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Assert.Fail($"After {Deadline.TotalSeconds} s: {Batches} batches, {Changes.Count} changes, faults: {string.Join(" | ", Faults.Select(f => f.Message))}");
        }
    }

    /// <summary>One enumeration; false when it ended or failed before it was enough.</summary>
    public async Task<bool> ReadAsync(Func<Listener, bool> enough, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var context = rig.Context(Logs, (_, token) => Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, token));
        using var web = context.Web;
        try
        {
            await foreach (var batch in rig.Create(context).ReadAsync(Cursor, NoWatches, stop.Token))
            {
                Take(batch);
                if (enough(this))
                {
                    return true;
                }
            }
            return false;
        }
        catch (ChannelException fault)
        {
            Faults.Add(fault);
            return enough(this);
        }
    }

    private void Take(PostBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var kind = batch.KindOf(i);
            Changes.Add(new PostChange(kind, batch.KeyAt(i), kind is ChangeKind.Added or ChangeKind.Edited ? batch.PostAt(i) : null));
        }
        Aside.AddRange(batch.Aside);
        Cursor = batch.Next;
        Cursors.Add((batch.Next, Changes.Count));
        Batches++;
    }
}
