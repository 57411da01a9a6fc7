using System.CommandLine;

namespace ListeningBot.Cli;

/// <summary>`watches`: which watch and which word is worth it, and changes of them.</summary>
internal static class WatchesVerb
{
    public static Command Create() => new("watches", "Change what a watch finds, leaves out, or that it is on trial")
    {
        WatchesVerbEdit.Add(), WatchesVerbEdit.Exclude(), WatchesVerbEdit.Promote(),
    };
}
