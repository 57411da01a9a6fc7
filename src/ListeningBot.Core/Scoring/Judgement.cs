namespace ListeningBot.Core.Scoring;

/// <summary>Why a verdict is not sure.</summary>
[Flags]
public enum Doubts
{
    None,

    /// <summary>The text is in a language that is known less well, or in none that is known.</summary>
    Language = 1,

    /// <summary>The probability is near the line.</summary>
    NearLine = 2,

    /// <summary>Hardly a word.</summary>
    FewWords = 4,
}

/// <summary>What is thought of one text, with its grounds as codes and places: made without an allocation. <see cref="Assessment"/> says the same in words.</summary>
public readonly struct Judgement
{
    /// <summary>Probability 0..1.</summary>
    public double Complaint { get; internal init; }
    public bool IsComplaint => Complaint >= Scorer.ComplaintLine;

    /// <summary>-1..1.</summary>
    public double Sentiment { get; internal init; }

    /// <summary>"negative", "neutral" or "positive".</summary>
    public string SentimentLabel { get; internal init; }

    /// <summary>0..1.</summary>
    public double Urgency { get; internal init; }
    public Priority Priority => Scoring.Urgency.PriorityOf(Urgency);

    /// <summary>How much was lost, 0..3.</summary>
    public double Severity { get; internal init; }

    /// <summary>One of <see cref="Aspects.Names"/>.</summary>
    public string Aspect { get; internal init; }

    /// <summary>Two letters, "und" when unknown.</summary>
    public string Lang { get; internal init; }

    /// <summary>Little speaks for it.</summary>
    public bool LangIsGuess { get; internal init; }

    /// <summary>Why it is a complaint or none, heaviest first.</summary>
    public GroundList Grounds { get; internal init; }

    /// <summary>Why it is so urgent: of the words, heaviest first, none where it is surely no complaint; then of the evidence.</summary>
    public GroundList PriorityGrounds { get; internal init; }
    public Doubts Doubts { get; internal init; }

    /// <summary>One bit for each cue that was seen anywhere.</summary>
    internal ulong Seen { get; init; }
}
