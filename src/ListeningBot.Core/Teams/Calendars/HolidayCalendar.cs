using NodaTime;
using NodaTime.Text;

namespace ListeningBot.Core.Teams.Calendars;

/// <summary>What is wrong with an event of a calendar; the others count all the same.</summary>
/// <param name="Line">Where the event begins, from 1.</param>
public sealed record CalendarFault(int Line, string What);

/// <summary>Holidays read from iCalendar text (RFC 5545): the events, their repetitions and exceptions. Whatever the text holds, it never throws.</summary>
/// <param name="IsCalendar">False when it is no calendar at all: a page that says "sign in", say.</param>
public sealed record HolidayCalendar(bool IsCalendar, IReadOnlyList<Holiday> Holidays, IReadOnlyList<CalendarFault> Faults)
{
    public static readonly HolidayCalendar None = new(false, [], []);
    public const int LargestBytes = 1024 * 1024;
    private const int MostEvents = 5_000;
    private const int MostRules = 500;
    private const int MostFaults = 50;
    private const int MostExtra = 1_000;
    private const int LongestDays = 366;

    /// <summary>How many events are left out because on these days people work.</summary>
    public int Observances { get; init; }

    public static HolidayCalendar Read(string text)
    {
        var faults = new List<CalendarFault>();
        var holidays = new List<Holiday>();
        var isCalendar = false;
        var all = EventsIn(CalendarText.Lines(text), () => isCalendar = true).Take(MostEvents).ToList();
        var events = all.Where(e => !e.IsObservance).ToList();
        var moved = events.Where(e => e.Has("RECURRENCE-ID")).ToLookup(e => e.Uid, StringComparer.Ordinal);
        var rules = 0;
        foreach (var @event in events)
        {
            var why = @event.Has("RRULE") && ++rules > MostRules ? $"more than {MostRules} events repeat" : "";
            if (why.Length == 0 && HolidayOf(@event, out why) is { } holiday)
            {
                holidays.AddRange(Days(@event, holiday, moved));
            }
            else if (why.Length > 0 && faults.Count < MostFaults)
            {
                faults.Add(new CalendarFault(@event.Line, $"the event \"{@event.Name}\" is left out: {why}"));
            }
        }
        return new HolidayCalendar(isCalendar, holidays, faults) { Observances = all.Count - events.Count };
    }

    /// <summary>With its extra days, and without those that another event of the same id moved elsewhere or called off.</summary>
    private static IEnumerable<Holiday> Days(Event @event, Holiday holiday, ILookup<string, Event> moved)
    {
        var elsewhere = holiday.Repeats is null ? [] : moved[@event.Uid].SelectMany(other => other.Times("RECURRENCE-ID")).Select(time => In(time, holiday.Zone).Date);
        var whole = holiday with { Except = holiday.Except.Union(elsewhere).ToHashSet() };
        return [whole, .. Extra(@event, holiday)];
    }

    private static IEnumerable<Holiday> Extra(Event @event, Holiday holiday)
    {
        var length = Period.Between(holiday.From, holiday.To, PeriodUnits.Days | PeriodUnits.Ticks);
        return @event.Times("RDATE").Take(MostExtra).Select(time => In(time, holiday.Zone).Date + holiday.From.TimeOfDay).Select(from => holiday with { From = from, To = from + length, Repeats = null });
    }

    /// <summary>Null without a reason: a cancelled event, or one that takes no time.</summary>
    private static Holiday? HolidayOf(Event @event, out string why)
    {
        if (@event.Value("STATUS") is "CANCELLED")
        {
            why = "";
            return null;
        }
        if (@event.Time("DTSTART", out why) is not { } start)
        {
            return null;
        }
        if (End(@event, start, out why) is not { } end)
        {
            return null;
        }
        if (Period.DaysBetween(start.Local.Date, end.Date) > LongestDays)
        {
            why = "it is longer than a year";
            return null;
        }
        if (end <= start.Local)
        {
            why = end < start.Local ? "it ends before it begins" : "";
            return null;
        }
        Recurrence? rule = null;
        if (@event.Value("RRULE") is { } written && (rule = CalendarRule.Read(written, start, out why)) is null)
        {
            return null;
        }
        why = "";
        return new Holiday(@event.Name, start.Local, end, start.Zone) { Repeats = rule, Except = @event.Times("EXDATE").Select(time => In(time, start.Zone).Date).ToHashSet() };
    }

