using System.Globalization;
using NodaTime;

namespace ListeningBot.Core.Teams.Calendars;

/// <summary>Reads RRULE values.</summary>
internal static class CalendarRule
{
    private static readonly string[] DayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>How far a rule that ends after so many times is followed; one that goes on longer has no end.</summary>
    private const int FarthestDays = 40 * 366;

    /// <summary>Null when it can't be understood or is of a kind that no holiday has; then <paramref name="why"/> says so.</summary>
    public static Recurrence? Read(string value, CalendarTime start, out string why)
    {
        Recurrence? rule = null;
        int? count = null;
        why = "its RRULE has no FREQ of DAILY, WEEKLY, MONTHLY or YEARLY";
        foreach (var (name, text) in Parts(value).OrderBy(part => part.Name != "FREQ"))
        {
            if (name == "FREQ")
            {
                rule = PaceOf(text) is { } pace ? new Recurrence(pace) : null;
            }
            if (rule is null)
            {
                return null;
            }
            why = $"its RRULE has {name}, which is not understood";
            switch (name)
            {
                case "COUNT":
                    count = Numbers(text, 1, 100_000)?.FirstOrDefault();
                    break;
                default:
                    rule = With(rule, name, text, start);
                    break;
            }
            if (rule is null || (name == "COUNT" && count is null))
            {
                return null;
            }
        }
        return rule is not null && count is { } times ? rule with { Until = Last(rule, start.Local.Date, times) } : rule;
    }

    private static IEnumerable<(string Name, string Text)> Parts(string value) =>
        value.Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).Select(part => (part[0].Trim().ToUpperInvariant(), part[1].Trim().ToUpperInvariant()));

    private static Pace? PaceOf(string text) => text switch
    {
        "DAILY" => Pace.Daily,
        "WEEKLY" => Pace.Weekly,
        "MONTHLY" => Pace.Monthly,
        "YEARLY" => Pace.Yearly,
        _ => null,
    };

    private static Recurrence? With(Recurrence rule, string name, string text, CalendarTime start) => name switch
    {
        "FREQ" => rule,
        "INTERVAL" => Numbers(text, 1, 10_000) is [var every] ? rule with { Every = every } : null,
        "UNTIL" => CalendarTime.Read(text, null, out _) is { } until ? rule with { Until = DayOf(until, start) } : null,
        "BYMONTH" => Numbers(text, 1, 12) is { } months ? rule with { Months = months } : null,
        "BYMONTHDAY" => Numbers(text, -31, 31) is { } days ? rule with { MonthDays = days } : null,
        "BYDAY" => WeekDays(text) is { } days ? rule with { WeekDays = days } : null,
        "WKST" => Array.IndexOf(DayNames, text) is >= 0 and var first ? rule with { WeekStart = (IsoDayOfWeek)(first + 1) } : null,
        _ => null,
    };

    /// <summary>A moment in UTC, where the event has a zone: the day that it is there.</summary>
    private static LocalDate DayOf(CalendarTime until, CalendarTime start) =>
        until.Zone is { } utc && start.Zone is { } zone ? utc.AtLeniently(until.Local).WithZone(zone).Date : until.Local.Date;

    private static int[]? Numbers(string text, int least, int most)
    {
        var parts = text.Split(',');
        var numbers = new int[Math.Min(parts.Length, 400)];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out numbers[i]) || numbers[i] < least || numbers[i] > most || numbers[i] == 0)
            {
                return null;
            }
        }
        return numbers;
    }

    private static NthDay[]? WeekDays(string text)
    {
        var days = text.Split(',').Take(400).Select(NthOf).ToList();
        return days.Contains(null) ? null : [.. days.Select(day => day!.Value)];
    }

    private static NthDay? NthOf(string text)
    {
        if (text.Length < 2 || Array.IndexOf(DayNames, text[^2..]) is not (>= 0 and var day))
        {
            return null;
        }
        return text.Length == 2 ? new NthDay(0, (IsoDayOfWeek)(day + 1))
            : Numbers(text[..^2], -53, 53) is [var number] ? new NthDay(number, (IsoDayOfWeek)(day + 1))
            : null;
    }

    private static LocalDate? Last(Recurrence rule, LocalDate start, int times)
    {
        var day = start;
        for (var i = 0; i < FarthestDays; i++, day = day.PlusDays(1))
        {
            if (rule.Occurs(day, start) && --times == 0)
            {
                return day;
            }
        }
        return rule.Until;
    }
}
