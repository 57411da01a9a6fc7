using System.Globalization;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>Writes what only texts in the corpus' form tell: priority, aspect, kinds, and each language and file by itself.</summary>
internal static class EvaluateVerbCorpusTable
{
    private static readonly string[] s_priorities = [.. Enum.GetValues<Priority>().Reverse().Select(EvaluateVerbCase.Name), EvaluateVerbCase.NoComplaint];

    public static void Write(TextWriter to, IReadOnlyList<EvaluateVerbCase> cases)
    {
        var labels = new EvaluateVerbLabels(cases);
        WriteUrgent(to, labels);
        to.WriteLine();
        to.WriteLine($"  of {labels.Complaints} complaints");
        to.WriteLine($"  {"aspect accuracy",-24}{EvaluateVerbTable.Percent(labels.AspectAccuracy),14}");
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"severity, mean error",-24}{labels.SeverityError,14:0.00}  of 0 to 3"));
        to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"severity, Spearman",-24}{labels.SeverityOrder,14:0.00}"));
        EvaluateVerbTable.WriteConfusion(to, "priority \\ said", cases, s_priorities, s_priorities, one => one.TruePriority, one => one.SaidPriority);
        EvaluateVerbTable.WriteConfusion(to, "aspect \\ said", [.. cases.Where(one => one.From!.Labels.IsComplaint)], Aspects.Names, Aspects.Names, one => one.From!.Labels.Aspect!, one => one.Said.Aspect);
        WriteAlarms(to, labels);
        WriteGroups(to, labels);
        to.WriteLine();
    }

    private static void WriteUrgent(TextWriter to, EvaluateVerbLabels labels)
    {
        to.WriteLine($"  {"how urgent",-44}{"texts",8}{"said",8}{"recall",12}{"precision",12}{"F1",12}");
        Row("high or critical, called a complaint too", labels.EndToEnd(Priority.High));
        Row("critical, called a complaint too", labels.EndToEnd(Priority.Critical));
        Row("high or critical, of the complaints", labels.OfComplaints(Priority.High));
        Row("critical, of the complaints", labels.OfComplaints(Priority.Critical));

        void Row(string name, EvaluateVerbHits hits) => to.WriteLine($"  {name,-44}{hits.True,8}{hits.Said,8}"
            + $"{EvaluateVerbTable.Percent(hits.Recall),12}{EvaluateVerbTable.Percent(hits.Precision),12}{EvaluateVerbTable.Percent(hits.F1),12}");
    }

    private static void WriteAlarms(TextWriter to, EvaluateVerbLabels labels)
    {
        to.WriteLine();
        to.WriteLine($"  {"false alarms by kind",-24}{"texts",14}{"called one",14}{"share",14}");
        foreach (var (kind, texts, alarms) in labels.AlarmsByKind)
        {
            to.WriteLine($"  {kind,-24}{texts,14}{alarms,14}{EvaluateVerbTable.Percent(alarms / (double)texts),14}");
        }
    }

    private static void WriteGroups(TextWriter to, EvaluateVerbLabels labels)
    {
        if (labels.Groups.Count == 0)
        {
            return;
        }
        string[] columns = ["texts", "complaints", "ROC-AUC", "precision", "recall", "F1", "calibration", "feelings", "high+ recall", "precision", "crit. recall", "precision"];
        to.WriteLine();
        to.WriteLine($"  {"by language and file",-24}{string.Concat(columns.Select(one => $"{one,14}"))}");
        foreach (var (name, cases) in labels.Groups)
        {
            var figures = new EvaluateVerbFigures(cases, EvaluateVerbCase.Complaint);
            var group = new EvaluateVerbLabels(cases);
            var (high, critical) = (group.EndToEnd(Priority.High), group.EndToEnd(Priority.Critical));
            double[] shares = [figures.RocAuc, figures.Complaints.Precision, figures.Complaints.Recall, figures.Complaints.F1, figures.CalibrationError,
                figures.HasFeelings ? figures.MacroRecall : double.NaN, high.Recall, high.Precision, critical.Recall, critical.Precision];
            to.WriteLine($"  {name,-24}{cases.Count,14}{group.Complaints,14}{string.Concat(shares.Select(share => $"{EvaluateVerbTable.Percent(share),14}"))}");
        }
    }
}
