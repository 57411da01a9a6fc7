namespace ListeningBot.Hosting.Cluster;

/// <summary>A moment by the steady clock, which nobody sets, and by the one on the wall.</summary>
internal sealed record Moment(long Stamp, DateTimeOffset Wall)
{
    public static Moment Of(TimeProvider time) => new(time.GetTimestamp(), time.GetUtcNow());

    public TimeSpan Passed(TimeProvider time) => time.GetElapsedTime(Stamp);

    /// <summary>By the clock that says more: the steady one of a machine that was put to sleep stands still meanwhile.</summary>
    public TimeSpan PassedAtMost(TimeProvider time)
    {
        var (steady, wall) = (Passed(time), time.GetUtcNow() - Wall);
        return steady > wall ? steady : wall;
    }
}
