using System.Globalization;
using ListeningBot.Core.Cases;
using NodaTime;

namespace ListeningBot.Core.Alerting;

/// <summary>Times of the past and future that stay right however long they are shown: without "today" or "ago".</summary>
public static class TimeText
{
    private static readonly Dictionary<string, (string[] Days, string Form)> s_languages = new(StringComparer.Ordinal)
    {
        ["en"] = (["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"], "{0}, {1:d MMMM}, {1:HH:mm}"),
        ["de"] = (["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"], "{0}, {1:d.M.}, {1:HH:mm} Uhr"),
        ["fr"] = (["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"], "{0} {1:d'/'M} à {1:HH:mm}"),
        ["es"] = (["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"], "{0} {1:d'/'M} a las {1:HH:mm}"),
    };

    /// <summary>For a customer, in the languages that the shipped templates speak: "Friday, 6 November, 10:00"; in others as figures.</summary>
    /// <param name="zone">IANA name; one that is not known counts as UTC, which is said.</param>
    public static string InWords(DateTimeOffset at, string zone, string language)
    {
        var (local, suffix) = In(at, zone);
        return s_languages.TryGetValue(language, out var own)
            ? string.Format(CultureInfo.InvariantCulture, own.Form, own.Days[(int)local.DayOfWeek - 1], local) + suffix
            : local.ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture) + suffix;
    }

    /// <summary>For colleagues: "Fri 6 Nov 10:00".</summary>
    public static string Short(DateTimeOffset at, string zone)
    {
        var (local, suffix) = In(at, zone);
        return local.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture) + suffix;
    }

    private static (LocalDateTime Local, string Suffix) In(DateTimeOffset at, string zone)
    {
        var place = WhenWords.Zone(zone);
        return (Instant.FromDateTimeOffset(at).InZone(place).LocalDateTime, place == DateTimeZone.Utc || place.Id is "Etc/UTC" or "UTC" ? " UTC" : "");
    }
}
