using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>The verdicts that are furthest from their labels, to learn where the errors are.</summary>
internal static class EvaluateVerbWorst
{
    private const int MostReasons = 5;

    public static void Write(TextWriter to, EvaluateVerbSet set, EvaluateVerbFigures figures, int count, bool texts)
    {
        bool IsComplaint(EvaluateVerbCase one) => one.Label == figures.Positive;
        List("missed complaints", one => IsComplaint(one) && !one.Said.IsComplaint, one => -one.Said.Complaint);
        List("false alarms", one => !IsComplaint(one) && one.Said.IsComplaint, one => one.Said.Complaint);
        List("taken too well", one => one.Feeling == "negative" && one.Said.SentimentLabel != "negative", one => one.Said.Sentiment);
        List("taken too badly", one => one.Feeling is "neutral" or "positive" && one.Said.SentimentLabel == "negative", one => -one.Said.Sentiment);
        if (set.IsInCorpusForm)
        {
            List("taken too calmly", one => one.From!.Labels.Priority > one.Said.Priority, one => 10 * (one.From!.Labels.Priority - one.Said.Priority)!.Value - one.Said.Urgency, urgency: true);
            List("taken as too urgent", one => one.Said.IsComplaint && one.Said.Priority > (one.From!.Labels.Priority ?? Priority.Low),
                one => 10 * (one.Said.Priority - (one.From!.Labels.Priority ?? Priority.Low)) + one.Said.Urgency, urgency: true);
            List("another aspect", one => one.From!.Labels.Aspect is { } aspect && aspect != one.Said.Aspect, one => one.Said.Complaint);
        }

        void List(string kind, Func<EvaluateVerbCase, bool> wrong, Func<EvaluateVerbCase, double> howFar, bool urgency = false)
        {
            var all = set.Cases.Where(wrong).OrderByDescending(howFar).ToList();
            to.WriteLine($"  {kind}: {Math.Min(count, all.Count)} of {all.Count}");
            foreach (var one in all.Take(count))
            {
                to.WriteLine($"    {one.Id}: {LabelOf(one)}; said {SaidOf(one)}; {ReasonsOf(urgency ? one.Said.PriorityReasons : one.Said.Reasons)}");
                if (texts)
                {
                    to.WriteLine($"      {CheckVerbSheet.Plain(one.Text)}");
                }
            }
            to.WriteLine();
        }
    }

    private static string LabelOf(EvaluateVerbCase one) => one.From?.Labels is not { } labels ? one.Label
        : labels.IsComplaint ? $"{labels.Kind}, {one.Feeling}, {one.TruePriority}, {labels.Aspect}" : $"{labels.Kind}, {one.Feeling}";

    private static string SaidOf(EvaluateVerbCase one) =>
        FormattableString.Invariant($"{one.Said.Complaint:0.000}, {one.Said.SentimentLabel} {one.Said.Sentiment:0.00}, {EvaluateVerbCase.Name(one.Said.Priority)} {one.Said.Urgency:0.00}, {one.Said.Aspect}");

    private static string ReasonsOf(IReadOnlyList<Reason> reasons) => reasons.Count == 0 ? "no reasons"
        : string.Join(", ", reasons.Take(MostReasons).Select(reason => FormattableString.Invariant($"{reason.Name} {reason.Weight:+0.0;-0.0}")));
}
