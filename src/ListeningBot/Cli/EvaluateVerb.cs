using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Cli;

/// <summary>What `evaluate` was asked for.</summary>
internal sealed record EvaluateVerbWishes
{
    /// <summary>JSON lines, or texts in the corpus' form (.txt).</summary>
    public required IReadOnlyList<FileInfo> Files { get; init; }

    /// <summary>Measure the held-back part of the built-in corpus too.</summary>
    public bool Corpus { get; init; }

    /// <summary>The label of a complaint; null for the usual ones.</summary>
    public string? Positive { get; init; }

    /// <summary>The share of complaints that must be found, where false alarms are asked for.</summary>
    public double? FalseAlarmsAt { get; init; }
    public bool Json { get; init; }

    /// <summary>So many of the worst verdicts of each kind are listed.</summary>
    public int Worst { get; init; }
    public bool Texts { get; init; }
}

/// <summary>`evaluate`: how well the scorer does on labelled texts.</summary>
internal static class EvaluateVerb
{
    private static readonly string[] s_usual = [EvaluateVerbCase.Complaint, "negative"];

    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("files") { Description = "JSON lines {\"id\",\"text\",\"label\"}; or NAME.LANG.txt in the form of the corpus, which are measured together as one set", Arity = ArgumentArity.ZeroOrMore };
        var corpus = new Option<bool>("--corpus") { Description = "Measure the part of the built-in corpus that nothing is fitted to" };
        var positive = new Option<string?>("--positive") { Description = "The label of a complaint (default: complaint or negative, whichever occurs)" };
        var alarms = new Option<double?>("--false-alarms-at") { Description = "Where this share of the complaints is found (0.9), say how many of the texts of the files without complaints are taken for one" };
        var json = new Option<bool>("--json") { Description = "One line of JSON for each set instead of tables" };
        var worst = new Option<int>("--worst") { Description = "List so many of the worst verdicts of each kind; only for texts that you may learn from" };
        var texts = new Option<bool>("--texts") { Description = "With --worst: show the texts too" };
        var verb = new Command("evaluate", "Measure the scorer on labelled texts: precision, recall, F1, ROC- and PR-AUC, feeling, calibration, confusion; priority, severity and aspect where the labels tell them")
        {
            files, corpus, positive, alarms, json, worst, texts,
        };
        alarms.Validators.Add(result => Refuse(result, !IsShare(result), "--false-alarms-at takes a share of the complaints such as 0.9"));
        worst.Validators.Add(result => Refuse(result, !IsCount(result), "--worst takes how many to list, 1 or more"));
        verb.Validators.Add(result => Refuse(result, result.GetValue(files) is null or [] && !result.GetValue(corpus), "Name a file of labelled texts, or --corpus"));
        verb.Validators.Add(result => Refuse(result, result.GetValue(json) && result.GetResult(worst) is not null, "--worst is read by people: leave out --json"));
        verb.Validators.Add(result => Refuse(result, result.GetValue(texts) && result.GetResult(worst) is null, "--texts needs --worst"));
        verb.SetAction(async (parsed, ct) => await RunAsync(new EvaluateVerbWishes
        {
            Files = parsed.GetValue(files) ?? [],
            Corpus = parsed.GetValue(corpus),
            Positive = parsed.GetValue(positive),
            FalseAlarmsAt = parsed.GetValue(alarms),
            Json = parsed.GetValue(json),
            Worst = parsed.GetResult(worst) is null ? 0 : parsed.GetValue(worst),
            Texts = parsed.GetValue(texts),
        }, Console.Out, Console.Error, ct));
        return verb;
    }

    private static bool IsShare(OptionResult result) =>
        result.Tokens is [{ Value: var text }] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var share) && share is > 0 and <= 1;

    private static bool IsCount(OptionResult result) => result.Tokens is [{ Value: var text }] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0;

    private static void Refuse(SymbolResult result, bool wrong, string why)
    {
        if (wrong)
        {
            result.AddError(why);
        }
    }

    /// <summary>Exit code 1 when a file or one of its lines could not be used; the rest is measured all the same.</summary>
    public static async Task<int> RunAsync(EvaluateVerbWishes wishes, TextWriter output, TextWriter messages, CancellationToken ct)
    {
        var input = new EvaluateVerbInput(new Scorer(), messages);
        var report = new EvaluateVerbReport(wishes, output);
        await foreach (var set in input.ReadAsync(wishes, ct))
        {
            if (set.Cases.Count == 0)
            {
                input.Complain($"{set.Name}: no labelled text in it; nothing to measure.");
            }
            else if (PositiveOf(set, wishes.Positive) is { } positive)
            {
                report.Measured(set, positive);
            }
            else if (wishes.FalseAlarmsAt is not null)
            {
                report.WithoutComplaints(set);
            }
            else
            {
                var seen = string.Join(", ", set.Cases.Select(one => one.Label).Distinct().Take(12));
                input.Complain($"{set.Name}: no text has the label {(wishes.Positive is { } label ? $"\"{label}\"" : "\"complaint\" or \"negative\"")}; its labels are {seen}. Name the one that means a complaint with --positive.");
            }
        }
        if (!report.End())
        {
            input.Complain("--false-alarms-at needs a file with complaints and one without (by --positive LABEL where a file has \"negative\" that is no complaint).");
        }
        return input.IsGood ? Exit.Done : Exit.BadInput;
    }

    private static string? PositiveOf(EvaluateVerbSet set, string? wished) =>
        (wished is null ? s_usual : [wished]).FirstOrDefault(label => set.Cases.Any(one => one.Label == label));
}
