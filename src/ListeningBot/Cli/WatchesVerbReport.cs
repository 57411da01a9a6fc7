using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Watching;

namespace ListeningBot.Cli;

/// <summary>Tables of watches and their words, and at the end what deserves a look.</summary>
/// <param name="one">Only this watch; null: all.</param>
internal sealed class WatchesVerbReport(WatchesReport report, Watch? one, bool words)
{
    private readonly IReadOnlyList<WatchWorth> _watches = [.. report.Watches.Where(worth => one is null || worth.Watch.Name == one.Name)];

    public void Write(bool json, TextWriter output, VerbPaper paper)
    {
        if (json)
        {
            foreach (var worth in _watches)
            {
                output.WriteLine(CasesVerbJson.Of(Plain(worth)));
            }
            return;
        }
        paper.Write(new CheckVerbSheet(
            $"Watches, {report.Posts.Total:N0} posts looked at since {Day(report.First ?? report.Since)}{(report.Posts.IsEstimate ? $" ({report.Posts.Stored:N0} heard, the rest estimated from a sample of what matched nothing)" : "")}",
            ["watch", "team", "heard", "alerts", "judged", "right", "share right (95% sure)", "last heard"],
            [.. _watches.Select(Row)]));
        foreach (var worth in words ? _watches.Where(worth => worth.Words.Count > 0) : [])
        {
            paper.Write(WordsOf(worth));
        }
        foreach (var line in WatchesVerbAdvice.Of(report, _watches))
        {
            paper.Write(line);
        }
    }

    private static IReadOnlyList<string> Row(WatchWorth worth) =>
        [worth.Watch.Name, worth.Watch.Team + (worth.Watch.Shadow ? " (on trial)" : ""), Number(worth.Mentions), .. Verdicts(worth.Alerts), Day(worth.LastHeard)];

    private static CheckVerbSheet WordsOf(WatchWorth worth) => new(
        $"Words of {worth.Watch.Name}",
        ["word", "posts", "alerts", "judged", "right", "share right (95% sure)", "alerts by it alone", "last found"],
        [.. worth.Words.OrderByDescending(word => word.Alerts.Alerts).ThenByDescending(word => word.Posts.Total)
            .Select(word => (IReadOnlyList<string>)[word.Word, Number(word.Posts.Total), .. Verdicts(word.Alerts), Number(word.Only), Day(word.LastFound)])]);

    private static string[] Verdicts(Precision alerts) => [Number(alerts.Alerts), Number(alerts.Judged), alerts.Judged == 0 ? "" : Number(alerts.Right), PrecisionVerbTable.Share(alerts)];

    private static string Day(DateTimeOffset? at) => at is { } day ? day.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "never";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private object Plain(WatchWorth worth) => new
    {
        watch = worth.Watch.Name,
        team = worth.Watch.Team,
        onTrial = worth.Watch.Shadow,
        heard = worth.Mentions,
        lastHeard = worth.LastHeard,
        alerts = PrecisionVerbTable.Plain(worth.Alerts),
        onlyNoise = worth.IsNoise,
        neverFires = report.NeverFires(worth),
        ready = worth.IsReady,
        words = worth.Words.Select(word => new
        {
            word = word.Word,
            posts = word.Posts.Total,
            alerts = PrecisionVerbTable.Plain(word.Alerts),
            byItAlone = word.Only,
            lastFound = word.LastFound,
            onlyNoise = word.IsNoise,
            neverFires = report.NeverFires(word),
        }),
    };
}
