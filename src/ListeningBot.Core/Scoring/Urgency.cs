namespace ListeningBot.Core.Scoring;

/// <summary>How soon a human must look: 0..1, and the priority that follows from it.</summary>
internal static class Urgency
{
    private const double CriticalLine = 0.85;
    private const double HighLine = 0.6;
    private const double NormalLine = 0.3;

    /// <summary>From this probability on a complaint is as urgent as its words say. Below, less and less: what is no complaint has nothing to be urgent about.
    /// The author's own harm is believed as soon as it counts as a complaint.</summary>
    private const double Believed = 0.5;

    public static Priority PriorityOf(double urgency) => urgency switch
    {
        >= CriticalLine => Priority.Critical,
        >= HighLine => Priority.High,
        >= NormalLine => Priority.Normal,
        _ => Priority.Low,
    };

    /// <summary>The head that tells this level from the one below; of the lowest, the one that it did not reach.</summary>
    public static Head HeadOf(Priority priority) => priority switch
    {
        Priority.Critical => Head.Critical,
        Priority.High => Head.High,
        _ => Head.Normal,
    };

    /// <summary>What the words say, without any evidence beside them.</summary>
    public static double OfWords(Desk desk, Model model, double complaint)
    {
        var lines = model.Lines;
        var (normal, high, critical) = (Of(Head.Normal, desk, model), Of(Head.High, desk, model), Of(Head.Critical, desk, model));
        var urgency = critical >= lines.Critical ? CriticalLine + (1 - CriticalLine) * (critical - lines.Critical) / (1 - lines.Critical)
            : high >= lines.High ? HighLine + (CriticalLine - HighLine) * critical / lines.Critical
            : normal >= lines.Normal ? NormalLine + (HighLine - NormalLine) * high / lines.High
            : NormalLine * normal / lines.Normal;
        var belief = complaint >= Scorer.ComplaintLine && Harm.IsOwn(desk) ? 1 : Math.Min(1, complaint / Believed);
        return Math.Clamp(urgency * belief * Math.Sqrt(belief), 0, 1);
    }

    private static double Of(Head head, Desk desk, Model model) => Steady.Logistic(model.Logit(head, desk.Logits[(int)head]));
}
