using System.Text.Json.Serialization;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>In rising order, so that they compare.</summary>
public enum Priority
{
    Low,
    Normal,
    High,
    Critical,
}

/// <summary>Why the scorer thinks so: positive weight speaks for a complaint or for urgency, negative against, zero for neither.</summary>
/// <param name="Name">A stable code: "waiting", "money", "praise"...</param>
/// <param name="Weight">Signed; larger means it counted more.</param>
/// <param name="Text">For people: 'says "still waiting"'.</param>
public sealed record Reason(string Name, double Weight, string Text)
{
    /// <summary>The customer's own words that show it, or null where no words do.</summary>
    public string? Words { get; init; }

    [JsonIgnore]
    public Side Side => Weight > 0 ? Side.For : Weight < 0 ? Side.Against : Side.Unsure;

    /// <summary>"for (+1.2) waiting: says ...": by its name it stands in `precision` too.</summary>
    public override string ToString() =>
        Side == Side.Unsure ? $"unsure: {Text}" : FormattableString.Invariant($"{(Weight > 0 ? "for" : "against")} ({Weight:+0.0;-0.0}) {Name}: {Text}");
}

/// <summary>What scoring says of one text.</summary>
public sealed record Assessment
{
    /// <summary>Probability 0..1 that this is a complaint.</summary>
    public required double Complaint { get; init; }
    public required bool IsComplaint { get; init; }

    /// <summary>-1 (as bad as can be) .. 1.</summary>
    public required double Sentiment { get; init; }

    /// <summary>"negative", "neutral" or "positive".</summary>
    public required string SentimentLabel { get; init; }

    /// <summary>0..1: how soon a human must look.</summary>
    public required double Urgency { get; init; }
    public required Priority Priority { get; init; }

    /// <summary>0..3: how much was lost, by the words as a whole; null for what was judged before it was asked.</summary>
    public double? Severity { get; init; }

    /// <summary>"delivery", "billing", "outage", "quality", "staff", "app", "refund", "safety", "privacy" or "other".</summary>
    public required string Aspect { get; init; }

    /// <summary>Two-letter language, "und" when unknown.</summary>
    /// <remarks>What was stored before each language went by one code may have another.</remarks>
    public required string Lang { get; init => field = Languages.Plain(value); }

    /// <summary>Little speaks for that language: it may as well be the one that the source claims or, where that claims none, any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LangIsGuess { get; init; }

    /// <summary>Heaviest first; last, with no weight, why the verdict is not sure.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>Why it is so urgent: what the words say, heaviest first, then what is known beside them (stars, thread, repetition, reach), whose weight is urgency.</summary>
    /// <remarks>What was stored before it was kept has none.</remarks>
    public IReadOnlyList<Reason> PriorityReasons { get; init => field = value ?? []; } = [];

    /// <summary>Names of what was seen anywhere in the text, whatever it weighed; null for what was judged before that was kept.</summary>
    public IReadOnlyList<string>? Seen { get; init; }

    /// <summary>The version of the model that said so; null for what was judged before models had names.</summary>
    public string? JudgedBy { get; init; }

    /// <summary>Why the verdict is not sure, for people; null when it is.</summary>
    [JsonIgnore]
    public string? Uncertain => Reasons.FirstOrDefault(reason => reason.Side == Side.Unsure)?.Text;

    /// <summary>What was seen, be it that the model made much of it or not.</summary>
    [JsonIgnore]
    public IEnumerable<string> Signs => Seen ?? Reasons.Where(reason => reason.Side == Side.For).Select(reason => reason.Name);

    /// <summary>The same with other texts of its reasons: masked, or gone.</summary>
    public Assessment WithReasons(Func<Reason, Reason> change) => this with { Reasons = [.. Reasons.Select(change)], PriorityReasons = [.. PriorityReasons.Select(change)] };

    /// <summary>Without a word of the author's.</summary>
    public Assessment WithoutWords() => WithReasons(reason => reason with { Text = reason.Name, Words = null });
}

/// <summary>What is known beside the text.</summary>
public sealed record Evidence
{
    public static readonly Evidence None = new();

    /// <summary>The language that the source claims, or null.</summary>
    public string? Lang { get; init; }
    public long? Followers { get; init; }

    /// <summary>1..5, or null.</summary>
    public double? Stars { get; init; }

    /// <summary>True for a letter: longer, politer, written to us on purpose.</summary>
    public bool Mail { get; init; }

    /// <summary>True for an automatic reply, a bounce or a newsletter: a machine wrote it, so it is nobody's complaint.</summary>
    public bool Automatic { get; init; }

    /// <summary>True where it stands in the thread of a case that is open.</summary>
    public bool Thread { get; init; }

    /// <summary>How often this author has complained before: earlier posts of the case, and cases.</summary>
    public int Earlier { get; init; }
}
