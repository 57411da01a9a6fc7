using System.Globalization;
using NodaTime;

namespace ListeningBot.Core.Cases;

/// <summary>Times as people say them, for promises and snoozes: "Friday 10:00", "tomorrow 9am", "in 2 h", "24.12. 14:00", "morgen 9 Uhr".</summary>
public static class WhenWords
{
    public const string Examples = "\"Friday 10:00\", \"tomorrow 9am\", \"in 2 h\", \"24.12. 14:00\" or \"2026-12-24 14:00\"";

    private const int Longest = 60;
    private static readonly TimeSpan LongestAhead = TimeSpan.FromDays(366);

    /// <summary>
    /// The moment that is meant: the next that fits, always later than now and at most a year ahead. A day without an hour means 9 in the morning. An hour that the
    /// clocks leave out comes as much later; of an hour that comes twice the first that is still to come. Null when it can't be told: <see cref="WhyNot"/> says why.
    /// </summary>
    /// <param name="zone">IANA name; one that is not known counts as UTC.</param>
    public static DateTimeOffset? Read(string text, string zone, DateTimeOffset now) =>
        Meant(text, zone, now) is { } at && IsAhead(at, now) ? at : null;

    /// <summary>What to tell somebody whose words gave no time.</summary>
    public static string WhyNot(string text, string zone, DateTimeOffset now) => Meant(text, zone, now) switch
    {
        { } at when at <= now => $"That time has passed ({InWords(at, zone, now)}). When will it be? For example {Examples}.",
        { } => "That is more than a year ahead. Please give a time within a year.",
        null => $"I can't tell which time is meant. Please write it like {Examples}.",
    };

    /// <summary>"today 14:00", "tomorrow 09:00", "Fri 27 Nov 10:00", "Fri 1 Jan 2027 10:00"; with "UTC" when that is the zone, because few people live in it.</summary>
    public static string InWords(DateTimeOffset at, string zone, DateTimeOffset now)
    {
        var place = Zone(zone);
        var local = Instant.FromDateTimeOffset(at).InZone(place).LocalDateTime;
        var today = Instant.FromDateTimeOffset(now).InZone(place).Date;
        var day = Period.DaysBetween(today, local.Date) switch
        {
            0 => "today",
            1 => "tomorrow",
            -1 => "yesterday",
            _ => local.ToString(local.Year == today.Year ? "ddd d MMM" : "ddd d MMM uuuu", CultureInfo.InvariantCulture),
        };
        return day + local.ToString(" HH:mm", CultureInfo.InvariantCulture) + (IsUtc(place) ? " UTC" : "");
    }

    internal static DateTimeZone Zone(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc;

    private static bool IsUtc(DateTimeZone zone) => zone == DateTimeZone.Utc || zone.Id is "Etc/UTC" or "UTC";

    private static bool IsAhead(DateTimeOffset at, DateTimeOffset now) => at > now && at - now <= LongestAhead;

    private static DateTimeOffset? Meant(string text, string zone, DateTimeOffset now) =>
        text.Length <= Longest ? new WhenReader(text.ToLowerInvariant(), Zone(zone), Instant.FromDateTimeOffset(now)).Read()?.ToDateTimeOffset().ToUniversalTime() : null;
}
