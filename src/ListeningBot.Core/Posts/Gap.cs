namespace ListeningBot.Core.Posts;

/// <summary>What became of the posts of a gap. Stored by number: only add.</summary>
public enum GapFate
{
    /// <summary>The source can't give them any more.</summary>
    Lost,

    /// <summary>They were read when the source was back.</summary>
    Backfilled,

    /// <summary>The source has not been heard again: nobody can say yet.</summary>
    Open,

    /// <summary>Nobody wrote it down, or nobody can know.</summary>
    Unknown,
}

/// <summary>A stretch of time in which a source was not heard.</summary>
/// <param name="From">When anything was last heard.</param>
/// <param name="To"><see cref="NoEnd"/> while it lasts.</param>
/// <param name="Cause">For operators, with the cure where there is one.</param>
public sealed record Gap(DateTimeOffset From, DateTimeOffset To, string Cause)
{
    /// <summary>The end of what has not ended.</summary>
    public static readonly DateTimeOffset NoEnd = new(9999, 12, 31, 0, 0, 0, TimeSpan.Zero);

    public GapFate Fate { get; init; }

    /// <summary>The source answered all the time and gave nothing for unusually long: it may have been heard perfectly well.</summary>
    public bool Quiet { get; init; }

    public bool Lasts => To == NoEnd;
}
