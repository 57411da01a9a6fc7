using System.Text;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Configuration.Editing;

/// <summary>
/// config/watches.yaml as it lies on this machine, changed for somebody. Nothing is written that can't be read again, or that the whole configuration would refuse.
/// </summary>
public sealed class WatchFile(SettingsReader reader)
{
    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];

    /// <summary>Two people at once: one after the other.</summary>
    private readonly Lock _oneByOne = new();

    public WatchChanged Change(WatchChange change)
    {
        lock (_oneByOne)
        {
            var texts = reader.LoadTexts();
            if (texts.File(Sources.Watches) is not { } file)
            {
                return No($"There is no {Sources.Watches} here, so there is no watch to change.");
            }
            var before = reader.Read(texts);
            return before.Problems.FirstOrDefault(problem => problem.File == file.Shown) is { } broken ? No($"The file can't be changed as long as it has errors: {broken}")
                : before.AsFarAsRead.Watches.FirstOrDefault(watch => watch.Name == change.Watch) is not { } watch ? No(Unknown(change.Watch, before.AsFarAsRead.Watches))
                : (WhyNot(watch, change) is { } why ? No(why) : Write(texts, file, before, Edit(change), Said(change))) with { IsSo = IsSo(watch, change) };
        }
    }

    private static bool IsSo(Watch watch, WatchChange change) => change.Kind switch
    {
        WatchChangeKind.Add => watch.Find.Contains(change.Word),
        WatchChangeKind.Exclude => watch.Exclude.Contains(change.Word),
        WatchChangeKind.Remove => watch.Query is null && !watch.Find.Contains(change.Word),
        _ => !watch.Shadow,
    };

    internal static WatchEdit Edit(WatchChange change) => change.Kind switch
    {
        WatchChangeKind.Add => new WatchEdit.AddWord(change.Watch, "find", change.Word),
        WatchChangeKind.Exclude => new WatchEdit.AddWord(change.Watch, "exclude", change.Word),
        WatchChangeKind.Remove => new WatchEdit.RemoveWord(change.Watch, "find", change.Word),
        _ => new WatchEdit.RemoveKey(change.Watch, "shadow"),
    };

    private WatchChanged Write(SourceTexts texts, FileText file, SettingsReading before, WatchEdit edit, string said)
    {
        var text = file.Text(new Problems()) ?? "";
        var edited = YamlEdit.Apply(text, edit);
        if (edited.Text is null)
        {
            return No($"{file.Shown}:{edited.Line}: it {edited.WhyNot}. Nothing was written. Change it by hand there.");
        }
        byte[] bytes = [.. file.Bytes.AsSpan().StartsWith(s_mark) ? s_mark : [], .. Encoding.UTF8.GetBytes(edited.Text)];
        var after = reader.Read(texts with { Files = [.. texts.Files.Select(one => one.Name == file.Name ? one with { Bytes = bytes } : one)] });
        if (after.Problems.FirstOrDefault(problem => !before.Problems.Any(old => (old.File, old.What) == (problem.File, problem.What))) is { } broken)
        {
            return No($"That would be an error: {broken} Nothing was written.");
        }
        return WholeFile.Replace(file, bytes) is { } why ? No(why) : new WatchChanged(true, $"{said}: {file.Shown}, line {edited.Line}. A running bot looks at it within two seconds and tells the ops room whether it is live or held.");
    }

    private static WatchChanged No(string why) => new(false, why);

    private static string Unknown(string name, IReadOnlyList<Watch> watches) =>
        $"There is no watch {Problems.Quote(name)}. {Nearest.Cure(name, [.. watches.Select(watch => watch.Name)], "There is none at all.")}";

    private static string? WhyNot(Watch watch, WatchChange change) => change.Kind switch
    {
        WatchChangeKind.Promote => watch.Shadow ? null : $"Watch {Problems.Quote(watch.Name)} is not on trial: there is nothing to promote.",
        _ when string.IsNullOrWhiteSpace(change.Word) || change.Word.Any(char.IsControl) => "Which word? Write a word or a short phrase on one line.",
        WatchChangeKind.Remove when watch.Query is not null => $"Watch {Problems.Quote(watch.Name)} listens by a query, which I don't rewrite. Take {Problems.Quote(change.Word)} out of it in {Sources.Watches}.",
        WatchChangeKind.Add when watch.Query is { } query => ByHand(watch, query.Text, change.Word),
        WatchChangeKind.Add when watch.Everything => $"Watch {Problems.Quote(watch.Name)} takes everything on {string.Join(", ", watch.Channels)} already: a word adds nothing.",
        _ => null,
    };

    /// <summary>A query is a thought of somebody: its new form is shown, and they put it where they mean it.</summary>
    private static string ByHand(Watch watch, string query, string word)
    {
        var oneLine = string.Join(' ', query.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var added = word.Contains(' ', StringComparison.Ordinal) ? $"\"{word.Replace("\"", "\\\"", StringComparison.Ordinal)}\"" : word;
        return $"Watch {Problems.Quote(watch.Name)} listens by a query, which I don't rewrite. Put this in its place in {Sources.Watches}: query: '{$"({oneLine}) OR {added}".Replace("'", "''", StringComparison.Ordinal)}'";
    }

    private static string Said(WatchChange change) => change.Kind switch
    {
        WatchChangeKind.Add => $"Watch {Problems.Quote(change.Watch)} now also finds {Problems.Quote(change.Word)}",
        WatchChangeKind.Remove => $"Watch {Problems.Quote(change.Watch)} no longer finds {Problems.Quote(change.Word)}",
        WatchChangeKind.Exclude => $"Watch {Problems.Quote(change.Watch)} now leaves out what says {Problems.Quote(change.Word)}",
        _ => $"Watch {Problems.Quote(change.Watch)} is no longer on trial: its alerts go to its team",
    };
}
