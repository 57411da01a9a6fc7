namespace ListeningBot.Core.Scoring;

/// <summary>Scores a text. Thread-safe; the same text gives the same answer everywhere.</summary>
public sealed class Scorer
{
    /// <summary>Never throws, whatever the text.</summary>
    public Assessment Assess(string text, Evidence evidence) => throw new NotSupportedException("being built");
}
