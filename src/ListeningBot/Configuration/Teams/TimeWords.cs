using System.Globalization;
using System.Text.RegularExpressions;
using ListeningBot.Core.Teams;
using NodaTime;
using NodaTime.Text;

namespace ListeningBot.Configuration.Teams;

/// <summary>How managers write hours, dates and durations. Null: it can't be understood.</summary>
internal static partial class TimeWords
{
    public const string HoursCure = "Write days and hours: mon-fri 09:00-17:00, or sat,sun 10:00-14:00, or 22:00-07:00 for every day.";
    public const string SpanCure = "Write 2026-12-24, or 2026-12-24 09:00-13:00, or 2026-08-03 to 2026-08-14 (that day included).";
    public const string DurationCure = "Write 15 min, 4 h or 2 days.";

    private static readonly string[] DayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    private static readonly string[] WholeDayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    private static readonly LocalDatePattern Dates = LocalDatePattern.CreateWithInvariantCulture("uuuu-MM-dd");
    private static readonly LocalTimePattern Times = LocalTimePattern.CreateWithInvariantCulture("H:mm");
    private static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>"mon-fri 09:00-17:00", "sat, sun 10:00-14:00", "22:00-07:00".</summary>
    public static Weekly? Hours(string text)
    {
        var match = HoursForm().Match(text.Trim().ToLowerInvariant());
        return match.Success && Days(match.Groups["days"].Value.TrimEnd()) is { Count: > 0 } days && Time(match.Groups["from"].Value) is { } from && Time(match.Groups["to"].Value) is { } to
            ? new Weekly(days, from, to)
            : null;
    }

    /// <summary>"2026-12-24", "2026-12-24 09:00-13:00", "2026-08-03 to 2026-08-14", "2026-08-03 12:00 to 2026-08-14 09:00". The end is not included.</summary>
    public static (LocalDateTime From, LocalDateTime To)? Span(string text)
    {
        var match = SpanForm().Match(text.Trim().ToLowerInvariant());
        if (!match.Success || Date(match.Groups["day"].Value) is not { } first || Date(match.Groups["until"] is { Success: true, Value: var until } ? until : match.Groups["day"].Value) is not { } last)
        {
            return null;
        }
        if (match.Groups["hours"].Success)
        {
            return Hours(match.Groups["hours"].Value) is { } hours ? (first + hours.From, (hours.To > hours.From ? first : first.PlusDays(1)) + hours.To) : null;
        }
        var from = Time(match.Groups["from"] is { Success: true, Value: var begins } ? begins : "00:00");
        var ends = match.Groups["to"] is { Success: true, Value: var said } ? said : "24:00";
        return first + from is { } start && last.PlusDays(ends == "24:00" ? 1 : 0) + Time(ends) is { } end && end > start ? (start, end) : null;
    }

    /// <summary>"2026-01-05" or "2026-01-05 09:00".</summary>
    public static LocalDateTime? Moment(string text)
    {
        var parts = text.Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length is 1 or 2 && Date(parts[0]) is { } day && (parts.Length == 1 ? LocalTime.Midnight : Time(parts[1])) is { } time ? day + time : null;
    }

    /// <summary>"15 min", "4 h", "1.5 hours", "2 days", "1 week"; more than nothing, at most 90 days.</summary>
    public static TimeSpan? Duration(string text)
    {
        var match = DurationForm().Match(text.Trim().ToLowerInvariant());
        if (!match.Success || !double.TryParse(match.Groups["number"].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }
        var minutes = number * match.Groups["unit"].Value[0] switch { 'm' => 1, 'h' => 60, 'd' => 24 * 60, _ => 7 * 24 * 60 };
        return minutes > 0 && minutes <= Longest.TotalMinutes ? TimeSpan.FromMinutes(minutes) : null;
    }

    /// <summary>As a manager would write it.</summary>
    public static string Of(TimeSpan? span) => span switch
    {
        null => "never",
        { TotalDays: >= 2 } days when days.TotalDays % 1 == 0 => $"{days.TotalDays:0} days",
        { TotalHours: >= 1 } hours when hours.TotalHours % 1 == 0 => $"{hours.TotalHours:0} h",
        { } minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes.TotalMinutes:0.##} min"),
    };

    private static LocalDate? Date(string text) => Dates.Parse(text) is { Success: true, Value: { Year: >= 2000 and < 2200 } day } ? day : null;

    /// <summary>24:00 is the midnight that ends the day.</summary>
    private static LocalTime? Time(string text) => text is "24:00" ? LocalTime.Midnight : Times.Parse(text) is { Success: true, Value: var time } ? time : null;

    private static IReadOnlyList<IsoDayOfWeek>? Days(string text)
    {
        if (text.Length == 0 || text is "daily" or "every day")
        {
            return [.. Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day)];
        }
        var days = new List<IsoDayOfWeek>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            var (first, last) = (DayOf(ends[0]), DayOf(ends[^1]));
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                return null;
            }
            days.AddRange(Enumerable.Range(first, ((last - first + 7) % 7) + 1).Select(day => (IsoDayOfWeek)((day % 7) + 1)));
        }
        return [.. days.Distinct()];
    }

    private static int DayOf(string name) => Math.Max(Array.IndexOf(DayNames, name), Array.IndexOf(WholeDayNames, name));

    [GeneratedRegex("^(?<days>[a-z][a-z, -]*)?(?<from>[0-9]{1,2}:[0-9]{2}) *- *(?<to>[0-9]{1,2}:[0-9]{2})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex HoursForm();

    [GeneratedRegex("^(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})( (?<hours>[0-9]{1,2}:[0-9]{2} *- *[0-9]{1,2}:[0-9]{2})|( (?<from>[0-9]{1,2}:[0-9]{2}))? +to +(?<until>[0-9]{4}-[0-9]{2}-[0-9]{2})( (?<to>[0-9]{1,2}:[0-9]{2}))?)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SpanForm();

    [GeneratedRegex("^(?<number>[0-9]{1,6}(\\.[0-9]{1,3})?) *(?<unit>m|min|mins|minute|minutes|h|hour|hours|d|day|days|w|week|weeks)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DurationForm();
}
