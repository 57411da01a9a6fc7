using System.Text.Json.Serialization;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Cases;

/// <summary>Something that happened to a case. Stored for ever: names and fields only grow.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(Opened), "opened")]
[JsonDerivedType(typeof(MentionJoined), "mention-joined")]
[JsonDerivedType(typeof(PostEdited), "post-edited")]
[JsonDerivedType(typeof(PostDeleted), "post-deleted")]
[JsonDerivedType(typeof(AnsweredByUs), "answered-by-us")]
[JsonDerivedType(typeof(Claimed), "claimed")]
[JsonDerivedType(typeof(Dismissed), "dismissed")]
[JsonDerivedType(typeof(Resolved), "resolved")]
[JsonDerivedType(typeof(NobodyClaimed), "nobody-claimed")]
public abstract record CaseEvent;

public sealed record Opened(long CaseId, long Mention, Priority Priority, IReadOnlyList<string> Teams, DateTimeOffset Posted, DateTimeOffset FirstSeen, Responder? By = null) : CaseEvent;

public sealed record MentionJoined(long Mention, Priority Priority, bool Complains, IReadOnlyList<string> Teams) : CaseEvent;

public sealed record PostEdited(long Mention, Priority Priority) : CaseEvent;

/// <param name="Next">What the card quotes from now on, when it quoted the deleted one and the author has another.</param>
public sealed record PostDeleted(long Mention, long? Next = null) : CaseEvent;

public sealed record AnsweredByUs(string Account, DateTimeOffset Posted) : CaseEvent;

public sealed record Claimed(Responder By) : CaseEvent;

/// <summary>"Not a complaint": a verdict, and the end of the case.</summary>
public sealed record Dismissed(Responder By) : CaseEvent;

public sealed record Resolved(Responder By, Outcome Outcome) : CaseEvent;

/// <summary>The time to claim has passed.</summary>
public sealed record NobodyClaimed : CaseEvent;
