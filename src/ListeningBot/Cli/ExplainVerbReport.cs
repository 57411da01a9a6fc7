using System.Globalization;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Cli;

/// <summary>One text explained: the words that matched, what scoring says and why, and whose it would be.</summary>
internal sealed class ExplainVerbReport(Settings settings, string text, string? channel, Assessment assessment)
{
    private readonly ExplainVerbMatches _matches = new(settings, text, channel);

    public void WriteTo(VerbPaper paper)
    {
        ExplainVerbMarks.Write(paper, text, _matches.Hits);
        paper.Write(Verdict());
        paper.Write("");
        if (assessment.Reasons.Count > 0)
        {
            paper.Write(new CheckVerbSheet("Reasons", ["weight", "reason", "because it"], [.. assessment.Reasons.Select(r => (IReadOnlyList<string>)[Signed(r.Weight), r.Name, r.Text])]));
        }
        if (settings.Watches.Count > 0)
        {
            paper.Write(new CheckVerbSheet("Watches", ["name", "matches", "so"], [.. settings.Watches.Select(Row)]));
        }
        paper.Write(Summary());
    }

    private string Verdict() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(assessment.IsComplaint ? "a complaint" : "no complaint")} ({assessment.Complaint:0.00}), {assessment.Priority.ToString().ToLowerInvariant()} priority, urgency {assessment.Urgency:0.00}, {assessment.SentimentLabel} ({Signed(assessment.Sentiment)}), about {assessment.Aspect}, language {assessment.Lang}");

    private IReadOnlyList<string> Row(Watch watch)
    {
        var match = _matches.Of(watch);
        return [watch.Name, match.Why, match.Matches ? Fate(watch) : "not for it"];
    }

    private string Fate(Watch watch) =>
        !Intake.Understands(watch, assessment.Lang) ? $"not for it: {assessment.Lang} is none of its languages"
        : Alerts(watch) ? string.Create(CultureInfo.InvariantCulture, $"a case for {watch.Team} ({RoomOf(watch)}): {assessment.Complaint:0.00} reaches {watch.AlertAt:0.##}")
        : string.Create(CultureInfo.InvariantCulture, $"maybe tray of {watch.Team}: {assessment.Complaint:0.00} is below {watch.AlertAt:0.##}");

    private bool Alerts(Watch watch) => assessment.Complaint >= watch.AlertAt;

    private string RoomOf(Watch watch) => settings.Rooms.FirstOrDefault(r => r.Name == watch.Team) is { } room ? CheckVerbSummary.RoomOf(room) : "no room";

    private string Summary()
    {
        var heard = settings.Watches.Where(w => _matches.Of(w).Matches && Intake.Understands(w, assessment.Lang)).ToList();
        string[] teams = [.. heard.Where(Alerts).Select(w => w.Team).Distinct()];
        return heard.Count == 0 ? "No watch matches: the bot would pass it by."
            : teams.Length > 0 ? $"One card for: {string.Join(", ", teams)}."
            : $"No card; in the daily maybe list of: {string.Join(", ", heard.Select(w => w.Team).Distinct())}.";
    }

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
