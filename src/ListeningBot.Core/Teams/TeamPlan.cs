using System.Collections.Concurrent;
using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>A stretch of time in which nothing about a team's time changes.</summary>
internal readonly record struct Stretch(Instant From, Instant To, bool Works, bool Awake);

/// <summary>A team's time, worked out day by day when it is first asked for, and kept: each case asks many times for the same few days.</summary>
internal sealed class TeamPlan(Team team)
{
    private readonly DateTimeZone _clock = LocalClock.Zone(team.Zone);
    private readonly ConcurrentDictionary<LocalDate, Stretch[]> _days = new();

    public Team Team => team;

    /// <summary>In order, without a hole.</summary>
    public IEnumerable<Stretch> Between(Instant from, Instant to)
    {
        var first = _clock.DayOf(from).PlusDays(-1);
        return Enumerable.Range(0, Period.DaysBetween(first, _clock.DayOf(to)) + 1)
            .SelectMany(day => _days.GetOrAdd(first.PlusDays(day), WorkOut))
            .Where(stretch => stretch.To > from && stretch.From < to);
    }

    private Stretch[] WorkOut(LocalDate day)
    {
        var (from, to) = (_clock.Midnight(day), _clock.Midnight(day.PlusDays(1)));
        Instant[] points = [.. team.TurningPoints(day, _clock).Append(from).Where(point => point >= from && point < to).Distinct().Order(), to];
        return [.. points.Zip(points.Skip(1)).Select(ends => new Stretch(ends.First, ends.Second, team.IsWorking(ends.First, _clock), team.IsAwake(ends.First, _clock)))];
    }
}

/// <summary>Keeps the plan of one team. A changed copy of that team makes its own; no two teams differ by it.</summary>
internal sealed class PlanKeeper : IEquatable<PlanKeeper>
{
    private volatile TeamPlan? _kept;

    public TeamPlan Of(Team team) => _kept is { } kept && ReferenceEquals(kept.Team, team) ? kept : _kept = new TeamPlan(team);

    public bool Equals(PlanKeeper? other) => other is not null;

    public override bool Equals(object? obj) => Equals(obj as PlanKeeper);

    public override int GetHashCode() => 0;
}
