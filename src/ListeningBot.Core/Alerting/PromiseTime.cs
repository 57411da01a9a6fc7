using System.Globalization;

namespace ListeningBot.Core.Alerting;

/// <summary>A time as it is written to a customer, in the languages that the shipped templates speak; in others the day comes as a number.</summary>
public static class PromiseTime
{
    private static readonly Dictionary<string, (string[] Days, string Form)> s_languages = new(StringComparer.Ordinal)
    {
        ["en"] = (["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"], "{0}, {1:d MMMM}, {1:HH:mm}"),
        ["de"] = (["Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"], "{0}, {1:d.M.}, {1:HH:mm} Uhr"),
        ["fr"] = (["dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"], "{0} {1:d'/'M} à {1:HH:mm}"),
        ["es"] = (["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"], "{0} {1:d'/'M} a las {1:HH:mm}"),
    };

    /// <summary>"Friday, 6 November, 10:00" where the team is; "... UTC" when that is not known.</summary>
    /// <param name="zone">IANA name; what this machine does not know counts as UTC, and says so.</param>
    public static string InWords(DateTimeOffset at, string zone, string language)
    {
        var known = TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && zone is not ("Etc/UTC" or "UTC");
        var local = known ? TimeZoneInfo.ConvertTime(at, found!) : at.ToUniversalTime();
        var words = s_languages.TryGetValue(language, out var own)
            ? string.Format(CultureInfo.InvariantCulture, own.Form, own.Days[(int)local.DayOfWeek], local)
            : local.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return known ? words : words + " UTC";
    }
}
