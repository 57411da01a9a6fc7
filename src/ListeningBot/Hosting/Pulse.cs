namespace ListeningBot.Hosting;

/// <summary>When this program last gave a sign of life, by a clock that nobody sets.</summary>
public sealed class Pulse(TimeProvider time)
{
    /// <summary>Longer without a sign, and it hangs: a new start is the cure.</summary>
    public static readonly TimeSpan Dead = TimeSpan.FromSeconds(60);
    private long _last = time.GetTimestamp();

    public TimeSpan Since => time.GetElapsedTime(Interlocked.Read(ref _last));

    public void Beat() => Interlocked.Exchange(ref _last, time.GetTimestamp());
}
