using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Text;

namespace ListeningBot.Cli;

/// <summary>What a manager reads of a trial: the verdict first, then whom it concerns, then by what it is counted.</summary>
/// <param name="what">The change, in words.</param>
internal sealed class BacktestVerbSheet(BacktestResult result, string what, DateTimeOffset since)
{
    private const int LongestText = 90;
    private const string NoSample =
        "No post of this time that matched no watch is kept, so what a wider watch would gain can't be told. The running bot keeps a sample of them as it reads: try again after a day; "
        + "or \"Storage\": { \"SampleSize\": 0 } in appsettings.json keeps none: write 20000.";

    public void WriteTo(VerbPaper paper)
    {
        if (result.Span is not { } span)
        {
            paper.Write($"No post is kept that was first seen since {Day(since)} and could be tried: nothing can be said.");
            paper.Write(NotLookedAt());
            return;
        }
        paper.Write(Verdict());
        paper.Write($"Tried: {what}.");
        paper.Write($"On {Posts(result.Mentions, "mention")} and {Sampled()}, seen {Day(span.First)} to {Day(span.Last)} UTC.");
        paper.Write("");
        WriteAlerts(paper, result.Missed, "Confirmed complaints that it would miss");
        WriteAlerts(paper, result.Caught, "Confirmed complaints that it would newly alert to");
        WriteNumbers(paper);
        WriteAlerts(paper, result.Lost, $"Other alerts lost, of {Number(result.Alerts.Lost)} in all; the most urgent first");
        WriteAlerts(paper, result.Gained, $"Other alerts gained, of {Number(result.Alerts.Gained)} in all; the most urgent first");
        foreach (var line in Notes().Where(line => line.Length > 0))
        {
            paper.Write(line);
        }
    }

    private string Verdict()
    {
        var alerts = result.Alerts;
        var numbers = $"Alerts: {Number(alerts.Before)} before, {Number(alerts.After)} after; {Number(alerts.Gained)} gained, {Number(alerts.Lost)} lost.";
        return result.Missed.Count > 0 ? $"Would lose {Posts(result.Missed.Count, "confirmed complaint")}. {numbers}"
            : result.ChangesNothing ? $"Would change nothing. Alerts: {Number(alerts.Before)} before and after."
            : alerts.Changes && result.JudgedBefore.All == 0 ? $"Nobody judged an alert of this time yet, so whether a complaint would be missed can't be told. {numbers}"
            : alerts.Changes ? $"Would lose no confirmed complaint. {numbers}"
            : result.Moved.Total > 0 ? $"Would lose no confirmed complaint; {Number(result.Moved)} of {Number(alerts.Before)} alerts would go to other teams."
            : $"Would alert as before; only the maybe list changes: {Number(result.Maybes.Gained)} more in it, {Number(result.Maybes.Lost)} no longer.";
    }

    private void WriteNumbers(VerbPaper paper)
    {
        if (result.ChangesNothing)
        {
            return;
        }
        paper.Write(new CheckVerbSheet(
            "Alerts",
            ["", "before", "after", "gained", "lost"],
            [
                Row("all", result.Alerts),
                .. result.ByPriority.Where(one => one.Alerts.Before.Total + one.Alerts.After.Total > 0).Select(one => Row(one.Priority.ToString().ToLowerInvariant(), one.Alerts)),
                Row("maybe list", result.Maybes),
            ]));
        paper.Write(new CheckVerbSheet(
            "By watch",
            ["watch", "before", "after", "gained", "lost"],
            [.. result.ByWatch.Select(one => Row(one.OnTrial ? one.Watch + " (on trial)" : one.Watch, one.Alerts))]));
        paper.Write(new CheckVerbSheet(
            "By team",
            ["team", "before", "after", "gained", "lost", "an hour (busiest)", "false alarms before", "after"],
            [.. result.ByTeam.Select(TeamRow)]));
    }

    private static IReadOnlyList<string> Row(string name, Shift shift) => [name, Number(shift.Before), Number(shift.After), Number(shift.Gained), Number(shift.Lost)];

    private static IReadOnlyList<string> TeamRow(TeamShift team) =>
        [.. Row(team.Team, team.Alerts), $"{Load(team.LoadBefore)} -> {Load(team.LoadAfter)}", Share(team.JudgedBefore), Share(team.JudgedAfter)];

    private static string Load(Load load) => string.Create(CultureInfo.InvariantCulture, $"{(load.IsEstimate ? "~" : "")}{load.Mean:0.#} ({load.Busiest:0})");

    private static string Share(Judged judged) => judged.FalseShare is not { } share ? "no verdicts"
        : string.Create(CultureInfo.InvariantCulture, $"{share * 100:0}% of {judged.All}{(judged.IsFew ? ", few verdicts" : "")}");

    private static void WriteAlerts(VerbPaper paper, IReadOnlyList<PastAlert> alerts, string title)
    {
        if (alerts.Count > 0)
        {
            paper.Write(new CheckVerbSheet(title, ["case", "priority", "channel", "what they wrote", "before", "after"], [.. alerts.Select(AlertRow)]));
        }
    }

    private static IReadOnlyList<string> AlertRow(PastAlert alert) =>
    [
        alert.Case is { } id ? $"{id}" : "", alert.Priority.ToString().ToLowerInvariant(), alert.Channel, alert.Text.Cut(LongestText), Heard(alert.Before), Heard(alert.After),
    ];

    private static string Heard(HeardAs heard) => heard switch
    {
        HeardAs.Alert => "alert",
        HeardAs.Maybe => "maybe list",
        _ => "not heard",
    };

    private IEnumerable<string> Notes()
    {
        yield return result.FalseSpared + result.FalseAdded == 0 ? "" : $"False alarms, by your verdicts: {result.FalseSpared} fewer, {result.FalseAdded} more.";
        yield return result.Alerts.Gained.IsEstimate || result.Alerts.Before.IsEstimate ? "~ An estimate: each post of the sample stands for several that were not kept." : "";
        yield return result.SampledPosts == 0 ? NoSample : "";
        yield return NotLookedAt();
    }

    private string NotLookedAt() => string.Join(' ', new[]
    {
        result.Deleted == 0 ? "" : $"{Posts(result.Deleted, "post")} deleted since then left no text to try{(result.DeletedConfirmed == 0 ? "" : $", {Posts(result.DeletedConfirmed, "confirmed complaint")} among them")}.",
        result.InThreads == 0 ? "" : $"{Posts(result.InThreads, "post")} came in by a thread or customer and not by a watch: no watch changes that.",
        result.CutShort ? "Older mentions were left out." : "",
    }.Where(part => part.Length > 0));

    private string Sampled() => result.SampledPosts == 0 ? "no post that matched nothing"
        : $"{Posts(result.SampledPosts, "post")} that matched nothing{(result.Sample.Total > result.SampledPosts ? $", which stand for {result.Sample.Total.ToString("#,0", CultureInfo.InvariantCulture)}" : "")}";

    private static string Number(Tally tally) => (tally.IsEstimate ? "~" : "") + tally.Total.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Posts(long number, string what) => number == 1 ? $"1 {what}" : $"{number.ToString("#,0", CultureInfo.InvariantCulture)} {what}s";

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
