namespace ListeningBot.Notifiers.Discord;

/// <summary>One of Discord's request limits: so many requests until a moment, then anew. Guarded by its <see cref="RateLimits"/>.</summary>
internal sealed class Bucket
{
    /// <summary>Until Discord has named its limit, one request at a time asks for it.</summary>
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SameMoment = TimeSpan.FromMilliseconds(500);

    private int _limit = 1;
    private int _remaining = 1;
    private int _inFlight;
    private bool _known;
    private DateTimeOffset _resetAt = DateTimeOffset.MinValue;

    /// <summary>Of a limit this large one request is kept for what is urgent, so that it need not wait for the next window.</summary>
    private const int LargeEnoughToKeepOne = 3;

    /// <summary>Zero: go, one request is counted. Else: how long to wait.</summary>
    public TimeSpan Take(DateTimeOffset now, bool urgent)
    {
        if (now >= _resetAt)
        {
            _remaining = Math.Max(_limit - _inFlight, _known ? 0 : 1);
            _resetAt = now + (_known ? Unanswered : Unanswered * 30);
        }
        if (_remaining <= (!urgent && _known && _limit >= LargeEnoughToKeepOne ? 1 : 0))
        {
            return !_known && _resetAt - now > Unanswered ? Unanswered / 20 : _resetAt - now;
        }
        _remaining--;
        _inFlight++;
        return TimeSpan.Zero;
    }

    /// <summary>Nothing is under way, and all of its limit is free again: a new one would do as well.</summary>
    public bool IsQuiet(DateTimeOffset now) => _inFlight == 0 && now >= _resetAt;

    /// <summary>
    /// The answer's headers are what Discord saw then; what is still under way will count too. Answers overtake each other: within one
    /// window what is left never grows.
    /// </summary>
    public void Learn(int limit, int remaining, TimeSpan resetAfter, DateTimeOffset now)
    {
        var left = Math.Max(0, remaining - _inFlight);
        var sameWindow = _known && now < _resetAt && now + resetAfter <= _resetAt + SameMoment;
        _remaining = sameWindow ? Math.Min(_remaining, left) : left;
        _resetAt = sameWindow && now + resetAfter < _resetAt ? _resetAt : now + resetAfter;
        _limit = Math.Max(1, limit);
        _known = true;
    }

    public void Exhaust(TimeSpan until, DateTimeOffset now)
    {
        _known = true;
        _remaining = 0;
        _resetAt = now + until;
    }

    /// <summary>A request ended. While no limit is known, the next one may ask.</summary>
    public void End(DateTimeOffset now)
    {
        // It may have been counted in another bucket: which one a route belongs to is learnt while it is under way.
        _inFlight = Math.Max(0, _inFlight - 1);
        if (!_known)
        {
            _remaining = 1;
            _resetAt = now;
        }
    }
}
