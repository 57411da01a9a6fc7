namespace ListeningBot.Core.Scoring;

/// <summary>How the author feels: -1..1 and its label.</summary>
internal static class Sentiment
{
    /// <summary>-1..1. Who complains is not happy, whatever words he mocks with.</summary>
    public static double Feeling(Model model, ReadOnlySpan<float> logits)
    {
        var complaint = model.Probability(Head.Complaint, logits[(int)Head.Complaint]);
        var negative = model.Probability(Head.Negative, logits[(int)Head.Negative]);
        return model.Probability(Head.Positive, logits[(int)Head.Positive]) - (complaint >= Scorer.ComplaintLine ? Math.Max(negative, complaint) : negative);
    }

    /// <summary>Positive less negative probability; stars, where given, count half.</summary>
    public static double Of(Desk desk, Model model, Evidence evidence)
    {
        var feeling = Feeling(model, desk.Logits);
        if (evidence.Stars is { } stars && double.IsFinite(stars))
        {
            feeling = 0.5 * feeling + 0.5 * Math.Clamp((stars - 3) / 2, -1, 1);
        }
        return Math.Round(Math.Clamp(feeling, -1, 1), 4);
    }

    public static string Label(double sentiment, Lines lines) => sentiment <= lines.Negative ? "negative" : sentiment >= lines.Positive ? "positive" : "neutral";
}
