using System.Globalization;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;

namespace ListeningBot.Cli;

/// <summary>One text explained: the words that matched, what scoring says and why, and whose it would be.</summary>
/// <param name="kind">Of the channel; empty when none is named.</param>
internal sealed class ExplainVerbReport(Settings settings, ExplainVerbPost post, string kind, Assessment assessment, DateTimeOffset now)
{
    private readonly ExplainVerbMatches _matches = new(settings, post.AsPost(kind), assessment);

    /// <returns>The teams whose case it would be, else those in whose maybe list it would lie.</returns>
    public IReadOnlyList<string> WriteTo(VerbPaper paper)
    {
        ExplainVerbMarks.Write(paper, post.Text, _matches.Hits);
        paper.Write(Verdict());
        paper.Write("");
        WriteReasons(paper, "Reasons", assessment.Reasons);
        WriteReasons(paper, $"Why {assessment.Priority.ToString().ToLowerInvariant()} priority", assessment.PriorityReasons);
        if (settings.Watches.Count > 0)
        {
            paper.Write(new CheckVerbSheet("Watches", ["name", "matches", "so"], [.. settings.Watches.Select(Row)]));
        }
        foreach (var watch in settings.Watches.Where(watch => watch.Query is not null))
        {
            paper.Write(new CheckVerbSheet($"Query of {watch.Name}", ["part", "fits", "because"], [.. new QueryReasons(watch.Query!, post.AsPost(kind), assessment, "--").Parts().Select(part => (IReadOnlyList<string>)[part.Part, part.Fits ? "yes" : "no", part.Why])]));
        }
        if (post.Author is { } author && settings.Ours.Has(kind, author, author))
        {
            paper.Write("Its author is one of ours: never a case; in the thread of one it counts as our answer.");
            return [];
        }
        var heard = settings.Watches.Where(w => _matches.Of(w).Matches && Intake.Understands(w, assessment, post.Lang)).ToList();
        var trial = heard.Count > 0 && heard.All(w => w.Shadow);
        string[] alerting = [.. heard.Where(w => Alerts(w) && !w.Shadow).Select(w => w.Team).Distinct()];
        var teams = alerting.Length > 0 ? Route(heard, alerting, paper) : [];
        paper.Write(trial ? "Only watches on trial match: shown in the room for trials, and nobody is called." : Summary(heard, teams));
        return teams.Count > 0 ? teams : [.. heard.OrderBy(w => w.Shadow).Select(w => w.Team).Distinct()];
    }

    private static void WriteReasons(VerbPaper paper, string title, IReadOnlyList<Reason> reasons)
    {
        if (reasons.Count > 0)
        {
            paper.Write(new CheckVerbSheet(title, ["weight", "side", "reason", "because it"], [.. reasons.Select(r => (IReadOnlyList<string>)[Signed(r.Weight), r.Side.ToString().ToLowerInvariant(), r.Name, r.Text])]));
        }
    }

    /// <summary>Says by which rule, and who is there.</summary>
    private IReadOnlyList<string> Route(IReadOnlyList<Watch> heard, IReadOnlyList<string> alerting, VerbPaper paper)
    {
        var responders = settings.Responders;
        var route = responders.RouteOf(RouteQuery.Of(post.AsPost(kind), assessment, [.. heard.Where(w => !w.Shadow).Select(w => w.Name)]));
        var teams = route.Teams.Count > 0 ? route.Teams : responders.AtWorkFirst(alerting, now);
        paper.Write(TeamSheets.Times([.. teams.Select(responders.TeamOf)], route.Raised(assessment.Priority), assessment.Lang, now));
        string[] unrouted = responders.Routes.Count > 0 ? ["No rule of routes fits: it goes to the teams of its watches."] : [];
        foreach (var why in route.Teams.Count > 0 ? route.Why : [.. unrouted, .. route.Why])
        {
            paper.Write(why);
        }
        return teams;
    }

    private string Verdict() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(assessment.IsComplaint ? "a complaint" : "no complaint")} ({assessment.Complaint:0.00}), {assessment.Priority.ToString().ToLowerInvariant()} priority, urgency {assessment.Urgency:0.00}, severity {assessment.Severity:0.0} of 3, {assessment.SentimentLabel} ({Signed(assessment.Sentiment)}), about {assessment.Aspect}, language {assessment.Lang}; judged by model {assessment.JudgedBy}");

    private IReadOnlyList<string> Row(Watch watch)
    {
        var match = _matches.Of(watch);
        return [watch.Name, match.Why, match.Matches ? Fate(watch) : "not for it"];
    }

    private string Fate(Watch watch) =>
        !Intake.Understands(watch, assessment, post.Lang) ? $"not for it: {assessment.Lang} is none of its languages"
        : watch.Shadow ? string.Create(CultureInfo.InvariantCulture, $"on trial: {assessment.Complaint:0.00} {(Alerts(watch) ? "reaches" : "is below")} {watch.AlertAt:0.##}, nobody is called")
        : Alerts(watch) ? string.Create(CultureInfo.InvariantCulture, $"a case for {watch.Team} ({RoomOf(watch)}): {assessment.Complaint:0.00} reaches {watch.AlertAt:0.##}")
        : string.Create(CultureInfo.InvariantCulture, $"maybe tray of {watch.Team}: {assessment.Complaint:0.00} is below {watch.AlertAt:0.##}");

    private bool Alerts(Watch watch) => assessment.Complaint >= watch.AlertAt;

    private string RoomOf(Watch watch) => settings.Rooms.FirstOrDefault(r => r.Name == (post.IsPrivate ? CaseWriter.PrivateRoom : watch.Team)) is { } room
        ? $"{(post.IsPrivate ? "written to you alone: room private, " : "")}{CheckVerbSummary.RoomOf(room)}"
        : "no room";

    private static string Summary(IReadOnlyList<Watch> heard, IReadOnlyList<string> teams) =>
        heard.Count == 0 ? "No watch matches: the bot would pass it by."
        : teams.Count > 0 ? $"One card for: {string.Join(", ", teams)}."
        : $"No card; in the daily maybe list of: {string.Join(", ", heard.Where(w => !w.Shadow).Select(w => w.Team).Distinct())}.";

    private static string Signed(double value) => value.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
}
