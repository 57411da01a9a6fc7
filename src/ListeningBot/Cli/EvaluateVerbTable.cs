using System.Globalization;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>Writes figures as tables that people read and that a pipe can take.</summary>
internal static class EvaluateVerbTable
{
    public static void Write(TextWriter to, string name, EvaluateVerbFigures figures)
    {
        to.WriteLine($"{name}: {figures.Cases.Count} texts, {figures.Complaints.True} of them \"{figures.Positive}\"; model {figures.Cases[0].Said.JudgedBy}");
        to.WriteLine();
        Row(to, "precision", figures.Complaints.Precision);
        Row(to, "recall", figures.Complaints.Recall);
        Row(to, "F1", figures.Complaints.F1);
        Row(to, "ROC-AUC", figures.RocAuc);
        Row(to, "PR-AUC", figures.PrAuc);
        if (figures.HasFeelings)
        {
            Row(to, "sentiment macro recall", figures.MacroRecall);
            Row(to, "sentiment macro F1", figures.MacroF1);
            Row(to, "sentiment F1 negative", figures.NegativeF1);
        }
        Row(to, "calibration error", figures.CalibrationError);
        WriteCalls(to, figures);
        if (figures.HasFeelings)
        {
            WriteConfusion(to, "feeling \\ said", figures.Cases, EvaluateVerbCase.Feelings, EvaluateVerbCase.Feelings, one => one.Feeling!, one => one.Said.SentimentLabel);
        }
        WriteCalibration(to, figures);
    }

    private static void Row(TextWriter to, string name, double figure) => to.WriteLine($"  {name,-24}{Percent(figure),7}");

    private static void WriteCalls(TextWriter to, EvaluateVerbFigures figures) => WriteConfusion(to, "label \\ said", figures.Cases,
        [.. figures.Cases.Select(one => one.Label).Distinct().Order(StringComparer.Ordinal)], [EvaluateVerbCase.Complaint, EvaluateVerbCase.NoComplaint],
        one => one.Label, one => one.Said.IsComplaint ? EvaluateVerbCase.Complaint : EvaluateVerbCase.NoComplaint);

    /// <summary>How often each was said for each that is true.</summary>
    public static void WriteConfusion(TextWriter to, string title, IReadOnlyList<EvaluateVerbCase> cases, IReadOnlyList<string> rows, IReadOnlyList<string> columns,
        Func<EvaluateVerbCase, string> @true, Func<EvaluateVerbCase, string> said)
    {
        to.WriteLine();
        to.WriteLine($"  {title,-24}{string.Concat(columns.Select(one => $"{one,14}"))}");
        var counts = cases.CountBy(one => (@true(one), said(one))).ToDictionary();
        foreach (var row in rows)
        {
            to.WriteLine($"  {(row.Length > 22 ? row[..22] : row),-24}{string.Concat(columns.Select(column => $"{counts.GetValueOrDefault((row, column)),14}"))}");
        }
    }

    private static void WriteCalibration(TextWriter to, EvaluateVerbFigures figures)
    {
        to.WriteLine();
        to.WriteLine($"  {"probability",-24}{"texts",14}{"said",14}{"true",14}");
        foreach (var (bin, at) in figures.Calibration.Select((bin, at) => (bin, at)))
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"{at / 10.0:0.0} - {(at + 1) / 10.0:0.0}");
            to.WriteLine($"  {range,-24}{bin.Count,14}{Percent(bin.Said),14}{Percent(bin.True),14}");
        }
        to.WriteLine();
    }

    /// <summary>"-" where there is nothing to measure.</summary>
    public static string Percent(double figure) => double.IsNaN(figure) ? "-" : string.Create(CultureInfo.InvariantCulture, $"{figure * 100:0.0}%");
}
