using ListeningBot.Core.Alerting;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Pipeline;

/// <summary>/oncall.</summary>
public sealed partial class CommandDesk
{
    private PressAnswer ShowOnCall(Asked asked)
    {
        var team = TeamWritten(asked, out var unknown);
        IReadOnlyList<Team> teams = team is null ? asked.Responders.Teams : [asked.Responders.TeamOf(team)];
        return PressAnswer.Tell(
            unknown
            ?? (teams.Any(one => one.People.Any()) ? string.Join('\n', teams.Take(LongestList).Select(one => OnCall(asked, one)))
                : "No people are described in config/responders.yaml: whoever is in the room may act."));
    }

    private static string OnCall(Asked asked, Team team)
    {
        var now = team.OnCall(asked.Now);
        var next = team.NextOnCall(asked.Now) is { } at ? $"; from {asked.When(at)}: {Names(team.OnCall(at))}" : "";
        return $"{team.Name}: {Names(now)}{next}";
    }

    private static string Names(IReadOnlyList<Member> members) => members.Count == 0 ? "nobody (critical cases ping everyone)" : string.Join(", ", members.Select(member => member.Name));
}
