using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Alerting;

/// <summary>The reasons of an assessment as lines for people.</summary>
public static class ReasonLines
{
    /// <summary>More than this nobody reads on a card.</summary>
    public const int MostOnCard = 5;

    /// <summary>Why it is a complaint or none, whether that is sure, and why it is so urgent.</summary>
    /// <param name="all">False: the heaviest five.</param>
    public static IEnumerable<string> Of(Assessment said, bool all = false)
    {
        var weighed = said.Reasons.Where(reason => reason.Side != Side.Unsure).ToList();
        var unsure = said.Reasons.Where(reason => reason.Side == Side.Unsure);
        return (all ? weighed : weighed.Take(MostOnCard)).Concat(unsure).Select(reason => reason.ToString())
            .Concat(all ? said.PriorityReasons.Select(reason => $"{Named(said)} {reason}") : OfPriority(said));
    }

    /// <summary>One line with what speaks for the priority, of a low one what speaks against more; none where nothing does.</summary>
    public static IEnumerable<string> OfPriority(Assessment said) =>
        said.PriorityReasons.Where(reason => reason.Side == (said.Priority == Priority.Low ? Side.Against : Side.For)).Select(reason => reason.Text).Take(MostOnCard).ToList() is { Count: > 0 } texts
            ? [$"{Named(said)}: {string.Join(", ", texts)}"] : [];

    private static string Named(Assessment said) => $"{said.Priority.ToString().ToLowerInvariant()} priority";
}
