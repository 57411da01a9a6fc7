using ListeningBot.Net;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// Keeps us within Discord's limits, as its answers describe them: buckets by route and shared id, 50 requests a second in all, and
/// far below the 10,000 invalid requests in 10 minutes that get an address blocked. Documented under "Rate Limits" (API v10).
/// </summary>
internal sealed class RateLimits(TimeProvider time)
{
    /// <summary>Discord allows 50; some are kept for clocks that differ.</summary>
    public const int MostASecond = 45;

    /// <summary>Discord blocks at 10,000.</summary>
    public const int MostInvalid = 5000;

    /// <summary>Each thread has buckets of its own; when there are more than this, those of quiet ones are forgotten.</summary>
    private const int FewBuckets = 1000;
    private static readonly TimeSpan InvalidWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _sharedIds = [];
    private readonly Dictionary<(string Bucket, string Major), Bucket> _buckets = [];
    private readonly Queue<DateTimeOffset> _sent = [];
    private readonly Queue<DateTimeOffset> _invalid = [];
    private int _pruneAt = FewBuckets;
    private DateTimeOffset _closedUntil = DateTimeOffset.MinValue;

    /// <summary>How many limits are known now.</summary>
    internal int Buckets
    {
        get
        {
            lock (_gate)
            {
                return _buckets.Count;
            }
        }
    }

    /// <summary>Null: go; the request is counted and must end in <see cref="End"/>. Else: how long to wait, and for what.</summary>
    public (TimeSpan Wait, string Why)? Take(Route route)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (TooManyInvalid(now) is { } blocked)
            {
                return (blocked, $"{MostInvalid} requests were refused within 10 minutes; more would get this address blocked by Discord");
            }
            if (now < _closedUntil)
            {
                return (_closedUntil - now, "Discord's limit for the whole bot is used up");
            }
            DropOlder(_sent, now - Second);
            if (_sent.Count >= MostASecond)
            {
                return (_sent.Peek() + Second - now, "the limit of requests a second is used up");
            }
            var wait = BucketOf(route).Take(now, route.Urgent);
            if (wait > TimeSpan.Zero)
            {
                return (wait, "Discord's limit for this room is used up");
            }
            _sent.Enqueue(now);
            return null;
        }
    }

    /// <summary>A request ended. Without an answer: null.</summary>
    public void End(Route route, WebAnswer? answer)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            BucketOf(route).End(now);
            if (answer is not null)
            {
                Learn(route, answer, now);
            }
        }
    }

    /// <summary>An answer of 429.</summary>
    /// <param name="shared">The resource is busy with others' requests: not our fault, not counted as invalid.</param>
    public void Exceeded(Route route, TimeSpan wait, bool global, bool shared)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (global)
            {
                _closedUntil = now + wait;
            }
            else if (!route.OwnToken)
            {
                BucketOf(route).Exhaust(wait, now);
            }
            if (!shared)
            {
                _invalid.Enqueue(now);
            }
        }
    }

    /// <summary>An answer of 401 or 403.</summary>
    public void CountInvalid()
    {
        lock (_gate)
        {
            _invalid.Enqueue(time.GetUtcNow());
        }
    }

    private void Learn(Route route, WebAnswer answer, DateTimeOffset now)
    {
        if (answer.Header("X-RateLimit-Bucket") is { Length: > 0 and < 200 } id)
        {
            Share(route, id);
        }
        if (int.TryParse(answer.Header("X-RateLimit-Limit"), out var limit) && int.TryParse(answer.Header("X-RateLimit-Remaining"), out var remaining)
            && Seconds(answer.Header("X-RateLimit-Reset-After")) is { } reset)
        {
            BucketOf(route).Learn(limit, remaining, reset, now);
        }
    }

    /// <summary>Routes that name the same id are one bucket: what is known of the route moves there.</summary>
    private void Share(Route route, string id)
    {
        var own = RouteKey(route);
        if (_sharedIds.GetValueOrDefault(own) != id)
        {
            var known = BucketOf(route);
            _sharedIds[own] = id;
            _buckets.TryAdd((id, route.Major), known);
        }
    }

    private Bucket BucketOf(Route route)
    {
        var key = (_sharedIds.GetValueOrDefault(RouteKey(route), RouteKey(route)), route.Major);
        if (_buckets.TryGetValue(key, out var bucket))
        {
            return bucket;
        }
        Prune();
        return _buckets[key] = new Bucket();
    }

    private void Prune()
    {
        if (_buckets.Count < _pruneAt)
        {
            return;
        }
        var now = time.GetUtcNow();
        foreach (var quiet in _buckets.Where(one => one.Value.IsQuiet(now)).Select(one => one.Key).ToList())
        {
            _buckets.Remove(quiet);
        }
        _pruneAt = Math.Max(FewBuckets, _buckets.Count * 2);
    }

    private static string RouteKey(Route route) => $"{route.Method} {route.Template}";

    private TimeSpan? TooManyInvalid(DateTimeOffset now)
    {
        DropOlder(_invalid, now - InvalidWindow);
        return _invalid.Count >= MostInvalid ? _invalid.Peek() + InvalidWindow - now : null;
    }

    private static void DropOlder(Queue<DateTimeOffset> moments, DateTimeOffset before)
    {
        while (moments.TryPeek(out var first) && first <= before)
        {
            moments.Dequeue();
        }
    }

    internal static TimeSpan? Seconds(string? text) =>
        double.TryParse(text, System.Globalization.NumberStyles.Float, null, out var seconds) && seconds is >= 0 and < 90_000 ? TimeSpan.FromSeconds(seconds) : null;
}
