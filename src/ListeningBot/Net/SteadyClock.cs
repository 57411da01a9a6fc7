namespace ListeningBot.Net;

/// <summary>Runs on by the machine's steady clock from where it was set last, whatever becomes of the clock on the wall: a pause of a minute lasts a minute.</summary>
public sealed class SteadyClock(TimeProvider time) : TimeProvider
{
    private sealed record Setting(DateTimeOffset To, long Stamp);
    private volatile Setting _set = new(time.GetUtcNow(), time.GetTimestamp());

    public override long TimestampFrequency => time.TimestampFrequency;

    public void Set(DateTimeOffset to) => _set = new Setting(to, time.GetTimestamp());

    public override DateTimeOffset GetUtcNow()
    {
        var set = _set;
        return set.To + time.GetElapsedTime(set.Stamp);
    }

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => time.CreateTimer(callback, state, dueTime, period);
}
