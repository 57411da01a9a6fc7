using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>Cases in which somebody must act, without those on trial.</summary>
/// <param name="Claimed">Somebody has them.</param>
/// <param name="Oldest">Since when the oldest of them waits: the later of posted and first seen.</param>
public sealed record OpenCases(Priority Priority, bool Claimed, long Count, DateTimeOffset Oldest);

/// <summary>Cards, threads and lists of a room that are neither shown as they should be nor given up.</summary>
/// <param name="Oldest">Since when the oldest of them is wanted.</param>
public sealed record WaitingCards(string Room, Priority Priority, long Count, DateTimeOffset Oldest);

/// <summary>How much work there is, and what waits.</summary>
/// <param name="DueSince">When the earliest step that is due now, and not taken, was due; null: none is.</param>
/// <param name="Bytes">How large the store is.</param>
public sealed record StoreStanding(
    IReadOnlyList<OpenCases> Cases, IReadOnlyList<WaitingCards> Cards, long InTray, long PingsWaiting, long DeadLetters, DateTimeOffset? DueSince, long Bytes);

public partial interface IStoreView
{
    StoreStanding Standing(DateTimeOffset now);
}
