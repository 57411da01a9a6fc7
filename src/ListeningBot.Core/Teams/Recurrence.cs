using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>How often something comes again.</summary>
public enum Pace
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>A weekday; with a number the first, second... of the month or year, from the end when negative. 0: each.</summary>
public readonly record struct NthDay(int Number, IsoDayOfWeek Day);

/// <summary>On which days something comes again: the part of iCalendar's rules that holidays use.</summary>
public sealed record Recurrence(Pace Pace)
{
    public int Every { get; init; } = 1;

    /// <summary>The last day, or null.</summary>
    public LocalDate? Until { get; init; }
    public IReadOnlyList<int> Months { get; init; } = [];

    /// <summary>From the month's end when negative.</summary>
    public IReadOnlyList<int> MonthDays { get; init; } = [];
    public IReadOnlyList<NthDay> WeekDays { get; init; } = [];
    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    public bool Occurs(LocalDate day, LocalDate start) =>
        day == start || (day > start && !(day > Until) && (Months.Count == 0 || Months.Contains(day.Month)) && InPace(day, start) && OnDay(day, start));

    private bool InPace(LocalDate day, LocalDate start) => Every == 1 || Pace switch
    {
        Pace.Daily => Period.DaysBetween(start, day),
        Pace.Weekly => Period.DaysBetween(FirstOfWeek(start), FirstOfWeek(day)) / 7,
        Pace.Monthly => ((day.Year - start.Year) * 12) + day.Month - start.Month,
        _ => day.Year - start.Year,
    } % Every == 0;

    private bool OnDay(LocalDate day, LocalDate start)
    {
        if (MonthDays.Count > 0 && !MonthDays.Contains(day.Day) && !MonthDays.Contains(day.Day - DaysIn(day) - 1))
        {
            return false;
        }
        return WeekDays.Count > 0 ? WeekDays.Any(nth => IsNth(nth, day))
            : MonthDays.Count > 0 || Pace == Pace.Daily ? true
            : Pace == Pace.Weekly ? day.DayOfWeek == start.DayOfWeek
            : day.Day == start.Day && (Pace == Pace.Monthly || Months.Count > 0 || day.Month == start.Month);
    }

    private bool IsNth(NthDay nth, LocalDate day)
    {
        if (nth.Day != day.DayOfWeek || nth.Number == 0 || Pace is Pace.Daily or Pace.Weekly)
        {
            return nth.Day == day.DayOfWeek;
        }
        var ofYear = Pace == Pace.Yearly && Months.Count == 0;
        var (place, length) = ofYear ? (day.DayOfYear, CalendarSystem.Iso.GetDaysInYear(day.Year)) : (day.Day, DaysIn(day));
        return nth.Number > 0 ? ((place - 1) / 7) + 1 == nth.Number : ((length - place) / 7) + 1 == -nth.Number;
    }

    private LocalDate FirstOfWeek(LocalDate day) => day.PlusDays(-((day.DayOfWeek - WeekStart + 7) % 7));

    private static int DaysIn(LocalDate day) => CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month);
}
