namespace ListeningBot.Core.Pipeline;

/// <summary>When a batch was seen and handed to us, and how long ago that is by a clock that nobody sets.</summary>
public sealed class BatchClock(DateTimeOffset? seenAt, TimeProvider time)
{
    private readonly long _began = time.GetTimestamp();

    /// <summary>When the batch was handed to us.</summary>
    public DateTimeOffset Fetched { get; } = time.GetUtcNow();

    /// <summary>When the source first showed us what is in it: no later than that.</summary>
    public DateTimeOffset Seen => seenAt < Fetched ? seenAt.Value : Fetched;

    /// <summary>From fetched to the end of matching and scoring.</summary>
    public TimeSpan Scored { get; private set; }

    /// <summary>From fetched to this moment.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_began);

    public void MarkScored() => Scored = Elapsed;
}

/// <summary>The times of one mention.</summary>
/// <param name="Posted">What the source claims; null when it claims nothing.</param>
/// <param name="Scored">After fetched.</param>
/// <param name="Recorded">After fetched: when it was written, in the transaction.</param>
/// <param name="FirstContact">It was read at the first contact with its source.</param>
public readonly record struct MentionTimes(string Channel, DateTimeOffset? Posted, DateTimeOffset Seen, DateTimeOffset Fetched, TimeSpan Scored, TimeSpan Recorded, bool FirstContact)
{
    /// <summary>When a room first showed the case that it opened, on a card of its own or named on one that is shared; null when it opened none, or nobody has seen it.</summary>
    public DateTimeOffset? Shown { get; init; }
}
