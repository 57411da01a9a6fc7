using ListeningBot.Channels.Webhook;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.IntegrationTests.Channels.Webhook;

/// <summary>Reads a webhook as the runner does; what is stored is what this one lets through.</summary>
internal sealed class WebhookReading : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _store = new(0);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _work;
    private volatile bool _slow;
    private volatile bool _broken;

    public WebhookReading(WebhookChannel channel) => _work = Task.Run(() => ReadAsync(channel));

    public List<PostChange> Changes { get; } = [];
    public List<BadItem> Aside { get; } = [];
    public int Batches { get; private set; }

    /// <summary>The first batch, which says that it is heard, came.</summary>
    public Task Begun => _begun.Task;

    /// <summary>From now on each batch waits until it is let through.</summary>
    public void HoldStore() => _slow = true;

    public void LetThrough(int batches = 1) => _store.Release(batches);

    /// <summary>The next batch can't be stored: reading ends there, as the runner ends it.</summary>
    public void BreakStore() => _broken = true;

    private async Task ReadAsync(WebhookChannel channel)
    {
        try
        {
            await foreach (var batch in channel.ReadAsync(null, WatchSet.Build([], Ours.Nobody), _stop.Token))
            {
                Batches++;
                _begun.TrySetResult();
                if (batch.Count + batch.Aside.Count == 0)
                {
                    continue;
                }
                if (_broken)
                {
                    return;
                }
                if (_slow)
                {
                    await _store.WaitAsync(_stop.Token);
                }
                Take(batch);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private void Take(PostBatch batch)
    {
        lock (Changes)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                Changes.Add(new PostChange(batch.KindOf(i), batch.KeyAt(i), batch.KindOf(i) is ChangeKind.Added or ChangeKind.Edited ? batch.PostAt(i) : null));
            }
            Aside.AddRange(batch.Aside);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
        _store.Dispose();
    }
}
