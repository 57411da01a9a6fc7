namespace ListeningBot.Net;

/// <summary>
/// The clock that the running program goes by: the machine's, until that is set far forth or back. Then it goes on by the steady one, because much that a wrong time of day does can't be taken back (steps of
/// the ladder, digests, what is kept no longer), until the answers of web services, which are dated, say which of both is right. Where none does, the machine's is believed after a while.
/// </summary>
public sealed class HouseClock(TimeProvider machine) : TimeProvider
{
    /// <summary>So much a clock is corrected by; it comes of itself, and does little.</summary>
    private static readonly TimeSpan Corrected = TimeSpan.FromMinutes(1);

    /// <summary>A service whose clock differs by more says nothing of ours.</summary>
    private static readonly TimeSpan Agreed = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Believed = TimeSpan.FromMinutes(15);

    /// <summary>A steady clock is not quite as fast as one that is kept right.</summary>
    private static readonly TimeSpan KeptRight = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private volatile Reading _last = new(machine.GetUtcNow(), machine.GetTimestamp());

    /// <summary>When the doubt began, or a service last said that the machine's clock is wrong.</summary>
    private long? _doubted;

    private sealed record Reading(DateTimeOffset Wall, long Stamp);

    /// <param name="By">How far the machine's clock is from where the steady one has got since the last reading that was believed.</param>
    private readonly record struct Seen(DateTimeOffset Wall, long Stamp, TimeSpan By)
    {
        public bool IsDoubtful => By.Duration() >= Corrected;
    }

    /// <summary>By how much the machine's clock was set, while that is not believed; else null.</summary>
    public TimeSpan? Doubt => Look() is { IsDoubtful: true, By: var by } ? by : null;

    public override long TimestampFrequency => machine.TimestampFrequency;

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    public override DateTimeOffset GetUtcNow()
    {
        var now = Look();
        return now.IsDoubtful ? Doubted(now) : now.Wall;
    }

    /// <summary>A service dated its answer so.</summary>
    public void Hear(DateTimeOffset date)
    {
        var now = Look();
        if (!now.IsDoubtful)
        {
            return;
        }
        lock (_gate)
        {
            if ((date - now.Wall).Duration() < Agreed)
            {
                Believe(now);
            }
            else if ((date - (now.Wall - now.By)).Duration() < Agreed)
            {
                _doubted = now.Stamp;
            }
        }
    }

    private Seen Look()
    {
        var last = _last;
        var (wall, stamp) = (machine.GetUtcNow(), machine.GetTimestamp());
        var passed = machine.GetElapsedTime(last.Stamp, stamp);
        var now = new Seen(wall, stamp, wall - (last.Wall + passed));
        if (passed > KeptRight && !now.IsDoubtful)
        {
            lock (_gate)
            {
                Believe(now);
            }
        }
        return now;
    }

    private DateTimeOffset Doubted(Seen now)
    {
        lock (_gate)
        {
            var since = _doubted ??= now.Stamp;
            if (machine.GetElapsedTime(since, now.Stamp) < Believed)
            {
                return now.Wall - now.By;
            }
            Believe(now);
            return now.Wall;
        }
    }

    /// <summary>Within the gate.</summary>
    private void Believe(Seen now) => (_last, _doubted) = (new Reading(now.Wall, now.Stamp), null);
}
