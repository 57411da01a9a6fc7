using System.Text.Json.Serialization;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Cases;

/// <summary>Something that happened to a case. Stored for ever: names and fields only grow.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(CardShown), "card-shown")]
[JsonDerivedType(typeof(MentionJoined), "mention-joined")]
[JsonDerivedType(typeof(PostEdited), "post-edited")]
[JsonDerivedType(typeof(PostDeleted), "post-deleted")]
[JsonDerivedType(typeof(AnsweredByUs), "answered-by-us")]
[JsonDerivedType(typeof(SpokeAgain), "spoke-again")]
[JsonDerivedType(typeof(AuthorKnown), "author-known")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Dismissed), "dismissed")]
[JsonDerivedType(typeof(OwnerAnswered), "owner-answered")]
[JsonDerivedType(typeof(WaitsForCustomer), "waits-for-customer")]
[JsonDerivedType(typeof(WantsKnown), "wants-known")]
[JsonDerivedType(typeof(Promised), "promised")]
[JsonDerivedType(typeof(PromiseKept), "promise-kept")]
[JsonDerivedType(typeof(HandedOver), "handed-over")]
[JsonDerivedType(typeof(Released), "released")]
[JsonDerivedType(typeof(Snoozed), "snoozed")]
[JsonDerivedType(typeof(Escalated), "escalated")]
[JsonDerivedType(typeof(PrioritySet), "priority-set")]
[JsonDerivedType(typeof(LeaderBrought), "leader-brought")]
[JsonDerivedType(typeof(StillOnIt), "still-on-it")]
[JsonDerivedType(typeof(Noted), "noted")]
[JsonDerivedType(typeof(Resolved), "resolved")]
[JsonDerivedType(typeof(FollowedUp), "followed-up")]
[JsonDerivedType(typeof(Reopened), "reopened")]
[JsonDerivedType(typeof(Merged), "merged")]
[JsonDerivedType(typeof(Absorbed), "absorbed")]
[JsonDerivedType(typeof(SplitOff), "split-off")]
[JsonDerivedType(typeof(Ungrouped), "ungrouped")]
[JsonDerivedType(typeof(Undone), "undone")]
[JsonDerivedType(typeof(TimeCame), "time-came")]
[JsonDerivedType(typeof(CustomerUnited), "customer-united")]
[JsonDerivedType(typeof(PersonErased), "person-erased")]
[JsonDerivedType(typeof(NobodyClaimed), "nobody-claimed")]
public abstract record CaseEvent
{
    /// <summary>Where it came from: a channel's name, a service where somebody pressed ("discord"), "clock", "lookup"... Null in events of version 1.</summary>
    public string? Where { get; init; }
}

/// <summary>A human pressed, and may undo it.</summary>
public abstract record Pressed(Responder By) : CaseEvent;

public sealed record Opened(long CaseId, long Mention, Priority Priority, IReadOnlyList<string> Teams, DateTimeOffset Posted, DateTimeOffset FirstSeen, Responder? By = null) : CaseEvent
{
    public string Aspect { get; init; } = "other";
    public long? Customer { get; init; }
    public bool Private { get; init; }
    public bool Shadow { get; init; }
    public long? Group { get; init; }
    public Responder? For { get; init; }
    public long? SplitFrom { get; init; }
    public string? Trace { get; init; }
}

/// <summary>A room has shown its card.</summary>
public sealed record CardShown(string Room) : CaseEvent;

public sealed record MentionJoined(long Mention, Priority Priority, bool Complains, IReadOnlyList<string> Teams) : CaseEvent
{
    /// <summary>When the customer wrote it; null when others or a machine did, when it is thanks, or when it was called a complaint only after we answered or solved it. Where that wakes the case, <see cref="SpokeAgain"/> follows and says so.</summary>
    public DateTimeOffset? TheirWordsAt { get; init; }
}

public sealed record PostEdited(long Mention, Priority Priority) : CaseEvent
{
    /// <summary>As of <see cref="MentionJoined"/>; null when it says nothing that was not there before.</summary>
    public DateTimeOffset? TheirWordsAt { get; init; }
}

/// <param name="Next">What the card quotes from now on, when it quoted the deleted one and the author has another.</param>
public sealed record PostDeleted(long Mention, long? Next = null) : CaseEvent;

public sealed record AnsweredByUs(string Account, DateTimeOffset Posted) : CaseEvent;

