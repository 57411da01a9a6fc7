using System.Globalization;
using ListeningBot.Core.Teams;
using NodaTime;
using NodaTime.Text;

namespace ListeningBot.Tests.Teams;

/// <summary>People and hours for tests.</summary>
internal static class SomeTeam
{
    public static readonly Member Anna = new() { Id = "anna", Name = "Anna Berg", Accounts = ["discord:1"], Languages = ["de", "en"] };
    public static readonly Member Ben = new() { Id = "ben", Name = "Ben Moss", Accounts = ["discord:2"], Languages = ["en"] };
    public static readonly Member Carl = new() { Id = "carl", Name = "Carl Roth", Accounts = ["discord:3"], Languages = ["fr"] };

    public static readonly IsoDayOfWeek[] EachDay = [.. Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day)];
    public static readonly IsoDayOfWeek[] WorkDays = EachDay[..5];

    public static Team Care(string zone = "Europe/Berlin") => new() { Name = "care", Zone = zone, Members = [Anna, Ben, Carl] };

    /// <summary>"09:00-17:00".</summary>
    public static Weekly Hours(IReadOnlyList<IsoDayOfWeek> days, string hours) => new(days, Time(hours.Split('-')[0]), Time(hours.Split('-')[1]));

    public static Shift Shift(string hours, params Member[] members) => new(Hours(EachDay, hours), members);

    public static LocalDateTime Local(string text) => LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm").Parse(text).Value;

    /// <summary>"2026-03-29 01:00 +01:00".</summary>
    public static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);

    public static Closings Closed(string zone, string calendar) => new(Core.Teams.Calendars.HolidayCalendar.Read(calendar).Holidays, zone);

    private static LocalTime Time(string text) => LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(text).Value;
}
