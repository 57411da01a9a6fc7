namespace ListeningBot.Core.Scoring;

/// <summary>How the author feels: -1..1 and its label.</summary>
internal static class Sentiment
{
    private const double Line = 0.15;

    public static double Of(Reading whole, double complaint, Evidence evidence)
    {
        var sum = whole.Good - whole.Bad + (whole.Has(Cue.Praise) ? 0.8 : 0) - (Features.HasTrouble(whole) ? 0.8 : 0);
        var feeling = sum / Math.Sqrt(sum * sum + 12);
        var mixed = feeling - 0.6 * Math.Max(0, complaint - 0.45) * 2;
        if (evidence.Stars is { } stars && double.IsFinite(stars))
        {
            mixed = 0.5 * mixed + 0.5 * Math.Clamp((stars - 3) / 2, -1, 1);
        }
        return Math.Round(Math.Clamp(mixed, -1, 1), 4);
    }

    public static string Label(double sentiment) => sentiment switch
    {
        <= -Line => "negative",
        >= Line => "positive",
        _ => "neutral",
    };
}
