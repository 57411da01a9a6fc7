using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Cases;

public enum CaseState
{
    /// <summary>Nobody has it yet.</summary>
    Unclaimed,
    Claimed,
    Closed,
}

/// <summary>How a case ended.</summary>
public enum Outcome
{
    Solved,
    WentBeyond,
    NotOurs,
    Unreachable,
    WentAway,
    NotAComplaint,
}

/// <summary>A human who pressed: the id is the notifier's own ("discord:1234").</summary>
public sealed record Responder(string Id, string Name);

/// <summary>One customer's trouble. Changed only by <see cref="Apply"/>.</summary>
public sealed partial record Case
{
    public required long Id { get; init; }

    /// <summary>Grows by one with each event that changed the case; the wanted version of its cards.</summary>
    public required int Version { get; init; }
    public required CaseState State { get; init; }
    public required Priority Priority { get; init; }

    /// <summary>The teams whose rooms show its card.</summary>
    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>When the customer first posted: first-answer targets run from here.</summary>
    public required DateTimeOffset Posted { get; init; }

    /// <summary>When we first saw it as a trouble, which for what lay in the maybe tray is later than its post: with <see cref="Posted"/>, escalation runs from the later of the two.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>The mention that the card quotes: the first, or the next one when the author deleted that.</summary>
    public required long FirstMention { get; init; }

    /// <summary>How many of the customer's mentions it holds.</summary>
    public required int Voices { get; init; }
    public Responder? Owner { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When an account of ours first answered in public, at its true time.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
    public string? AnsweredBy { get; init; }
    public Outcome? Outcome { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public Responder? ClosedBy { get; init; }

    /// <summary>True once the room was pinged because nobody claimed.</summary>
    public bool Pinged { get; init; }

    /// <summary>When the sweeper must look next, or null when nothing is due.</summary>
    public DateTimeOffset? Due { get; init; }
}
