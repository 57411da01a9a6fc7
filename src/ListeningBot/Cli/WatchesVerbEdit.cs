using System.CommandLine;
using ListeningBot.Configuration;
using ListeningBot.Configuration.Editing;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Watching;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>`watches add`, `remove`, `exclude` and `promote`: one change of one watch in its file, all else left as it stands.</summary>
internal static class WatchesVerbEdit
{
    public static Command Promote() => Create("promote", "End a watch's trial: its alerts go to its team from now on", WatchChangeKind.Promote);

    public static Command Add() => Create("add", "Add a word or phrase to what a watch finds", WatchChangeKind.Add);

    public static Command Remove() => Create("remove", "Take a word or phrase out of what a watch finds", WatchChangeKind.Remove);

    public static Command Exclude() => Create("exclude", "Add a word or phrase that rules a post out for a watch", WatchChangeKind.Exclude);

    private static Command Create(string name, string description, WatchChangeKind kind)
    {
        var watch = new Argument<string>("watch") { Description = "Its name" };
        var word = new Argument<string>("word") { Description = "A word, or a phrase in quotes" };
        var verb = new Command(name, description) { watch };
        if (kind != WatchChangeKind.Promote)
        {
            verb.Add(word);
        }
        verb.SetAction(async (parsed, _) =>
        {
            var reader = new SettingsReader(Sources.Of(parsed.GetValue(CommandLine.ConfigOption)), Program.ChannelKinds, Program.NotifierKinds);
            var change = new WatchChange(kind, parsed.GetValue(watch)!.Trim(), kind == WatchChangeKind.Promote ? "" : parsed.GetValue(word)!.Trim());
            var errors = new VerbPaper(Console.Error, null);
            await using var store = Beside(parsed, errors);
            return await RunAsync(new WatchFile(reader, store), change, VerbPaper.Standard(), errors);
        });
        return verb;
    }

    /// <summary>Null before the first start. Where it can't be asked, the file can still be changed, as by an editor.</summary>
    private static Store? Beside(ParseResult parsed, VerbPaper errors)
    {
        try
        {
            var place = StoreVerb.PlaceOf(parsed);
            return Stores.MayBeThere(place) ? Stores.OpenBeside(place) : null;
        }
        catch (StoreException e)
        {
            errors.Write($"Whether the files here are what is live can't be known: {e.Message}");
            return null;
        }
    }

    private static async Task<int> RunAsync(WatchFile file, WatchChange change, VerbPaper paper, VerbPaper errors)
    {
        var changed = await file.ChangeAsync(change);
        (changed.Done ? paper : errors).Write(changed.Told);
        return changed.Done ? Exit.Done : Exit.BadInput;
    }
}
