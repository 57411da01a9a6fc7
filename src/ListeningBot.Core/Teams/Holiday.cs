using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>A time in which a team does not work, once or again and again.</summary>
/// <param name="To">Not included.</param>
/// <param name="Zone">Whose clock it goes by; null: the team's own.</param>
public sealed record Holiday(string Name, LocalDateTime From, LocalDateTime To, DateTimeZone? Zone)
{
    public Recurrence? Repeats { get; init; }

    /// <summary>Days on which it does not begin after all.</summary>
    public IReadOnlySet<LocalDate> Except { get; init; } = new HashSet<LocalDate>();

    private int Days => Period.DaysBetween(From.Date, To.Date) + 1;

    internal IEnumerable<Interval> Between(LocalDate first, LocalDate last, DateTimeZone teams)
    {
        var zone = Zone ?? teams;
        var length = Period.Between(From, To, PeriodUnits.Days | PeriodUnits.Ticks);
        return Begins(first.PlusDays(-Days), last).Select(day => day + From.TimeOfDay).Select(from => new Interval(zone.At(from), zone.At(from + length)));
    }

    private IEnumerable<LocalDate> Begins(LocalDate first, LocalDate last)
    {
        if (Repeats is null)
        {
            return From.Date >= first && From.Date <= last && !Except.Contains(From.Date) ? [From.Date] : [];
        }
        return Enumerable.Range(0, Math.Max(0, Period.DaysBetween(first, last) + 1)).Select(first.PlusDays).Where(day => Repeats.Occurs(day, From.Date) && !Except.Contains(day));
    }
}
