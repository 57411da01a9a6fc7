namespace ListeningBot.Core.Scoring;

/// <summary>In rising order, so that they compare.</summary>
public enum Priority
{
    Low,
    Normal,
    High,
    Critical,
}

/// <summary>Why the scorer thinks so: positive weight speaks for a complaint or for urgency, negative against.</summary>
/// <param name="Name">A stable code: "waiting", "money", "praise"...</param>
/// <param name="Weight">Signed; larger means it counted more.</param>
/// <param name="Text">For people: 'says "still waiting"'.</param>
public sealed record Reason(string Name, double Weight, string Text);

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

    /// <summary>"delivery", "billing", "outage", "quality", "staff", "app", "refund", "safety", "privacy" or "other".</summary>
    public required string Aspect { get; init; }

    /// <summary>Two-letter language, "und" when unknown.</summary>
    public required string Lang { get; init; }

    /// <summary>Heaviest first.</summary>
    public required IReadOnlyList<Reason> Reasons { get; init; }

    /// <summary>The version of the model that said so; null for what was judged before models had names.</summary>
    public string? JudgedBy { get; init; }
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
}