/// <summary>The customer's own later words, in the thread or about the brand.</summary>
/// <param name="Feeling"><see cref="Happiness.Silent"/>: neither thanks nor anger, an answer all the same.</param>
public sealed record SpokeAgain(long Mention, Happiness Feeling, DateTimeOffset Posted) : CaseEvent
{
    /// <summary>How urgent these words are; null where they complain of nothing.</summary>
    public Priority? Priority { get; init; }
}

/// <summary>Who the author is, and how to reach them, was looked up after the card.</summary>
public sealed record AuthorKnown(long Mention) : CaseEvent
{
    /// <summary>False when the card looks the same: only more ways to reach them are known.</summary>
    public bool Named { get; init; } = true;
}

public sealed record Claimed(Responder By) : Pressed(By);

/// <summary>"Not a complaint": a verdict, and the end of the case.</summary>
public sealed record Dismissed(Responder By) : Pressed(By);

/// <summary>The owner says that the customer has an answer, perhaps where we can't see it.</summary>
public sealed record OwnerAnswered(Responder By) : Pressed(By);

public sealed record WaitsForCustomer(Responder By) : Pressed(By);

public sealed record WantsKnown(Responder By, string Text) : Pressed(By);

public sealed record Promised(Responder By, DateTimeOffset Due, string What) : Pressed(By);

public sealed record PromiseKept(Responder By) : Pressed(By);

/// <param name="Summary">What the next one needs to know.</param>
public sealed record HandedOver(Responder By, Responder To, string Summary) : Pressed(By);

/// <summary>The owner gives it back to the room.</summary>
public sealed record Released(Responder By) : Pressed(By);

public sealed record Snoozed(Responder By, DateTimeOffset Until) : Pressed(By);

public sealed record Escalated(Responder By, string Why) : Pressed(By);

/// <summary>Somebody knows better how urgent it is: a verdict on what the scorer said.</summary>
public sealed record PrioritySet(Responder By, Priority Priority) : Pressed(By);

/// <summary>A named leader gets a draft to answer with; the owner stays.</summary>
public sealed record LeaderBrought(Responder By, Responder Leader, string Draft) : Pressed(By);

public sealed record StillOnIt(Responder By) : Pressed(By);

/// <summary>Somebody wrote in the case's thread.</summary>
public sealed record Noted(Responder By, string Text, DateTimeOffset At) : CaseEvent;

public sealed record Resolved(Responder By, Outcome Outcome, string? Note = null, string? Offered = null, string? Beyond = null) : Pressed(By);

public sealed record FollowedUp(Responder By) : Pressed(By);

public sealed record Reopened(Responder By) : Pressed(By);

/// <summary>Another case goes on with this one's mentions. Not undone by a press: split takes them out again.</summary>
/// <param name="By">Null when it was on trial and real watches heard its post too.</param>
public sealed record Merged(Responder? By, long Into) : CaseEvent
{
    /// <summary>Who has the other one from now on.</summary>
    public Responder? Owner { get; init; }
}

public sealed record Absorbed(Responder By, long From, int Voices, Priority Priority, IReadOnlyList<string> Teams, DateTimeOffset Posted) : CaseEvent
{
    /// <summary>Who had the other one.</summary>
    public Responder? Owner { get; init; }

    /// <summary>When we first saw the other one; null in older events.</summary>
    public DateTimeOffset? FirstSeen { get; init; }

    /// <summary>When its customer last wrote, if they waited for an answer there and nobody had put it off; else null.</summary>
    public DateTimeOffset? WaitsSince { get; init; }
}

/// <param name="Next">What the card quotes from now on.</param>
/// <param name="By">Null when the post's author made another trouble of it.</param>
public sealed record SplitOff(Responder? By, long Mention, long NewCase, long Next) : CaseEvent;

/// <summary>It left its group card and has a card of its own.</summary>
public sealed record Ungrouped : CaseEvent;

/// <summary>Two customers turned out to be one person: their profiles link each other.</summary>
public sealed record CustomerUnited(long From, long Into) : CaseEvent;

/// <summary>A person is forgotten, and every word of them in this case with them.</summary>
/// <param name="Whole">It was their case: nobody can work on it any more. Else they were only named in it.</param>
public sealed record PersonErased(bool Whole) : CaseEvent;

/// <summary>Takes back one's own last press.</summary>
public sealed record Undone(Responder By) : CaseEvent;

/// <summary>The time for a step has come.</summary>
public sealed record TimeCame(Step Step) : CaseEvent;

/// <summary>The time to claim has passed; written by version 1, today <see cref="TimeCame"/>.</summary>
public sealed record NobodyClaimed : CaseEvent;
