namespace ListeningBot.Core.Pipeline;

/// <summary>What came of one round of a room.</summary>
/// <param name="Tried">How many cards and pings were sent, or failed.</param>
public readonly record struct RoomRound(int Tried)
{
    /// <summary>Nothing was left to try when the round ended; what comes then, comes with the room's bell or at <see cref="Next"/>.</summary>
    public bool Rests { get; private init; }

    /// <summary>When something that was put off is to be tried, or null.</summary>
    public DateTimeOffset? Next { get; private init; }

    public static RoomRound Rest(int tried, DateTimeOffset? next) => new(tried) { Rests = true, Next = next };
}
