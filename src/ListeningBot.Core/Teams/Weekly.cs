using NodaTime;

namespace ListeningBot.Core.Teams;

/// <summary>The same hours on some days of each week, by the team's clock. An end that is not after the start lies on the next day.</summary>
public sealed record Weekly(IReadOnlyList<IsoDayOfWeek> Days, LocalTime From, LocalTime To)
{
    /// <summary>What begins on this day, or null.</summary>
    internal Interval? On(LocalDate day, DateTimeZone zone) =>
        Days.Contains(day.DayOfWeek) ? new Interval(zone.At(day + From), zone.At((To > From ? day : day.PlusDays(1)) + To)) : null;

    internal bool Covers(Instant at, DateTimeZone zone) => Around(zone.DayOf(at)).Any(day => On(day, zone)?.Contains(at) == true);

    /// <summary>The days on which something that touches this day may begin; the day after as well, where a clock goes back over midnight.</summary>
    internal static IEnumerable<LocalDate> Around(LocalDate day) => [day.PlusDays(-1), day, day.PlusDays(1)];
}
