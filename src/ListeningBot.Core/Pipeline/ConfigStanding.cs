using System.Globalization;

namespace ListeningBot.Core.Pipeline;

/// <summary>The configuration files of one machine as they stand.</summary>
/// <param name="Node">The machine and the folder, as <see cref="IStoreView.FilesSeenBy"/> knows them.</param>
/// <param name="Hash">As in <see cref="ConfigVersion.Hash"/>.</param>
/// <param name="Errors">How many; then the files are no version, whatever their hash.</param>
public sealed record FilesHere(string Node, string Hash, int Errors);

/// <summary>What is live, and how the files of a machine differ from it, in words.</summary>
public static class ConfigStanding
{
    /// <summary>"Version 12 of the configuration is live since ..."; null while nothing was ever applied.</summary>
    public static string? Live(IStoreView view) =>
        view.ConfigOf(view.LatestConfigId()) is { } live ? $"Version {live.Id} of the configuration is live since {Time(live.At)}, by {live.By}: {live.Changed}." : null;

    /// <summary>What waits for a decision, or null.</summary>
    public static string? Held(IStoreView view) => HeldOf(view) is { } held ? Told(held) : null;

    /// <summary>The same with all reasons; empty when nothing is held.</summary>
    public static IEnumerable<string> HeldLines(IStoreView view) =>
        HeldOf(view) is { } held ? [Told(held), .. HeldWriter.Why(view, held), $"Reckoned on {held.Why.ReckonedOn}. Decide: `listeningbot config apply` or `listeningbot config discard`."] : [];

    private static string Told(HeldChange held) => $"Held since {Time(held.Wanted.At)}, not live (change {held.Id}): {held.Wanted.Changed}.";

    private static HeldChange? HeldOf(IStoreView view) => view.LatestHeld() is (var id, HeldStanding.Held) ? view.HeldChangeOf(id) : null;

    /// <summary>Null when the files are what is live.</summary>
    public static string? Differs(IStoreView view, FilesHere files)
    {
        if (view.ConfigOf(view.LatestConfigId()) is not { } live || (files.Errors == 0 && files.Hash == live.Hash))
        {
            return null;
        }
        var begin = $"The files on this machine ({files.Node}) are not what is live";
        if (files.Errors > 0)
        {
            return $"{begin}: they have {(files.Errors == 1 ? "an error" : $"{files.Errors} errors")}, see `listeningbot check`.";
        }
        var seen = view.FilesSeenBy(files.Node) is { } last && last.Hash == files.Hash ? last.At : (DateTimeOffset?)null;
        return (view.ConfigOfHash(files.Hash), view.HeldChangeOfHash(files.Hash)) switch
        {
            (_, { Standing: HeldStanding.Held } held) => $"{begin}, since {Time(held.Wanted.At)}: they are held change {held.Id}, which waits for `listeningbot config apply` or `discard`.",
            (_, null) or (not null, _) when seen is null => $"{begin}: they were edited, and a bot that runs takes them up within two seconds, else the next start does.",
            ({ } older, _) => $"{begin}, since {Time(Later(seen!.Value, view.ConfigOf(older.Id + 1)?.At))}: they are those of version {older.Id}. {Cure(live)}",
            (_, { Standing: HeldStanding.Discarded } held) => $"{begin}, since {Time(held.Wanted.At)}: they are change {held.Id}, {HeldWriter.Became(held)}. {Cure(live)}",
            (_, { } held) => $"{begin}, since {Time(held.Wanted.At)}: they were held change {held.Id}, {HeldWriter.Became(held)}. {Cure(live)}",
            _ => $"{begin}, since {Time(seen!.Value)}. {Cure(live)}",
        };
    }

    /// <summary>This node has dealt with these files already, or has never looked and brings those of an older version.</summary>
    public static bool IsStale(IStoreView view, string node, string print) => view.FilesSeenBy(node) is { } seen ? seen.Hash == print : view.ConfigOfHash(print) is not null;

    /// <summary>The live version, where these files are another one and wait for nothing: an edit of them would take back what went live since. Else null.</summary>
    public static ConfigVersion? LeftBehind(IStoreView view, string node, string print) =>
        view.ConfigOf(view.LatestConfigId()) is { } live && live.Hash != print && IsStale(view, node, print) && view.HeldChangeOfHash(print) is not { Standing: HeldStanding.Held } ? live : null;

    private static string Cure(ConfigVersion live) => $"`listeningbot config restore {live.Id}` brings them to it; an edit proposes them anew.";

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset? b) => b > a ? b.Value : a;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
