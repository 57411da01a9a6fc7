using System.Globalization;

namespace ListeningBot.Cli;

/// <summary>Writes figures as a table that people read and that a pipe can take.</summary>
internal static class EvaluateVerbTable
{
    public static void Write(TextWriter to, string name, EvaluateVerbFigures figures)
    {
        to.WriteLine($"{name}: {figures.Cases.Count} texts, {figures.Positives} of them \"{figures.Positive}\"");
        to.WriteLine();
        Row(to, "precision", figures.Precision);
        Row(to, "recall", figures.Recall);
        Row(to, "F1", figures.F1);
        Row(to, "ROC-AUC", figures.RocAuc);
        Row(to, "PR-AUC", figures.PrAuc);
        if (figures.HasSentiment)
        {
            Row(to, "sentiment macro recall", figures.MacroRecall);
        }
        Row(to, "calibration error", figures.CalibrationError);
        WriteConfusion(to, figures);
        WriteCalibration(to, figures);
    }

    private static void Row(TextWriter to, string name, double figure) => to.WriteLine($"  {name,-24}{Percent(figure)}");

    private static void WriteConfusion(TextWriter to, EvaluateVerbFigures figures)
    {
        to.WriteLine();
        string[] said = figures.HasSentiment ? ["complaint", "no complaint", "negative", "neutral", "positive"] : ["complaint", "no complaint"];
        to.WriteLine($"  {"label \\ said",-24}{string.Concat(said.Select(one => $"{one,14}"))}");
        foreach (var label in figures.Labels)
        {
            var cases = figures.Cases.Where(one => one.Label == label).ToList();
            var counts = said.Select(one => one switch
            {
                "complaint" => cases.Count(each => each.IsComplaint),
                "no complaint" => cases.Count(each => !each.IsComplaint),
                _ => cases.Count(each => each.SentimentLabel == one),
            });
            to.WriteLine($"  {(label.Length > 22 ? label[..22] : label),-24}{string.Concat(counts.Select(count => $"{count,14}"))}");
        }
    }

    private static void WriteCalibration(TextWriter to, EvaluateVerbFigures figures)
    {
        to.WriteLine();
        to.WriteLine($"  {"probability",-24}{"texts",14}{"said",14}{"true",14}");
        foreach (var (bin, at) in figures.Calibration.Select((bin, at) => (bin, at)))
        {
            var range = string.Create(CultureInfo.InvariantCulture, $"{at / 10.0:0.0} - {(at + 1) / 10.0:0.0}");
            to.WriteLine($"  {range,-24}{bin.Count,14}{Percent(bin.Said).Trim(),14}{Percent(bin.True).Trim(),14}");
        }
        to.WriteLine();
    }

    private static string Percent(double figure) => double.IsNaN(figure) ? "      -" : string.Create(CultureInfo.InvariantCulture, $"{figure * 100,6:0.0}%");
}
