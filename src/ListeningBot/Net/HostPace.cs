namespace ListeningBot.Net;

/// <summary>No host is asked more often than this, whoever asks.</summary>
internal sealed class HostPace(TimeSpan every, TimeProvider time)
{
    private const int MostHosts = 1000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, DateTimeOffset> _next = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();
    private readonly SteadyClock _clock = new(time);

    /// <summary>Waits until it is our turn. Not null: that is too far off to wait for, and the host is to be left alone so long.</summary>
    public async Task<TimeSpan?> TurnAsync(string host, CancellationToken ct)
    {
        var wait = Turn(host);
        if (wait > LongestWait)
        {
            return wait;
        }
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, time, ct);
        }
        return null;
    }

    /// <summary>The host wants to be left alone so long.</summary>
    public void Rest(string host, TimeSpan rest)
    {
        lock (_gate)
        {
            _next[host] = _clock.GetUtcNow() + rest;
        }
    }

    private TimeSpan Turn(string host)
    {
        lock (_gate)
        {
            var now = _clock.GetUtcNow();
            var turn = _next.TryGetValue(host, out var next) && next > now ? next : now;
            if (turn - now > LongestWait)
            {
                return turn - now;
            }
            if (_next.Count >= MostHosts)
            {
                Forget(now);
            }
            _next[host] = turn + every;
            return turn - now;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var host in _next.Where(known => known.Value <= now).Select(known => known.Key).ToList())
        {
            _next.Remove(host);
        }
    }
}
