using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>How well priority, severity and aspect are told, of texts in the corpus' form.</summary>
internal sealed class EvaluateVerbLabels(IReadOnlyList<EvaluateVerbCase> cases)
{
    private readonly IReadOnlyList<EvaluateVerbCase> _complaints = [.. cases.Where(one => one.From!.Labels.IsComplaint)];

    public int Complaints => _complaints.Count;

    /// <summary>At least so urgent, from all texts to what was called a complaint: what a team sees and what it misses.</summary>
    public EvaluateVerbHits EndToEnd(Priority least) =>
        EvaluateVerbHits.Of(cases, one => one.Said.IsComplaint && one.Said.Priority >= least, one => one.From!.Labels.Priority >= least);

    /// <summary>At least so urgent, of the true complaints alone, whether they were called so or not.</summary>
    public EvaluateVerbHits OfComplaints(Priority least) =>
        EvaluateVerbHits.Of(_complaints, one => one.Said.Priority >= least, one => one.From!.Labels.Priority >= least);

    /// <summary>Of the true complaints.</summary>
    public double AspectAccuracy => _complaints.Count(one => one.Said.Aspect == one.From!.Labels.Aspect) / (double)_complaints.Count;

    /// <summary>How far the severity lies from its label on average, of 0..3; over the true complaints.</summary>
    public double SeverityError => _complaints.Select(one => Math.Abs(SaidSeverity(one) - TrueSeverity(one))).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Spearman's correlation of severities, -1..1: whether what hurt more is said to.</summary>
    public double SeverityOrder => EvaluateVerbRanks.Correlation([.. _complaints.Select(SaidSeverity)], [.. _complaints.Select(TrueSeverity)]);

    /// <summary>What is no complaint, by kind: how many texts, and how many were called one. The worst first.</summary>
    public IReadOnlyList<(string Kind, int Texts, int Alarms)> AlarmsByKind =>
        [.. cases.Where(one => !one.From!.Labels.IsComplaint).GroupBy(one => one.Label)
            .Select(kind => (kind.Key, kind.Count(), kind.Count(one => one.Said.IsComplaint)))
            .OrderByDescending(kind => kind.Item3).ThenByDescending(kind => kind.Item2)];

    /// <summary>By language, then by the name of the file; none where there is one group alone.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<EvaluateVerbCase> Cases)> Groups =>
        [.. By(one => one.From!.Lang), .. By(one => one.From!.File.Split('.')[0])];

    private static double SaidSeverity(EvaluateVerbCase one) => one.Said.Severity ?? 0;

    private static double TrueSeverity(EvaluateVerbCase one) => one.From!.Labels.Severity!.Value;

    private IEnumerable<(string, IReadOnlyList<EvaluateVerbCase>)> By(Func<EvaluateVerbCase, string> group)
    {
        var groups = cases.GroupBy(group).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, (IReadOnlyList<EvaluateVerbCase>)[.. one])).ToList();
        return groups.Count > 1 ? groups : [];
    }
}
