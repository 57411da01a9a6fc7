using ListeningBot.Configuration;
using ListeningBot.Configuration.Editing;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>
/// Writes the managers' files of a version back to config/, and only when they would be good today. From there on it is an edit like any other: it goes live, or the guard
/// holds it. What it replaces is kept beside it.
/// </summary>
internal sealed class ConfigVerbRestore(SettingsReader reader)
{
    public const string Kept = ".before-restore";

    public async Task<int> RunAsync(IStore store, long id, VerbPaper paper, CancellationToken ct)
    {
        var today = reader.LoadTexts();
        if (await store.ReadAsync(view => view.ConfigOf(id), ct) is not { } version || AppliedFiles.Texts(version, today) is not { } kept)
        {
            paper.Write(ConfigVerbHistory.WhyNot(id));
            return Exit.BadInput;
        }
        var wanted = today with { Files = [.. today.Files.Where(file => !IsManagers(file)), .. kept.Files.Where(IsManagers), .. Emptied(today, kept, id)] };
        // What is wrong elsewhere, and secrets that only the service is given, keep nobody from having these files back.
        var bad = reader.Read(wanted).Problems.Where(problem => wanted.Files.Any(file => IsManagers(file) && file.Shown == problem.File)).ToList();
        if (bad.Count > 0)
        {
            paper.Write($"Version {id} would not be good today, so nothing was written:");
            CheckVerb.TellProblems(bad, paper);
            return Exit.BadInput;
        }
        FileText[] changed = [.. wanted.Files.Where(file => today.File(file.Name)?.Bytes is not { } bytes || !bytes.AsSpan().SequenceEqual(file.Bytes))];
        FileText[] gone = [.. today.Files.Where(file => wanted.File(file.Name) is null)];
        if (changed.Length + gone.Length == 0)
        {
            paper.Write($"The managers' files here are those of version {id} already. Nothing was written.");
            if (await store.ReadAsync(view => ConfigStanding.Differs(view, ConfigVerbStatus.FilesHere(reader.Node, reader.Read())), ct) is { } differs)
            {
                paper.Write(differs);
            }
            return Exit.Done;
        }
        return Write(today, changed, gone, paper) ? Exit.Done : Exit.BadInput;
    }

    private static bool Write(SourceTexts today, FileText[] changed, FileText[] gone, VerbPaper paper)
    {
        try
        {
            foreach (var file in changed)
            {
                if (WhyNot(today.File(file.Name), file) is { } why)
                {
                    paper.Write(why);
                    return false;
                }
                paper.Write($"{file.Shown} is written{(today.File(file.Name) is null ? "" : $"; what it was is kept as {Path.GetFileName(file.Shown)}{Kept}")}.");
            }
            foreach (var file in gone)
            {
                File.Move(file.Shown, file.Shown + Kept, overwrite: true);
                paper.Write($"{file.Shown} was not there then; it is kept as {Path.GetFileName(file.Shown)}{Kept}.");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            paper.Write($"The files can't be written here: {e.Message} Let this account write the folder config/, or change the files where they come from.");
            return false;
        }
        paper.Write("A running bot takes it up like an edit, within two seconds; else the next start does.");
        return true;
    }

    private static string? WhyNot(FileText? before, FileText after)
    {
        var kept = after.Shown + Kept;
        if (before is null)
        {
            // The whole folder may be gone: that is what the versions are kept for.
            Directory.CreateDirectory(Path.GetDirectoryName(after.Shown)!);
            File.WriteAllBytes(after.Shown, after.Bytes!);
            return null;
        }
        // A link in its place goes; what it leads to stays.
        File.Delete(kept);
        if (before.Bytes is null)
        {
            File.Move(after.Shown, kept);
            File.WriteAllBytes(after.Shown, after.Bytes!);
            return null;
        }
        File.WriteAllBytes(kept, before.Bytes);
        return WholeFile.Replace(before, after.Bytes!);
    }

    /// <summary>A manager's file that was not there then: a bot that runs would miss it, so it stays and says nothing.</summary>
    private static IEnumerable<FileText> Emptied(SourceTexts today, SourceTexts kept, long id) => today.Files
        .Where(file => Sources.ManagersFiles.Contains(file.Name, StringComparer.Ordinal) && kept.File(file.Name) is null)
        .Select(file => file with { Bytes = System.Text.Encoding.UTF8.GetBytes($"# Version {id} had no such file.\n") });

    /// <summary>A plain file of config/, wherever the text of its name came from.</summary>
    private static bool IsManagers(FileText file) =>
        file.Name.StartsWith("config/", StringComparison.Ordinal) && file.Name.IndexOfAny(['/', '\\'], "config/".Length) < 0 && !file.Name.StartsWith("config/.", StringComparison.Ordinal);
}
