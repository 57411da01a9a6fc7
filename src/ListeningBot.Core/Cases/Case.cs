using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Cases;

/// <summary>Where a case stands. Stored by name and number: only add at the end.</summary>
public enum CaseState
{
    /// <summary>New: no room has shown it yet, and nobody has it.</summary>
    Unclaimed,
    Claimed,
    Closed,

    /// <summary>A room has shown it; nobody has it yet.</summary>
    Shown,

    /// <summary>The customer has our answer.</summary>
    Answered,

    /// <summary>The owner waits for the customer.</summary>
    Waiting,

    /// <summary>The owner says that it is solved; the customer has the last word.</summary>
    Resolved,

    /// <summary>After the fix the owner asked in person.</summary>
    FollowedUp,
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

/// <summary>What the customer's own words say since our answer; never what we say of ourselves.</summary>
public enum Happiness
{
    /// <summary>They have not spoken since.</summary>
    Silent,
    Happy,
    AngryAgain,
}

/// <summary>A human who pressed or owns: "member:anna" when config/responders.yaml knows the account, else the account ("discord:1234").</summary>
public sealed record Responder(string Id, string Name);

/// <summary>A time by which something was promised to the customer.</summary>
/// <param name="Kept">Null while it is open.</param>
public sealed record Promise(Responder By, DateTimeOffset Due, string What, DateTimeOffset MadeAt, bool? Kept = null, DateTimeOffset? EndedAt = null);

/// <summary>One customer's trouble. Changed only by <see cref="Apply"/>.</summary>
public sealed partial record Case
{
    public required long Id { get; init; }

    /// <summary>Grows by one with each event that changed the case; the wanted version of its cards.</summary>
    public required int Version { get; init; }
    public required CaseState State { get; init; }
    public required Priority Priority { get; init; }

    /// <summary>The teams whose rooms show its card. The first is the one that answers: its hours and targets hold.</summary>
    public required IReadOnlyList<string> Teams { get; init; }

    /// <summary>When the customer first posted: first-answer targets run from here.</summary>
    public required DateTimeOffset Posted { get; init; }

    /// <summary>When we first saw it as a trouble, which for what lay in the maybe tray is later than its post: with <see cref="Posted"/>, escalation runs from the later of the two.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>The mention that the card quotes: the first, or the next one when the author deleted that.</summary>
    public required long FirstMention { get; init; }

    /// <summary>How many of the customer's mentions it holds.</summary>
    public required int Voices { get; init; }

    /// <summary>"delivery", "billing"... of the first mention.</summary>
    public string Aspect { get; init; } = "other";

    /// <summary>The person behind it, when the author is known.</summary>
    public long? Customer { get; init; }

    /// <summary>Written to us alone: its card goes to the private room, masked.</summary>
    public bool Private { get; init; }

    /// <summary>Heard by shadow watches only: shown in their own room, nobody is pinged.</summary>
    public bool Shadow { get; init; }

    /// <summary>The group card that stands for it in a burst, until it gets a card of its own.</summary>
    public long? Group { get; init; }

    /// <summary>Whom the card names while nobody has it: on call at the opening, with the least open cases.</summary>
    public Responder? For { get; init; }
    public DateTimeOffset? ShownAt { get; init; }

    /// <summary>The first span of its trace (<see cref="Mention.Trace"/>); null where nobody traced.</summary>
    public string? Trace { get; init; }
    public Responder? Owner { get; init; }
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>When we first answered: an account of ours in public, at its true time, or when the owner says so.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }
    public string? AnsweredBy { get; init; }

    /// <summary>What the customer wrote until then asks for no answer: our last one, our solution, or their thanks for it. Null before any of them, and in older cases: <see cref="AnsweredAt"/>.</summary>
    public DateTimeOffset? AnsweredUntil { get; init; }

    /// <summary>What <see cref="AnsweredUntil"/> was before the last end: whoever takes that back goes on from there.</summary>
    public DateTimeOffset? AnsweredBeforeEnd { get; init; }

    /// <summary>What the customer wants; null until known.</summary>
    public string? Wants { get; init; }
    public IReadOnlyList<Promise> Promises { get; init; } = [];
    public DateTimeOffset? SnoozedUntil { get; init; }
    public int HandOvers { get; init; }

    /// <summary>The leader who was brought in; the owner stays.</summary>
    public Responder? Leader { get; init; }
    public Outcome? Outcome { get; init; }
    public string? ClosingNote { get; init; }
    public string? Offered { get; init; }

    /// <summary>What was given beyond the fix.</summary>
    public string? Beyond { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public DateTimeOffset? FollowedUpAt { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public Responder? ClosedBy { get; init; }

    /// <summary>The case that went on with this one's mentions.</summary>
    public long? MergedInto { get; init; }

    /// <summary>The case that this one was taken out of.</summary>
    public long? SplitFrom { get; init; }

    /// <summary>Its customer asked to be forgotten: that it was, when, and how it ended is all that is left.</summary>
    public bool Erased { get; init; }
    public Happiness Happiness { get; init; }

    /// <summary>When they last said so, by all words that were known then; null while they are silent, and in older cases.</summary>
    public DateTimeOffset? FeltAt { get; init; }

    /// <summary>When the customer last wrote after their first post, before our answer as well: it may be heard later than what they wrote after it.</summary>
    public DateTimeOffset? TheirWordsAt { get; init; }

    /// <summary>True once the room was pinged because nobody claimed.</summary>
    public bool Pinged { get; init; }

    /// <summary>From when escalation counts: the later of posted and first seen, or when it became free again, or critical while it was free. Null in cases of version 1: that same later moment.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>When the owner last did something, or the customer gave them something to do.</summary>
    public DateTimeOffset? LastAction { get; init; }

    /// <summary>The steps taken since the case last changed hands, or became critical while it was free, in order; of the first-answer target and the floor also those before.</summary>
    public IReadOnlyList<StepTaken> Taken { get; init; } = [];

    /// <summary>The last press that can be undone, with what it changed.</summary>
    public LastPress? LastPress { get; init; }

    /// <summary>When the sweeper must look next, and for what; null when nothing is due. Reckoned by <see cref="Agenda"/>, not by events.</summary>
    public DateTimeOffset? Due { get; init; }
    public Step? DueStep { get; init; }
}

/// <summary>What a press can be undone to.</summary>
public sealed record LastPress(Responder By, DateTimeOffset At, string What, Case Before);
