namespace ListeningBot.Core.Scoring;

/// <summary>How the author feels: -1..1 and its label.</summary>
internal static class Sentiment
{
    /// <summary>Positive less negative probability; stars, where given, count half.</summary>
    public static double Of(Desk desk, Model model, Evidence evidence)
    {
        var feeling = model.Probability(Head.Positive, desk.Logits[(int)Head.Positive]) - model.Probability(Head.Negative, desk.Logits[(int)Head.Negative]);
        if (evidence.Stars is { } stars && double.IsFinite(stars))
        {
            feeling = 0.5 * feeling + 0.5 * Math.Clamp((stars - 3) / 2, -1, 1);
        }
        return Math.Round(Math.Clamp(feeling, -1, 1), 4);
    }

    public static string Label(double sentiment, Lines lines) => sentiment <= lines.Negative ? "negative" : sentiment >= lines.Positive ? "positive" : "neutral";
}
