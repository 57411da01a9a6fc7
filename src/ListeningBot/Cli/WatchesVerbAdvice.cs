using System.Globalization;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>What deserves a look, each with the command that does something about it.</summary>
internal static class WatchesVerbAdvice
{
    private const int MostOfAKind = 15;

    public static IEnumerable<string> Of(WatchesReport report, IReadOnlyList<WatchWorth> watches)
    {
        var noise = watches.Where(worth => worth.IsNoise).Select(worth => $"  watch {worth.Watch.Name}: {Share(worth.Alerts)}. Words that it could leave out: {Command("suggest", "--watch", worth.Watch.Name)}")
            .Concat(WordsWhere(watches, word => word.IsNoise, word => Share(word.Alerts)));
        var silent = watches.Where(report.NeverFires).Select(worth => $"  watch {worth.Watch.Name}: take it out of config/watches.yaml, or mend it")
            .Concat(WordsWhere([.. watches.Where(worth => !report.NeverFires(worth))], report.NeverFires, _ => "not found"));
        var ready = watches.Where(worth => worth.IsReady).Select(worth => $"  watch {worth.Watch.Name}: {Share(worth.Alerts)}. {Command("promote", worth.Watch.Name)}");
        return Listed($"Only noise: of at least {Precision.FewVerdicts} judged alerts surely no more than {WatchesReport.NoiseUpTo * 100:0}% are right.", noise)
            .Concat(Listed($"Never found in {report.Posts.Total:N0} posts since {(report.First ?? report.Since).UtcDateTime:yyyy-MM-dd}.", silent))
            .Concat(Listed($"On trial and good enough: of at least {Precision.FewVerdicts} judged alerts surely {WatchesReport.ReadyFrom * 100:0}% or more are right.", ready))
            .Concat(watches.Where(worth => worth.Watch.Shadow && !worth.IsReady).Select(worth => $"On trial, not yet: watch {worth.Watch.Name}. {Missing(worth.Alerts)}"));
    }

    /// <summary>A word in the form that a shell takes as one.</summary>
    public static string Command(string verb, params IEnumerable<string> words) => $"listeningbot watches {verb} {string.Join(' ', words.Select(Quoted))}";

    private static IEnumerable<string> WordsWhere(IReadOnlyList<WatchWorth> watches, Func<WordWorth, bool> fits, Func<WordWorth, string> why) =>
        from worth in watches
        from word in worth.Words.Where(fits)
        select $"  word {word.Word} of {worth.Watch.Name}: {why(word)}. "
            + (worth.Watch.Query is null ? Command("remove", worth.Watch.Name, word.Word) : "Take it out of the watch's query in config/watches.yaml");

    private static IEnumerable<string> Listed(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        return all.Count == 0 ? [] : [title, .. all.Take(MostOfAKind), .. all.Count > MostOfAKind ? [$"  ... and {all.Count - MostOfAKind} more"] : Array.Empty<string>()];
    }

    private static string Share(Precision alerts) =>
        string.Create(CultureInfo.InvariantCulture, $"{alerts.Right} of {alerts.Judged} judged alerts were right (surely {alerts.Interval.From * 100:0}-{alerts.Interval.To * 100:0}%)");

    private static string Missing(Precision alerts) => alerts.IsSmall
        ? $"{alerts.Judged} of its alerts are judged, {Precision.FewVerdicts - alerts.Judged} more are needed: judge the cards of the room \"shadow\"."
        : $"{Share(alerts)}: at least {WatchesReport.ReadyFrom * 100:0}% must be sure.";

    private static string Quoted(string word) =>
        word.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !word.StartsWith('-') || word == "--watch" ? word
        : word.AsSpan().IndexOfAny("\"$`\\!%") < 0 ? $"\"{word}\""
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
