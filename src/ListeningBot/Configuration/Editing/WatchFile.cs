using System.Text;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Configuration.Editing;

/// <summary>
/// config/watches.yaml as it lies on this machine, changed for somebody. Nothing is written that can't be read again, or that the whole configuration would refuse.
/// </summary>
/// <param name="store">Knows what is live; null where there is none yet.</param>
public sealed class WatchFile(SettingsReader reader, IStore? store = null)
{
    private static readonly byte[] s_mark = [0xEF, 0xBB, 0xBF];

    /// <summary>Two people at once: one after the other.</summary>
    private readonly SemaphoreSlim _oneByOne = new(1);

    public async Task<WatchChanged> ChangeAsync(WatchChange change)
    {
        await _oneByOne.WaitAsync();
        try
        {
            var here = reader.LoadTexts();
            if (here.File(Sources.Watches) is not { } file)
            {
                return No($"There is no {Sources.Watches} here, so there is no watch to change.");
            }
            var (texts, behind) = store is null ? (here, null) : await store.ReadAsync(view => Begin(view, here));
            return texts is null ? No(behind!) : Change(change, new Begun(file, texts, behind));
        }
        finally
        {
            _oneByOne.Release();
        }
    }

    /// <summary>What a change begins with.</summary>
    /// <param name="Here">The file as it lies here, which is replaced.</param>
    /// <param name="Behind">How the files here differ from what is live, whose watches these are; null where the change begins with the files as they are.</param>
    private sealed record Begun(FileText Here, SourceTexts Texts, string? Behind)
    {
        public FileText File => Texts.File(Sources.Watches)!;
    }

    /// <summary>
    /// Files that the live version has left behind, as where a word was added on another machine, would take away what went live since: in their place the live watches are changed. Where other files differ too, an
    /// edit here would take these back, and nothing is changed.
    /// </summary>
    private (SourceTexts? Texts, string? Behind) Begin(IStoreView view, SourceTexts here)
    {
        var print = here.Print();
        if (ConfigStanding.LeftBehind(view, reader.Node, print) is not { } live)
        {
            return (here, null);
        }
        var behind = ConfigStanding.Differs(view, new FilesHere(reader.Node, print, Errors: 0));
        var watches = AppliedFiles.Texts(live, here)?.File(Sources.Watches);
        var texts = watches is null ? here : With(here, watches);
        return (texts.Print() == live.Hash ? texts : null, behind);
    }

    private WatchChanged Change(WatchChange change, Begun begun)
    {
        var before = reader.Read(begun.Texts);
        return before.Problems.FirstOrDefault(problem => problem.File == begun.File.Shown) is { } broken ? No($"The file can't be changed as long as it has errors: {broken}")
            : before.AsFarAsRead.Watches.FirstOrDefault(watch => watch.Name == change.Watch) is not { } watch ? No(Unknown(change.Watch, before.AsFarAsRead.Watches))
            : (WhyNot(watch, change) is { } why ? No(why) : Write(begun, before, Edit(change), Said(change))) with { IsSo = IsSo(watch, change) };
    }

    private static SourceTexts With(SourceTexts texts, FileText file) => texts with { Files = [.. texts.Files.Select(one => one.Name == file.Name ? file : one)] };

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

    private WatchChanged Write(Begun begun, SettingsReading before, WatchEdit edit, string said)
    {
        var file = begun.File;
        var text = file.Text(new Problems()) ?? "";
        var edited = YamlEdit.Apply(text, edit);
        if (edited.Text is null)
        {
            return No($"{file.Shown}:{edited.Line}: it {edited.WhyNot}. Nothing was written. Change it by hand there.");
        }
        byte[] bytes = [.. file.Bytes.AsSpan().StartsWith(s_mark) ? s_mark : [], .. Encoding.UTF8.GetBytes(edited.Text)];
        if (bytes.AsSpan().SequenceEqual(begun.Here.Bytes))
        {
            // It was proposed before, and did not go live.
            return No(begun.Behind!);
        }
        var after = reader.Read(With(begun.Texts, file with { Bytes = bytes }));
        if (after.Problems.FirstOrDefault(problem => !before.Problems.Any(old => (old.File, old.What) == (problem.File, problem.What))) is { } broken)
        {
            return No($"That would be an error: {broken} Nothing was written.");
        }
        var brought = begun.Behind is null ? "" : " The file here was not what is live: it is now, with this change.";
        return WholeFile.Replace(begun.Here, bytes) is { } why ? No(why) : new WatchChanged(true, $"{said}: {file.Shown}, line {edited.Line}.{brought} A running bot looks at it within two seconds and tells the ops room whether it is live or held.");
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
