using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;
using ListeningBot.Learning;

namespace ListeningBot.Cli;

/// <summary>`train --from-cases`: learns from the verdicts in the store, and keeps what it learned only when that judges better.</summary>
internal sealed class TrainVerbCases(IStore store, ModelFolder folder, TimeProvider time)
{
    public async Task<int> RunAsync(VerbPaper paper, TextWriter messages, CancellationToken ct)
    {
        var teachings = await store.ReadAsync(Teachings.Of, ct);
        messages.WriteLine(Counted(teachings));
        if (Apprentice.TooFew(teachings.Taught) is { } missing)
        {
            messages.WriteLine(missing);
            messages.WriteLine("Verdicts come from \"Not a complaint\" and Resolve on cards, and from \"Is a complaint\" and Dismiss in the maybe list. The model in use stays.");
            return Exit.BadInput;
        }
        return TrainVerbModels.Alone(folder, messages, () =>
        {
            var lessons = Apprentice.Learn(teachings.Taught, folder.InUse().Model, time.GetUtcNow());
            Write(lessons, paper);
            paper.Write((lessons.WhyNot ?? WasRolledBack(lessons.New)) is { } why
                ? $"Not kept: {why}. The model in use stays."
                : $"Kept as {folder.Keep(lessons.New)}: a running bot takes it up within seconds. Back to the one before: listeningbot train --rollback");
        });
    }

    /// <summary>A timer that trains must not bring back what somebody took out of use.</summary>
    private string? WasRolledBack(TeamModel learned) =>
        folder.List().FirstOrDefault(entry => entry.Off && entry.Manifest?.Version == learned.Manifest.Version) is { } off
            ? $"it is the model that was rolled back ({off.File}); new verdicts make another one, and without \".off\" behind its name this one is in use again" : null;

    private static string Counted(Teachings all)
    {
        string[] left =
        [
            .. all.Gone > 0 ? [$"{all.Gone} of deleted or erased posts"] : Array.Empty<string>(),
            .. all.Rewritten > 0 ? [$"{all.Rewritten} on words that were changed"] : Array.Empty<string>(),
            .. all.TakenBack > 0 ? [$"{all.TakenBack} taken back"] : Array.Empty<string>(),
            .. all.Copies > 0 ? [$"{all.Copies} on copies of a text"] : Array.Empty<string>(),
            .. all.Wordless > 0 ? [$"{all.Wordless} on links alone or written by machines"] : Array.Empty<string>(),
        ];
        return $"{all.Taught.Count} texts with a verdict, {all.Taught.Count(one => one.Priority is not null)} with a priority set by people{(left.Length > 0 ? $"; left out: {string.Join(", ", left)}" : "")}.";
    }

    private static void Write(Lessons lessons, VerbPaper paper)
    {
        var fitted = lessons.New.Manifest.Fitted;
        var (held, corpus) = (lessons.Rivals[0].OnVerdicts, lessons.Rivals[0].OnCorpus);
        paper.Write(Sheet($"On {held.Figures.Texts} verdicts held back ({fitted} were learned from)", lessons.Rivals, rival => rival.OnVerdicts));
        paper.Write(Sheet($"On {corpus.Figures.Texts} texts of everybody's complaints held back", lessons.Rivals, rival => rival.OnCorpus));
    }

    private static CheckVerbSheet Sheet(string title, IReadOnlyList<Rival> rivals, Func<Rival, Trial> trial) => new(
        title,
        ["model", "version", "loss (less is better)", "AUC", "F1", "high and critical found"],
        [.. rivals.Select(rival => (IReadOnlyList<string>)[rival.Name, rival.Version, Number(trial(rival).Figures.Loss), Number(trial(rival).Figures.Auc), Number(trial(rival).Figures.F1), Number(trial(rival).GraveFound)])]);

    internal static string Number(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";
}
