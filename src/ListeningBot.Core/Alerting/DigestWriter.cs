using ListeningBot.Core.Alerting.Charts;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>Writes a team's digest: a few lines that a busy lead reads, and a small chart.</summary>
public static class DigestWriter
{
    private const int MostAspects = 4;

    /// <param name="title">"care: Friday 20 Nov".</param>
    public static DigestCard Write(CardKey key, string title, DigestFigures figures, IReadOnlyList<ChartBar> bars) => new()
    {
        Key = key,
        Version = 1,
        Title = title,
        Sections = [.. Sections(figures)],
        Chart = figures.Came == 0 ? null : new Picture("digest.png", CaseChart.InWords(bars), CaseChart.Draw(bars)),
    };

    private static IEnumerable<Section> Sections(DigestFigures figures)
    {
        yield return new Section("What came", [Came(figures)]);
        if (figures.Hurts.Count > 0)
        {
            yield return new Section("What hurts most", [.. figures.Hurts.Take(MostAspects).Select(Hurt)], SectionLook.List);
        }
        if (figures.Answered + figures.Waiting > 0)
        {
            yield return new Section("First answer, from the customer's post", [.. Answers(figures)], SectionLook.List);
        }
        if (figures.PromisesKept + figures.PromisesMissed is var promises and > 0)
        {
            yield return new Section("Promises", [figures.PromisesMissed == 0 ? $"All {promises} kept." : $"{figures.PromisesKept} of {promises} kept, {figures.PromisesMissed} not."]);
        }
        if (figures.Ended.Count + figures.Happy + figures.AngryAgain > 0)
        {
            yield return new Section("How it ended", [.. Ends(figures)], SectionLook.List);
        }
    }

    private static string Came(DigestFigures figures) =>
        figures.Came == 0 ? "No new case."
        : figures.NoComplaints == 0 ? $"{Count(figures.Came, "case")}."
        : $"{Count(figures.Came, "case")}, {figures.NoComplaints} of them no complaint.";

    private static string Hurt((string Aspect, int Cases, int Critical) hurt) =>
        $"{hurt.Aspect}: {hurt.Cases}{(hurt.Critical > 0 ? $", {hurt.Critical} critical" : "")}";

    private static IEnumerable<string> Answers(DigestFigures figures)
    {
        if (figures is { AnswerMedian: { } median, AnswerP95: { } slow })
        {
            yield return $"half within {Wording.InWords(median)}, 95 of 100 within {Wording.InWords(slow)}";
            yield return $"{figures.InTarget} of {figures.Answered} in time";
        }
        if (figures.Waiting > 0)
        {
            yield return $"{figures.Waiting} still without an answer";
        }
    }

    private static IEnumerable<string> Ends(DigestFigures figures)
    {
        foreach (var (outcome, count) in figures.Ended.OrderBy(ended => ended.Key))
        {
            yield return $"{outcome.InWords()}: {count}";
        }
        if (figures.Happy > 0)
        {
            yield return $"turned promoter, by their own words: {figures.Happy}";
        }
        if (figures.AngryAgain > 0)
        {
            yield return $"angry again: {figures.AngryAgain}";
        }
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
