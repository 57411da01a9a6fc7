using System.CommandLine;
using ListeningBot.Configuration;
using ListeningBot.Configuration.Editing;
using ListeningBot.Core.Watching;

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
        verb.SetAction((parsed, _) =>
        {
            var reader = new SettingsReader(Sources.Of(parsed.GetValue(CommandLine.ConfigOption)), Program.ChannelKinds, Program.NotifierKinds);
            var change = new WatchChange(kind, parsed.GetValue(watch)!.Trim(), kind == WatchChangeKind.Promote ? "" : parsed.GetValue(word)!.Trim());
            return Task.FromResult(Run(new WatchFile(reader), change, VerbPaper.Standard(), new VerbPaper(Console.Error, null)));
        });
        return verb;
    }

    public static int Run(WatchFile file, WatchChange change, VerbPaper paper, VerbPaper errors)
    {
        var changed = file.Change(change);
        (changed.Done ? paper : errors).Write(changed.Told);
        return changed.Done ? Exit.Done : Exit.BadInput;
    }
}
