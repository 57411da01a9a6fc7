using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Webhook;

/// <summary>Posts that others bring. A delivery is answered when the batch after its own is asked for: then it is durable.</summary>
internal sealed class WebhookChannel(ChannelContext context, WebhookOptions options) : IChannel
{
    private const int EnoughPosts = 100;
    private const int MostWaiting = 64;
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(30);

    /// <summary>Whoever posts keeps what we did not take: there is nothing to go on from.</summary>
    private static readonly Cursor Here = new("here");
    private readonly Reception _reception = new(context, options);
    private readonly ILogger _log = context.Logs.CreateLogger<WebhookChannel>();

    public bool ReadsBack => false;

    /// <summary>Whoever knocks before it is read is told to come again, not that nobody is here.</summary>
    public void OpenDoor() => context.Doors.Open(context.Name, _reception.AnswerAsync);

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var waiting = Channel.CreateBounded<Delivery>(MostWaiting);
        List<Delivery> taken = [];
        try
        {
            // Before the server is known to be heard: who knocks at once is let in.
            _reception.Desk = waiting.Writer;
            OpenDoor();
            await context.Doors.Known.WaitAsync(ct);
            ThrowIfNotServed();
            while (true)
            {
                yield return BatchOf(taken);
                taken.ForEach(delivery => delivery.End(stored: true));
                taken = await GatherAsync(waiting.Reader, ct);
                ThrowIfNotServed();
            }
        }
        finally
        {
            _reception.Desk = null;
            waiting.Writer.Complete();
            taken.ForEach(delivery => delivery.End(stored: false));
            while (waiting.Reader.TryRead(out var late))
            {
                late.End(stored: false);
            }
        }
    }

    private void ThrowIfNotServed()
    {
        if (context.Doors.WhyNot is { } why)
        {
            throw new ChannelException(why);
        }
    }

    /// <summary>What waits, together; empty when nothing came for a while.</summary>
    private async Task<List<Delivery>> GatherAsync(ChannelReader<Delivery> waiting, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Quiet, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, ct);
        var gathered = new List<Delivery>();
        try
        {
            await waiting.WaitToReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return gathered;
        }
        for (var posts = 0; posts < EnoughPosts && waiting.TryRead(out var delivery);)
        {
            if (!delivery.Stored.IsCompleted)
            {
                gathered.Add(delivery);
                posts += delivery.Changes.Count;
            }
        }
        return gathered;
    }

    private PostBatch BatchOf(List<Delivery> deliveries)
    {
        List<BadItem> aside = [.. deliveries.SelectMany(delivery => delivery.Aside)];
        foreach (var item in aside)
        {
            _log.ItemRefused(context.Name, item.What);
        }
        List<Doubted> doubted = [.. deliveries.SelectMany(delivery => delivery.Doubted)];
        if (doubted.Count > 0)
        {
            _log.ItemsDoubted(context.Name, doubted.Count, doubted[0].Why);
        }
        return PostBatch.OfChanges([.. deliveries.SelectMany(delivery => delivery.Changes)], Here, aside: aside, seenAt: deliveries.Count > 0 ? deliveries.Min(delivery => delivery.At) : null);
    }
}
