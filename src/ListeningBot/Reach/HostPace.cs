using ListeningBot.Channels;

namespace ListeningBot.Reach;

/// <summary>No host is asked more often than this, whoever asks.</summary>
internal sealed class HostPace(TimeSpan every, TimeProvider time)
{
    private const int MostHosts = 1000;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);
    private readonly Dictionary<string, DateTimeOffset> _next = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <summary>Completes when it is our turn; throws <see cref="LookupException"/> when that is too far off to wait for.</summary>
    public Task WaitAsync(string host, CancellationToken ct)
    {
        var wait = Turn(host);
        return wait > TimeSpan.Zero ? Task.Delay(wait, time, ct) : Task.CompletedTask;
    }

    /// <summary>The host wants to be left alone so long.</summary>
    public void Rest(string host, TimeSpan rest)
    {
        lock (_gate)
        {
            _next[host] = time.GetUtcNow() + rest;
        }
    }

    private TimeSpan Turn(string host)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var turn = _next.TryGetValue(host, out var next) && next > now ? next : now;
            if (turn - now > LongestWait)
            {
                throw new LookupException($"{host} is left alone for a while") { After = turn - now };
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
