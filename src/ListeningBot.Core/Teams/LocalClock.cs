using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>
/// What the clock on a team's wall means. Each local time is one moment: one that the clock skips is the moment of the skip, one that it shows twice is the first of
/// the two. So shifts that meet on paper meet in fact: no hole, and nobody twice.
/// </summary>
internal static class LocalClock
{
    public static DateTimeZone Zone(string name) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) ?? DateTimeZone.Utc;

    public static Instant At(this DateTimeZone zone, LocalDateTime local)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }

    public static Instant Midnight(this DateTimeZone zone, LocalDate day) => zone.At(day.AtMidnight());

    public static LocalDate DayOf(this DateTimeZone zone, Instant at) => at.InZone(zone).Date;
}
