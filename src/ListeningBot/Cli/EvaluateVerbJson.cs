using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>What `evaluate --json` gives to scripts: a line for each set, then one for the mean and one for false alarms. Shares are 0..1; what can't be told is left out.</summary>
internal static class EvaluateVerbJson
{
    public static string Of(EvaluateVerbSet set, EvaluateVerbFigures figures) => CasesVerbJson.Of(new
    {
        kind = "set",
        name = set.Name,
        model = set.Cases[0].Said.JudgedBy,
        complaint = OfComplaints(figures),
        feeling = OfFeelings(figures),
        labels = set.IsInCorpusForm ? OfLabels(set.Cases) : null,
        groups = set.IsInCorpusForm ? new EvaluateVerbLabels(set.Cases).Groups.Select(group => OfGroup(group.Name, group.Cases)) : null,
    });

    public static string OfMean(double area, int sets) => CasesVerbJson.Of(new { kind = "mean", rocAuc = Known(area), sets });

    public static string Of(EvaluateVerbAlarms alarms) => CasesVerbJson.Of(new
    {
        kind = "false-alarms",
        recall = Known(alarms.Recall),
        line = Known(alarms.Line),
        together = Known(alarms.Together),
        sets = alarms.Sets.Select(set => set.From(alarms.Line) is var (found, wrong)
            ? new { name = set.Name, complaints = set.Complaints.Length, found = Known(found), others = set.Others.Length, alarms = Known(wrong) } : null),
    });

    private static object OfGroup(string name, IReadOnlyList<EvaluateVerbCase> cases)
    {
        var figures = new EvaluateVerbFigures(cases, EvaluateVerbCase.Complaint);
        return new { name, complaint = OfComplaints(figures), feeling = OfFeelings(figures), labels = OfLabels(cases) };
    }

    private static object OfComplaints(EvaluateVerbFigures figures) => new
    {
        label = figures.Positive,
        texts = figures.Cases.Count,
        complaints = figures.Complaints.True,
        called = figures.Complaints.Said,
        precision = Known(figures.Complaints.Precision),
        recall = Known(figures.Complaints.Recall),
        f1 = Known(figures.Complaints.F1),
        rocAuc = Known(figures.RocAuc),
        prAuc = Known(figures.PrAuc),
        calibrationError = Known(figures.CalibrationError),
    };

    private static object? OfFeelings(EvaluateVerbFigures figures) => !figures.HasFeelings ? null
        : new { macroRecall = Known(figures.MacroRecall), macroF1 = Known(figures.MacroF1), f1OfNegative = Known(figures.NegativeF1) };

    private static object OfLabels(IReadOnlyList<EvaluateVerbCase> cases)
    {
        var labels = new EvaluateVerbLabels(cases);
        return new
        {
            highEndToEnd = OfHits(labels.EndToEnd(Priority.High)),
            criticalEndToEnd = OfHits(labels.EndToEnd(Priority.Critical)),
            highOfComplaints = OfHits(labels.OfComplaints(Priority.High)),
            criticalOfComplaints = OfHits(labels.OfComplaints(Priority.Critical)),
            aspectAccuracy = Known(labels.AspectAccuracy),
            severityError = Known(labels.SeverityError),
            severityOrder = Known(labels.SeverityOrder),
            alarmsByKind = labels.AlarmsByKind.Select(kind => new { kind = kind.Kind, texts = kind.Texts, called = kind.Alarms }),
        };
    }

    private static object OfHits(EvaluateVerbHits hits) => new { texts = hits.True, said = hits.Said, recall = Known(hits.Recall), precision = Known(hits.Precision) };

    private static double? Known(double figure) => double.IsNaN(figure) ? null : Math.Round(figure, 4);
}
