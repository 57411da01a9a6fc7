using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Alerting;

/// <summary>What a draft is for.</summary>
public enum ReplyPurpose
{
    /// <summary>To find out what the customer wants.</summary>
    Ask,

    /// <summary>Acknowledge, offer, be quick.</summary>
    Answer,

    /// <summary>Some days after the fix: in person, no form.</summary>
    FollowUp,

    /// <summary>For a leader who is brought in.</summary>
    Leader,
}

/// <summary>The parts of an answer, in the order in which they are said. Other drafts are one part, <see cref="Whole"/>.</summary>
public enum ReplyPart
{
    Whole,
    Acknowledge,
    Offer,
    BeQuick,
}

/// <param name="Language">Two letters.</param>
/// <param name="Aspect">"delivery"..., or "any".</param>
/// <param name="Template">See <see cref="Template"/>.</param>
public sealed record Reply(ReplyPurpose Purpose, string Language, string Aspect, ReplyPart Part, string Template);

/// <summary>Who says yes to a gesture.</summary>
public enum Approver
{
    Anyone,
    Lead,
    Manager,
}

/// <summary>What may be offered beyond the fix.</summary>
public sealed record Gesture
{
    /// <summary>For colleagues: "a spare part by express".</summary>
    public required string Name { get; init; }

    /// <summary>Empty: for all.</summary>
    public IReadOnlyList<string> Aspects { get; init; } = [];

    /// <summary>From this severity on, 0..3.</summary>
    public int Severity { get; init; }

    /// <summary>From this priority on.</summary>
    public Priority Priority { get; init; }

    /// <summary>What it may cost us at most; null: nothing to speak of.</summary>
    public decimal? UpTo { get; init; }

    /// <summary>Three letters, with <see cref="UpTo"/>.</summary>
    public string? Currency { get; init; }
    public Approver Approve { get; init; }

    /// <summary>What a draft says of it, by language; without its language no draft speaks of it.</summary>
    public IReadOnlyDictionary<string, string> Say { get; init; } = new Dictionary<string, string>();
}

/// <summary>What managers wrote for answering: reply templates and gestures. Immutable.</summary>
public sealed record Playbook
{
    public const string AnyAspect = "any";
    public const string FallbackLanguage = "en";
    public static readonly Playbook Empty = new();

    /// <summary>For whoever runs without config/replies.yaml: short, English, for every trouble.</summary>
    private static readonly IReadOnlyList<Reply> s_own =
    [
        Own(ReplyPurpose.Ask, ReplyPart.Whole, "What would make this right for you?"),
        Own(ReplyPurpose.Answer, ReplyPart.Acknowledge, "Hello[ {name}], I am sorry about this."),
        Own(ReplyPurpose.Answer, ReplyPart.Offer, "I want to put it right.[ You asked for this: {wants}.][ I would like {gesture}.] Please send me a private message."),
        Own(ReplyPurpose.Answer, ReplyPart.BeQuick, "I am looking into it now.[ You will hear from me by {promise}.] {owner}"),
        Own(ReplyPurpose.FollowUp, ReplyPart.Whole, "Hello[ {name}], it is {owner} again. Is everything well since we last spoke?"),
        Own(ReplyPurpose.Leader, ReplyPart.Whole, "Hello[ {name}], I am {leader}. I read what happened to you, and I am sorry. {owner} takes care of it, and I follow it myself."),
    ];

    public IReadOnlyList<Reply> Replies { get; init; } = [];
    public IReadOnlyList<Gesture> Gestures { get; init; } = [];

    /// <summary>The language that a draft for this customer is written in: theirs when somebody wrote templates in it, else English.</summary>
    public string LanguageOf(ReplyPurpose purpose, string lang)
    {
        var own = lang.Split('-')[0];
        return Replies.Any(reply => reply.Purpose == purpose && reply.Language == own) ? own : FallbackLanguage;
    }

    /// <summary>The words for this aspect, else those for any. A language must have the latter.</summary>
    public string TemplateOf(ReplyPurpose purpose, ReplyPart part, string language, string aspect) =>
        Named(Replies, purpose, part, language, aspect) ?? Named(Replies, purpose, part, language, AnyAspect)
        ?? Named(Replies, purpose, part, FallbackLanguage, AnyAspect) ?? Named(s_own, purpose, part, FallbackLanguage, AnyAspect) ?? "";

    /// <summary>What may be offered for this pain, the most fitting first: what needs the greatest pain, then what may cost the most.</summary>
    public IReadOnlyList<Gesture> GesturesFor(string aspect, int severity, Priority priority) =>
    [
        .. Gestures.Where(gesture => gesture.Severity <= severity && gesture.Priority <= priority && (gesture.Aspects.Count == 0 || gesture.Aspects.Contains(aspect)))
            .OrderByDescending(gesture => gesture.Severity).ThenByDescending(gesture => gesture.Priority).ThenByDescending(gesture => gesture.UpTo ?? 0),
    ];

    private static string? Named(IReadOnlyList<Reply> replies, ReplyPurpose purpose, ReplyPart part, string language, string aspect) =>
        replies.FirstOrDefault(reply => reply.Purpose == purpose && reply.Part == part && reply.Language == language && reply.Aspect == aspect)?.Template;

    private static Reply Own(ReplyPurpose purpose, ReplyPart part, string template) => new(purpose, FallbackLanguage, AnyAspect, part, template);
}
