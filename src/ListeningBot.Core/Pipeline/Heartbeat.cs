using System.Globalization;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>Remembers that the program runs, so that a time in which it did not is known as a gap of every channel.</summary>
public sealed class Heartbeat(IStore store, TimeProvider time)
{
    private const string Document = "last heartbeat";
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>Shorter stops make nothing late.</summary>
    private static readonly TimeSpan NoticedAfter = TimeSpan.FromMinutes(2);
    private DateTimeOffset _last;

    /// <summary>At the start: each channel that was read before was not heard since the last beat.</summary>
    public Task StartAsync(IReadOnlyList<string> channels, CancellationToken ct) => store.WriteAsync(
        tx =>
        {
            var now = time.GetUtcNow();
            if (DateTimeOffset.TryParse(tx.Document(Document), CultureInfo.InvariantCulture, out var last) && now - last >= NoticedAfter)
            {
                foreach (var channel in channels.Where(channel => tx.CursorOf(channel) is not null))
                {
                    tx.AddGap(channel, new Gap(last, now, "ListeningBot was not running"), now);
                }
            }
            Keep(tx, now);
            return true;
        },
        ct);

    /// <summary>Called often; writes seldom.</summary>
    public async Task BeatAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (now - _last >= Every)
        {
            await store.WriteAsync(tx => { Keep(tx, now); return true; }, ct);
            _last = now;
        }
    }

    private static void Keep(IStoreTx tx, DateTimeOffset now) => tx.KeepDocument(Document, now.ToString("O", CultureInfo.InvariantCulture), now);
}
