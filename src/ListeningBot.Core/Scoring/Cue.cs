namespace ListeningBot.Core.Scoring;

/// <summary>What a word or phrase can tell. The lexicon files name these as sections ("[support voice]" is <see cref="SupportVoice"/>).</summary>
internal enum Cue : byte
{
    // grammar
    Negator, Booster, Damper, Contrast, Number, Ordinal,

    // trouble
    Failure, Outage, Waiting, Time, Money, Charged, Refund, Safety, Danger, Injury, Legal, Threat, Fraud, Hacked, Leaving, Help,
    Repeated, Unanswered, Swearing, Stranded, Now, Deadline, Public, Wide, Blocked, Expectation, Why,

    /// <summary>Somebody else's data shown to the author.</summary>
    Exposed,

    /// <summary>A device that calls for help: a line that it needs must not be dead.</summary>
    Lifeline,

    /// <summary>Somebody is asked politely to act: it is as urgent as what else is said, so it tells no feature.</summary>
    Plea,

    // against, or telling the kind of text
    Praise, Thanks, Sarcasm, Mockery, Question, Mild, Trifle, Idiom, Solved, SupportVoice, Ad, News, Job, Joke, Jest, Gossip, Me, You, Person,

    // aspects, in the order in which a tie is decided
    AspectSafety, AspectPrivacy, AspectRefund, AspectBilling, AspectOutage, AspectDelivery, AspectApp, AspectStaff, AspectQuality,
}

internal static class Cues
{
    public const int Count = (int)Cue.AspectQuality + 1;

    public static readonly ulong Aspects = Mask(Cue.AspectSafety, Cue.AspectPrivacy, Cue.AspectRefund, Cue.AspectBilling, Cue.AspectOutage,
        Cue.AspectDelivery, Cue.AspectApp, Cue.AspectStaff, Cue.AspectQuality);

    /// <summary>What "not" before it takes away.</summary>
    public static readonly ulong Negatable = Mask(Cue.Failure, Cue.Outage, Cue.Praise, Cue.Danger, Cue.Injury, Cue.Fraud, Cue.Hacked, Cue.Stranded, Cue.Swearing, Cue.Leaving);

    /// <summary>What makes something wrong by itself; next to a cheerful word it is a sign of sarcasm.</summary>
    public static readonly ulong Trouble = Mask(Cue.Failure, Cue.Outage, Cue.Waiting, Cue.Charged, Cue.Danger, Cue.Injury, Cue.Hacked, Cue.Stranded, Cue.Blocked,
        Cue.Unanswered, Cue.Repeated, Cue.Expectation, Cue.Refund, Cue.Mockery, Cue.Exposed);

    /// <summary>What a short text may say alone and be a complaint.</summary>
    public static readonly ulong HardTrouble = Mask(Cue.Failure, Cue.Outage, Cue.Charged, Cue.Hacked, Cue.Stranded, Cue.Unanswered, Cue.Exposed);

    /// <summary>Kinds of text in which trouble is not the author's own.</summary>
    public static readonly ulong OtherKinds = Mask(Cue.News, Cue.Ad, Cue.Job, Cue.Joke, Cue.Jest, Cue.SupportVoice);

    /// <summary>What a single word gives even where it stands inside a longer phrase.</summary>
    public static readonly ulong FromInside = Mask(Cue.Failure, Cue.Outage, Cue.Waiting, Cue.Time, Cue.Money, Cue.Refund, Cue.Injury, Cue.Swearing, Cue.Repeated, Cue.Deadline, Cue.Now, Cue.Me, Cue.You, Cue.Person)
        | Aspects;

    public static ulong Bit(this Cue cue) => 1UL << (int)cue;

    public static ulong Mask(params ReadOnlySpan<Cue> cues)
    {
        var mask = 0UL;
        foreach (var cue in cues)
        {
            mask |= cue.Bit();
        }
        return mask;
    }
}
