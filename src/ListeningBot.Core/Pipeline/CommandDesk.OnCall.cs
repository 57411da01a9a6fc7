using ListeningBot.Core.Alerting;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Pipeline;

/// <summary>/oncall.</summary>
public sealed partial class CommandDesk
{
    private static readonly TimeSpan LookAhead = TimeSpan.FromDays(14);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(30);

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
        var next = NextChange(team, asked.Now, now) is { } at ? $"; from {asked.When(at)}: {Names(team.OnCall(at))}" : "";
        return $"{team.Name}: {Names(now)}{next}";
    }

    private static string Names(IReadOnlyList<Member> members) => members.Count == 0 ? "nobody (critical cases ping everyone)" : string.Join(", ", members.Select(member => member.Name));

    /// <summary>To the minute. Whoever is on call for less than half an hour may be passed over.</summary>
    private static DateTimeOffset? NextChange(Team team, DateTimeOffset from, IReadOnlyList<Member> now)
    {
        bool Same(DateTimeOffset at) => team.OnCall(at).Select(member => member.Id).SequenceEqual(now.Select(member => member.Id), StringComparer.Ordinal);
        for (var at = from; at < from + LookAhead; at += LookEvery)
        {
            if (!Same(at + LookEvery))
            {
                var minute = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));
                return Enumerable.Range(0, (int)LookEvery.TotalMinutes + 2).Select(later => minute.AddMinutes(later)).FirstOrDefault(moment => moment > from && !Same(moment));
            }
        }
        return null;
    }
}
