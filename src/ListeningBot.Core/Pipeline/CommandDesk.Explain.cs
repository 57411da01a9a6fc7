using System.Globalization;
using System.Text;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>/explain: what the pipeline itself would make of a text.</summary>
public sealed partial class CommandDesk
{
    private PressAnswer Explain(Asked asked)
    {
        if (asked["text"] is not { } text)
        {
            return PressAnswer.Tell("Which text? Write or paste the words of a post.");
        }
        var post = new Post { Key = new PostKey(SeenPost.Seen, "explain"), Channel = SeenPost.Seen, Kind = SeenPost.Seen, Text = text };
        var set = watches.Current;
        var assessment = intake.Listen(ChangeKind.Added, post, set).Assessment;
        var bare = post with { Channel = "", Kind = "" };
        // Here nobody says which channel the post stood on: a watch counts wherever it listens.
        var anywhere = WatchSet.Build([.. set.Watches.Select(watch => watch with { Channels = [] })], Ours.Nobody);
        var byName = set.Watches.ToLookup(watch => watch.Name, StringComparer.Ordinal);
        var found = anywhere.Find(bare, assessment).Select(match => match with { Watch = byName[match.Watch.Name].First() }).ToList();
        var nearly = anywhere.Find(Encoding.UTF8.GetBytes(text), "").Select(match => byName[match.Watch.Name].First()).Except(found.Select(match => match.Watch));
        Watch[] heard = [.. found.Select(match => match.Watch).Where(watch => Intake.Understands(watch, assessment))];

        var lines = new List<string> { Verdict(assessment) };
        lines.AddRange(ReasonLines.Of(assessment, all: true));
        lines.AddRange(found.Select(match => Fate(match, assessment)).Concat(nearly.Select(watch => WhyNot(watch, bare, assessment))).Take(LongestList));
        lines.Add(Goes(asked, new Heard(ChangeKind.Added, post, heard, assessment, ByUs: false)));
        return PressAnswer.Tell(string.Join('\n', lines));
    }

    /// <summary>Of a watch whose words a text has, but not all else that it asks for.</summary>
    private static string WhyNot(Watch watch, Post post, Assessment assessment) =>
        $"Watch {watch.Name} of {watch.Team} finds nothing{(watch.Query is { } query ? $": {new QueryReasons(query, post, assessment).WhyNot()}" : "")}.";

    private static string Verdict(Assessment assessment) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(assessment.IsComplaint ? "A complaint" : "No complaint")} ({assessment.Complaint:0.00}), {Low(assessment.Priority)}, about {assessment.Aspect}, {assessment.SentimentLabel}, language {assessment.Lang}.");

    private static string Fate(WatchMatch match, Assessment assessment)
    {
        var watch = match.Watch;
        var words = WatchWords.Of(match) is { Count: > 0 } found ? string.Join(", ", found) : "it";
        var where = watch.Channels.Count > 0 ? $", only on {string.Join(", ", watch.Channels)}" : "";
        return !Intake.Understands(watch, assessment) ? $"Watch {watch.Name} finds {words}, but {assessment.Lang} is none of its languages."
            : string.Create(CultureInfo.InvariantCulture, $"Watch {watch.Name} of {watch.Team}{(watch.Shadow ? ", on trial," : "")} finds {words}{where}: {assessment.Complaint:0.00} {(assessment.Complaint >= watch.AlertAt ? "reaches" : "is below")} its line {watch.AlertAt:0.##}.");
    }

    private static string Goes(Asked asked, Heard heard)
    {
        if (heard.Watches.Count == 0)
        {
            return "No watch finds it: I would pass it by.";
        }
        if (heard.Watches.All(watch => watch.Shadow))
        {
            return "Only watches on trial find it: it is shown in the room for trials, and nobody is called.";
        }
        var deciding = Deciding.Of(heard.Watches);
        var route = asked.Responders.RouteOf(RouteQuery.Of(heard.Post, heard.Assessment, [.. deciding.Select(watch => watch.Name)]));
        var (_, to, silenced) = new Silences(asked.View.SilencesRunning(asked.Now)).Alerted(heard, teams => teams.Count > 0 && route.Teams.Count > 0 ? route.Teams : asked.Responders.AtWorkFirst(teams, asked.Now));
        if (to.Count == 0)
        {
            return silenced is { } silence ? $"No case: {silence.InWords} holds it back for the maybe list." : $"No case; the maybe list of {string.Join(", ", deciding.Select(watch => watch.Team).Distinct(StringComparer.Ordinal))} gets it.";
        }
        var onCall = asked.Responders.TeamOf(to[0]).OnCall(asked.Now);
        var who = onCall.Count > 0 ? $"; on call there: {string.Join(", ", onCall.Select(member => member.Name))}, the one with the least open cases is named" : "";
        return string.Join(' ', [.. route.Why, $"A card for {string.Join(", then ", to)}{who}."]);
    }
}
