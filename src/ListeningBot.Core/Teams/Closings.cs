using System.Collections.Concurrent;
using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>The holidays of a team, as stretches of time; each year is worked out once.</summary>
public sealed class Closings(IReadOnlyList<Holiday> holidays, string zone)
{
    public static readonly Closings None = new([], "Etc/UTC");

    private readonly DateTimeZone _zone = LocalClock.Zone(zone);
    private readonly ConcurrentDictionary<int, Interval[]> _years = new();

    public IReadOnlyList<Holiday> Holidays => holidays;

    /// <summary>How many days their calendars name on which people work.</summary>
    public int Observances { get; init; }

    internal bool Cover(Instant at) => Array.Exists(Of(at.InUtc().Year), closed => closed.Contains(at));

    /// <summary>Those that touch this day.</summary>
    internal IEnumerable<Interval> On(LocalDate day, DateTimeZone clock)
    {
        var (from, to) = (clock.Midnight(day), clock.Midnight(day.PlusDays(1)));
        return Of(day.Year).Where(closed => closed.Start < to && closed.End > from);
    }

    /// <summary>All that touch this year, with some days around it: a year begins at another moment in each zone.</summary>
    private Interval[] Of(int year) => holidays.Count == 0 ? [] : _years.GetOrAdd(year, WorkOut);

    private Interval[] WorkOut(int year)
    {
        var (first, last) = (new LocalDate(year, 1, 1).PlusDays(-3), new LocalDate(year, 12, 31).PlusDays(3));
        return [.. holidays.SelectMany(holiday => holiday.Between(first, last, _zone)).Where(closed => closed.Duration > Duration.Zero).Distinct().OrderBy(closed => closed.Start)];
    }
}
