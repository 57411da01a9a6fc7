using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace ListeningBot.Core.Teams.Calendars;

/// <summary>A date or time as a calendar writes it.</summary>
/// <param name="IsDate">A whole day.</param>
/// <param name="Zone">Null: whoever reads it, by their own clock.</param>
internal sealed record CalendarTime(LocalDateTime Local, bool IsDate, DateTimeZone? Zone)
{
    private static readonly LocalDatePattern Dates = LocalDatePattern.CreateWithInvariantCulture("yyyyMMdd");
    private static readonly LocalDateTimePattern Times = LocalDateTimePattern.CreateWithInvariantCulture("yyyyMMdd'T'HHmmss");

    /// <summary>Null when it can't be understood; then <paramref name="why"/> says so.</summary>
    public static CalendarTime? Read(string value, string? zone, out string why)
    {
        value = value.Trim();
        why = $"\"{Shown(value)}\" is no date or time";
        if (value.Length == 8)
        {
            return Dates.Parse(value) is { Success: true, Value: var day } && Sane(day) ? new CalendarTime(day.AtMidnight(), true, null) : null;
        }
        var utc = value.EndsWith('Z');
        if (Times.Parse(utc ? value[..^1] : value) is not { Success: true, Value: var time } || !Sane(time.Date))
        {
            return null;
        }
        if (utc || zone is null)
        {
            return new CalendarTime(time, false, utc ? DateTimeZone.Utc : null);
        }
        why = $"the time zone \"{Shown(zone)}\" is not known";
        return ZoneOf(zone) is { } known ? new CalendarTime(time, false, known) : null;
    }

    /// <summary>By its IANA name, also behind a publisher's prefix, or by the name that Windows gives it.</summary>
    private static DateTimeZone? ZoneOf(string name)
    {
        var provider = DateTimeZoneProviders.Tzdb;
        var parts = name.Split('/');
        return provider.GetZoneOrNull(name)
            ?? (parts.Length > 2 ? provider.GetZoneOrNull(string.Join('/', parts[^2..])) ?? provider.GetZoneOrNull(string.Join('/', parts[^3..])) : null)
            ?? (TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out var id) ? provider.GetZoneOrNull(id) : null);
    }

    /// <summary>What follows is reckoned in years around it.</summary>
    private static bool Sane(LocalDate day) => day.Year is >= 1900 and <= 2200;

    private static string Shown(string text) => string.Concat(text.Take(40).Select(c => char.IsControl(c) ? ' ' : c));
}
