using ListeningBot.Configuration.Teams;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using NodaTime;
using NodaTime.Text;

namespace ListeningBot.Cli;

/// <summary>Teams as people read them: who is on call now, who is called after them, and by when they act.</summary>
internal static class TeamSheets
{
    private static readonly ZonedDateTimePattern Moment = ZonedDateTimePattern.CreateWithInvariantCulture("ddd uuuu-MM-dd HH:mm", DateTimeZoneProviders.Tzdb);

    public static CheckVerbSheet People(IReadOnlyList<Team> teams, DateTimeOffset now) => new(
        "Teams",
        ["team", "members", "on call now", "next", "leads", "managers", "time zone", "holidays"],
        [.. teams.Select(team => Row(team.Name, $"{team.Members.Count}", OnCall(team, Priority.Low, now, "und"), Next(team, now), Names(team.Leads, "nobody"), Names(team.Managers, "nobody"), team.Zone, Holidays(team)))]);

    /// <param name="lang">Those on call who speak it come first.</param>
    public static CheckVerbSheet Times(IReadOnlyList<Team> teams, Priority priority, string lang, DateTimeOffset now) => new(
        $"Teams, and their times for {priority.ToString().ToLowerInvariant()} priority ({(priority == Priority.Critical ? "at any hour" : "in working time")})",
        ["team", "on call now", "first answer", "ping", "lead", "manager"],
        [.. teams.Select(team => TargetRow(team, team.Targets, priority, OnCall(team, priority, now, lang)))]);

    private static IReadOnlyList<string> TargetRow(Team team, Targets targets, Priority priority, string onCall) =>
        Row(team.Name, onCall, TimeWords.Of(targets.FirstAnswer.Of(priority)), TimeWords.Of(targets.Ping.Of(priority)), TimeWords.Of(targets.Lead.Of(priority)), TimeWords.Of(targets.Manager.Of(priority)));

    private static string OnCall(Team team, Priority priority, DateTimeOffset now, string lang)
    {
        if (team.Members.Count == 0)
        {
            return "whoever is in the room";
        }
        var (onCall, next) = (team.OnCall(now), team.Awake(now, priority));
        return onCall.Count == 0 && priority == Priority.Critical ? "nobody, so all members"
            : onCall.Count == 0 ? next > now ? $"nobody until {When(next, team.Zone)}" : "nobody"
            : Names(Team.Fit(onCall, lang), "") + (next > now ? $", pinged from {When(next, team.Zone)}" : "");
    }

    /// <summary>Who is on call after that.</summary>
    private static string Next(Team team, DateTimeOffset now) =>
        team.Members.Count == 0 ? "" : team.NextOnCall(now) is { } at ? $"{When(at, team.Zone)} {Names(team.OnCall(at), "nobody")}" : "no change in 14 days";

    private static string When(DateTimeOffset at, string zone) => Moment.Format(Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[zone]));

    private static string Holidays(Team team)
    {
        string[] parts =
        [
            .. team.Closed.Holidays.Count > 0 ? new[] { $"{team.Closed.Holidays.Count} from files" } : [],
            .. team.Closed.Observances > 0 ? new[] { $"without {team.Closed.Observances} observance{(team.Closed.Observances == 1 ? "" : "s")}" } : [],
            .. team.Calendars.Select(address => $"from {new Uri(address).Host} while the bot runs"),
        ];
        return parts.Length == 0 ? "none" : string.Join(", ", parts);
    }

    private static string Names(IReadOnlyList<Member> members, string none) => members.Count == 0 ? none : string.Join(", ", members.Select(member => member.Name));

    private static IReadOnlyList<string> Row(params string[] cells) => cells;
}
