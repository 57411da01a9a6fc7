using System.Globalization;
using ListeningBot.Core.Scoring;
using ListeningBot.Learning;

namespace ListeningBot.Cli;

/// <summary>`train --list` and `train --rollback`: what the team's models are, and back to the one before.</summary>
internal static class TrainVerbModels
{
    public static int List(ModelFolder folder, VerbPaper paper, TextWriter messages) => Guarded(folder, messages, () =>
    {
        var inUse = folder.InUse();
        var refused = inUse.Faults.ToDictionary(fault => fault.File, fault => fault.Fault, StringComparer.Ordinal);
        paper.Write(new CheckVerbSheet(
            $"Models in {folder.Path}",
            ["file", "learned (UTC)", "verdicts", "loss before", "loss after", "F1 before", "F1 after", "state"],
            [
                .. folder.List().Select(entry => (IReadOnlyList<string>)[entry.File, .. Figures(entry.Manifest), State(entry, inUse, refused)]),
                ["the shipped one", "", "", "", "", "", "", inUse.Entry is null ? "in use" : ""],
            ]));
    });

    public static int RollBack(ModelFolder folder, VerbPaper paper, TextWriter messages) => Alone(folder, messages, () =>
        paper.Write(folder.RollBack() is { } now
            ? $"In use now: {now.Entry?.File ?? $"the shipped model {now.Model.Manifest.Version}"}. A running bot takes it up within seconds."
            : "The shipped model is in use already: there is none before it."));

    /// <summary>Nobody else changes the folder meanwhile: what was compared with the model in use is then kept in its place.</summary>
    public static int Alone(ModelFolder folder, TextWriter messages, Action work)
    {
        var busy = false;
        var exit = Guarded(folder, messages, () =>
        {
            using var turn = folder.Turn();
            busy = turn is null;
            if (!busy)
            {
                work();
            }
        });
        if (busy)
        {
            messages.WriteLine($"Another `train` is at work on the models in {folder.Path}. Nothing was changed; try again when it is done.");
        }
        return busy ? Exit.BadInput : exit;
    }

    private static int Guarded(ModelFolder folder, TextWriter messages, Action work)
    {
        try
        {
            work();
            return Exit.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            messages.WriteLine($"The models in {folder.Path} can't be read or written: {e.Message.TrimEnd('.')}. The model in use stays. Run this as the account that the bot runs as, on a disk with room to write.");
            return Exit.BadInput;
        }
    }

    private static string[] Figures(TeamManifest? manifest) => manifest is null ? ["", "", "", "", "", ""] :
    [
        manifest.LearnedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        $"{manifest.Fitted} ({manifest.Complaints} complaints)",
        TrainVerbCases.Number(manifest.Before.Loss),
        TrainVerbCases.Number(manifest.After.Loss),
        TrainVerbCases.Number(manifest.Before.F1),
        TrainVerbCases.Number(manifest.After.F1),
    ];

    private static string State(ModelEntry entry, ModelInUse inUse, Dictionary<string, string?> refused) =>
        entry.File == inUse.Entry?.File ? "in use"
        : entry.Off ? "rolled back"
        : refused.TryGetValue(entry.File, out var why) ? $"not used: {why}"
        : entry.Fault is { } fault ? $"not used: {fault}"
        : "before";
}
