using ListeningBot.Net;

namespace ListeningBot.Channels.Mastodon;

/// <summary>Servers allow 300 requests in five minutes. Sixty pages may be asked for at once, what follows waits for its turn; so some requests are left for what else is asked.</summary>
internal sealed class MastodonPace(TimeProvider time)
{
    private const int AtOnce = 60;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(1.5);
    private readonly SteadyClock _steady = new(time);
    private DateTimeOffset _paid;

    /// <summary>False, and nothing is taken, when it would have to wait.</summary>
    public bool TryTurn()
    {
        var now = _steady.GetUtcNow();
        var paid = (_paid > now ? _paid : now) + Each;
        if (paid - now > AtOnce * Each)
        {
            return false;
        }
        _paid = paid;
        return true;
    }

    public Task TurnAsync(CancellationToken ct)
    {
        var now = _steady.GetUtcNow();
        _paid = (_paid > now ? _paid : now) + Each;
        var wait = _paid - now - (AtOnce * Each);
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, ct) : Task.CompletedTask;
    }
}
