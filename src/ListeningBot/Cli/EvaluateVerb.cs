using System.CommandLine;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>`evaluate FILE...`: how well the scorer does on labelled JSON lines.</summary>
internal static class EvaluateVerb
{
    private static readonly string[] s_usual = ["complaint", "negative"];

    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("files") { Description = "JSON lines {\"id\",\"text\",\"label\"}", Arity = ArgumentArity.OneOrMore };
        var positive = new Option<string?>("--positive") { Description = "The label of a complaint (default: complaint or negative, whichever occurs)" };
        var verb = new Command("evaluate", "Measure the scorer on labelled JSON lines: precision, recall, F1, ROC- and PR-AUC, confusion, calibration") { files, positive };
        verb.SetAction(async (parsed, ct) => await RunAsync(parsed.GetValue(files)!, parsed.GetValue(positive), Console.Out, Console.Error, ct));
        return verb;
    }

    /// <summary>Exit code 1 when a file or one of its lines could not be used; the rest is measured all the same.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<FileInfo> files, string? positive, TextWriter output, TextWriter messages, CancellationToken ct)
    {
        var scorer = new Scorer();
        var exit = Exit.Done;
        var areas = new List<double>();
        foreach (var file in files)
        {
            var cases = new List<EvaluateVerbCase>();
            var good = await ReadAsync(file, scorer, cases, messages, ct);
            var measured = (good || cases.Count > 0) && Report(file, cases, positive, output, messages, areas);
            exit = good && measured ? exit : Exit.BadInput;
        }
        if (areas.Count > 1)
        {
            await output.WriteLineAsync(FormattableString.Invariant($"mean ROC-AUC over {areas.Count} files: {areas.Average() * 100:0.0}%"));
        }
        return exit;
    }

    private static bool Report(FileInfo file, List<EvaluateVerbCase> cases, string? positive, TextWriter output, TextWriter messages, List<double> areas)
    {
        if (cases.Count == 0)
        {
            messages.WriteLine($"{file.Name}: no labelled line in it; nothing to measure.");
            return false;
        }
        var label = positive ?? s_usual.FirstOrDefault(usual => cases.Any(one => one.Label == usual));
        if (label is null || cases.All(one => one.Label != label))
        {
            var seen = string.Join(", ", cases.Select(one => one.Label).Distinct().Take(12));
            messages.WriteLine($"{file.Name}: no line has the label {(label is null ? "\"complaint\" or \"negative\"" : $"\"{label}\"")}; its labels are {seen}. Name the one that means a complaint with --positive.");
            return false;
        }
        var figures = new EvaluateVerbFigures(cases, label);
        EvaluateVerbTable.Write(output, file.Name, figures);
        if (!double.IsNaN(figures.RocAuc))
        {
            areas.Add(figures.RocAuc);
        }
        return true;
    }

    private static async Task<bool> ReadAsync(FileInfo file, Scorer scorer, List<EvaluateVerbCase> cases, TextWriter messages, CancellationToken ct)
    {
        try
        {
            await using var stream = file.OpenRead();
            var lines = new ScoreVerbLines(stream);
            var good = true;
            while (await lines.ReadAsync(ct))
            {
                if (!lines.TooLong && lines.Line.Span.Trim(" \t"u8).IsEmpty)
                {
                    continue;
                }
                var input = lines.TooLong ? ScoreVerbInput.Wrong($"longer than {ScoreVerbLines.MostBytes} bytes") : ScoreVerbInput.Parse(lines.Line);
                if ((input.Error ?? (input.Label is null ? "\"label\" is missing; every line needs one" : null)) is { } error)
                {
                    await messages.WriteLineAsync($"{file.Name}, line {lines.Number}: {error}");
                    good = false;
                    continue;
                }
                var assessment = scorer.Assess(input.Text, input.Evidence);
                cases.Add(new EvaluateVerbCase(input.Label!, assessment.Complaint, assessment.IsComplaint, assessment.SentimentLabel));
            }
            return good;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            await messages.WriteLineAsync($"{file.FullName}: can't be read ({unreadable.Message})");
            return false;
        }
    }
}
