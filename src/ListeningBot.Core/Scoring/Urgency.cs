namespace ListeningBot.Core.Scoring;

/// <summary>How soon a human must look: 0..1, and the priority that follows from it.</summary>
internal static class Urgency
{
    private const double CriticalLine = 0.85;
    private const double HighLine = 0.6;
    private const double NormalLine = 0.3;

    /// <summary>From this probability on a complaint is as urgent as its words say; below, less and less.</summary>
    private const double Believed = 0.4;

    public static Priority PriorityOf(double urgency) => urgency switch
    {
        >= CriticalLine => Priority.Critical,
        >= HighLine => Priority.High,
        >= NormalLine => Priority.Normal,
        _ => Priority.Low,
    };

    public static double Of(Desk desk, Model model, double complaint, Evidence evidence)
    {
        if (evidence.Automatic)
        {
            return 0;
        }
        var lines = model.Lines;
        double Of(Head head) => model.Probability(head, desk.Logits[(int)head]);
        var (normal, high, critical) = (Of(Head.Normal), Of(Head.High), Of(Head.Critical));
        var urgency = critical >= lines.Critical ? CriticalLine + (1 - CriticalLine) * (critical - lines.Critical) / (1 - lines.Critical)
            : high >= lines.High ? HighLine + (CriticalLine - HighLine) * critical / lines.Critical
            : normal >= lines.Normal ? NormalLine + (HighLine - NormalLine) * high / lines.High
            : NormalLine * normal / lines.Normal;
        return Math.Round(Math.Clamp(urgency * Math.Min(1, 0.2 + 0.8 * complaint / Believed) + Reach(evidence, complaint), 0, 1), 4);
    }

    /// <summary>Many readers raise it a little, never by a whole step.</summary>
    private static double Reach(Evidence evidence, double complaint) =>
        evidence.Followers is > 1000 and var followers ? Math.Min(0.08, Steady.Log2(followers / 1000.0) * 0.009) * complaint : 0;
}