    /// <summary>By the clock of the start.</summary>
    private static LocalDateTime? End(Event @event, CalendarTime start, out string why)
    {
        if (@event.Has("DTEND"))
        {
            return @event.Time("DTEND", out why) is { } end ? In(end, start.Zone) : null;
        }
        why = "";
        if (@event.Value("DURATION") is not { } written)
        {
            return start.IsDate ? start.Local.PlusDays(1) : start.Local;
        }
        why = "its DURATION is not understood";
        return PeriodPattern.NormalizingIso.Parse(written.Trim().TrimStart('+')) is { Success: true, Value: { Years: 0, Months: 0, Weeks: < 60, Days: < 400, Hours: < 10_000, Minutes: < 1_000_000, Seconds: < 100_000_000 } length }
            && length.Weeks >= 0 && length.Days >= 0 && length.Hours >= 0 && length.Minutes >= 0 && length.Seconds >= 0
            ? start.Local + length
            : null;
    }

    private static LocalDateTime In(CalendarTime time, DateTimeZone? zone) =>
        time.Zone is null || zone is null || time.IsDate ? time.Local : time.Zone.At(time.Local).InZone(zone).LocalDateTime;

    /// <summary>The VEVENTs; what is nested in one (alarms) or beside them (time zones) is passed over.</summary>
    private static IEnumerable<Event> EventsIn(IEnumerable<CalendarLine> lines, Action isCalendar)
    {
        Event? current = null;
        var nested = 0;
        foreach (var line in lines)
        {
            var what = line.Value.Trim().ToUpperInvariant();
            if (line.Name == "BEGIN" && what == "VCALENDAR")
            {
                isCalendar();
            }
            else if (line.Name == "BEGIN" && current is not null)
            {
                nested++;
            }
            else if (line.Name == "BEGIN" && what == "VEVENT")
            {
                current = new Event(line.Line);
            }
            else if (line.Name == "END" && nested > 0)
            {
                nested--;
            }
            else if (line.Name == "END" && current is not null)
            {
                yield return current;
                current = null;
            }
            else if (current is not null && nested == 0)
            {
                current.Add(line);
            }
        }
    }

    private sealed class Event(int line)
    {
        private const int MostLines = 1_000;
        private readonly List<CalendarLine> _lines = [];

        public int Line => line;
        public string Uid => Value("UID")?.Trim() ?? "";
        public string Name => string.Concat((Value("SUMMARY") ?? "without a name").Take(80).Select(c => char.IsControl(c) ? ' ' : c)).Trim();

        /// <summary>
        /// Google's public calendars name such days among the holidays (Tax Day, Halloween), and say below of each, in the calendar's language, where they are hidden:
        /// "Observance\nTo hide observances\, go to Google Calendar Settings > Holidays in United States".
        /// </summary>
        public bool IsObservance => Value("DESCRIPTION")?.Split(["\\n", "\\N"], StringSplitOptions.TrimEntries) is [var what, .. var more] && (what == "Observance" || Array.Exists(more, SaysWhereItIsHidden));

        private static bool SaysWhereItIsHidden(string line) => !line.Contains('<', StringComparison.Ordinal) && line.IndexOf("Google", StringComparison.Ordinal) is >= 0 and var at && line.IndexOf('>', at) > 0;

        public void Add(CalendarLine property)
        {
            if (_lines.Count < MostLines)
            {
                _lines.Add(property);
            }
        }

        public bool Has(string name) => Value(name) is not null;

        public string? Value(string name) => _lines.Find(property => property.Name == name)?.Value;

        public CalendarTime? Time(string name, out string why)
        {
            why = $"it has no {name}";
            return _lines.Find(property => property.Name == name) is { } found ? CalendarTime.Read(found.Value, found.Parameters.GetValueOrDefault("TZID"), out why) : null;
        }

        /// <summary>Those of all such lines that can be understood.</summary>
        public IEnumerable<CalendarTime> Times(string name) =>
            _lines.Where(property => property.Name == name)
                .SelectMany(property => property.Value.Split(',').Select(value => CalendarTime.Read(value.Split('/')[0], property.Parameters.GetValueOrDefault("TZID"), out _)))
                .OfType<CalendarTime>();
    }
}
