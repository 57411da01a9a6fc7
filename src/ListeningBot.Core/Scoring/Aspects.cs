namespace ListeningBot.Core.Scoring;

/// <summary>What a complaint is about.</summary>
public static class Aspects
{
    /// <summary>Of a complaint that tells of none of the others.</summary>
    public const string Other = "other";

    /// <summary>All of them, in the order of their heads, "other" last.</summary>
    public static IReadOnlyList<string> Names { get; } = ["safety", "privacy", "refund", "billing", "outage", "delivery", "app", "staff", "quality", Other];

    internal static string Of(Desk desk, Model model)
    {
        var (best, most) = (Heads.FirstAspect, double.NegativeInfinity);
        for (var head = Heads.FirstAspect; head <= Head.Quality; head++)
        {
            var logit = model.Logit(head, desk.Logits[(int)head]);
            (best, most) = logit > most ? (head, logit) : (best, most);
        }
        return Steady.Logistic(most) > model.Lines.Aspect ? Names[best - Heads.FirstAspect] : Other;
    }
}
