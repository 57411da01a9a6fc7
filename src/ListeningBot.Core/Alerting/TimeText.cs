using System.Globalization;

namespace ListeningBot.Core.Alerting;

/// <summary>Times as people read them, where the team is; in UTC, and saying so, where that is not known.</summary>
public static class LocalTime
{
    private static readonly Dictionary<string, (string[] Days, string Form)> s_languages = new(StringComparer.Ordinal)
    {
        ["en"] = (["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"], "{0}, {1:d MMMM}, {1:HH:mm}"),
        ["de"] = (["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"], "{0}, {1:d.M.}, {1:HH:mm} Uhr"),
        ["fr"] = (["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"], "{0} {1:d'/'M} à {1:HH:mm}"),
        ["es"] = (["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"], "{0} {1:d'/'M} a las {1:HH:mm}"),
    };

    /// <summary>For a customer, in the languages that the shipped templates speak: "Friday, 6 November, 10:00"; in others as figures.</summary>
    /// <param name="zone">IANA name.</param>
    public static string InWords(DateTimeOffset at, string zone, string language)
    {
        var (local, suffix) = In(at, zone);
        return s_languages.TryGetValue(language, out var own)
            ? string.Format(CultureInfo.InvariantCulture, own.Form, own.Days[(int)local.DayOfWeek], local) + suffix
            : local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + suffix;
    }

    /// <summary>For colleagues: "Fri 6 Nov 10:00".</summary>
    public static string Short(DateTimeOffset at, string zone)
    {
        var (local, suffix) = In(at, zone);
        return local.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture) + suffix;
    }

    private static (DateTimeOffset Local, string Suffix) In(DateTimeOffset at, string zone) =>
        zone is not ("Etc/UTC" or "UTC") && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? (TimeZoneInfo.ConvertTime(at, known), "") : (at.ToUniversalTime(), " UTC");
}
