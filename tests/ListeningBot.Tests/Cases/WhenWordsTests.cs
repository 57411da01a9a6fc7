using System.Globalization;
using ListeningBot.Core.Cases;
using NodaTime;

namespace ListeningBot.Tests.Cases;

public sealed class WhenWordsTests
{
    private const string Berlin = "Europe/Berlin";

    /// <summary>Monday, 23 November 2026, 10:30 in Berlin.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Friday 10:00", "2026-11-27 10:00")]
    [InlineData("fri 10", "2026-11-27 10:00")]
    [InlineData("10am Friday", "2026-11-27 10:00")]
    [InlineData("on Friday at 10:00", "2026-11-27 10:00")]
    [InlineData("by friday, 2:30 p.m.", "2026-11-27 14:30")]
    [InlineData("Friday", "2026-11-27 09:00")]
    [InlineData("Friday afternoon", "2026-11-27 15:00")]
    [InlineData("friday noon", "2026-11-27 12:00")]
    [InlineData("monday 11:00", "2026-11-23 11:00")]
    [InlineData("monday 10:00", "2026-11-30 10:00")]
    [InlineData("Thursday 17h", "2026-11-26 17:00")]
    [InlineData("tomorrow 9am", "2026-11-24 09:00")]
    [InlineData("tomorrow", "2026-11-24 09:00")]
    [InlineData("tomorrow at 12 am", "2026-11-24 00:00")]
    [InlineData("today 12pm", "2026-11-23 12:00")]
    [InlineData("today 15:00", "2026-11-23 15:00")]
    [InlineData("15:00", "2026-11-23 15:00")]
    [InlineData("at 10", "2026-11-24 10:00")]
    [InlineData("8:15", "2026-11-24 08:15")]
    [InlineData("in 2 h", "2026-11-23 12:30")]
    [InlineData("2h", "2026-11-23 12:30")]
    [InlineData("30 min", "2026-11-23 11:00")]
    [InlineData("in half an hour", "2026-11-23 11:00")]
    [InlineData("in an hour", "2026-11-23 11:30")]
    [InlineData("in 1 h 15 min", "2026-11-23 11:45")]
    [InlineData("in 1,5 Stunden", "2026-11-23 12:00")]
    [InlineData("in 2 days", "2026-11-25 10:30")]
    [InlineData("in a week", "2026-11-30 10:30")]
    [InlineData("2 hours from now", "2026-11-23 12:30")]
    [InlineData("24.12. 14:00", "2026-12-24 14:00")]
    [InlineData("24.12 14:00", "2026-12-24 14:00")]
    [InlineData("24.12.26 14:00", "2026-12-24 14:00")]
    [InlineData("24.12.2026, 14 Uhr", "2026-12-24 14:00")]
    [InlineData("14:00 24.12.", "2026-12-24 14:00")]
    [InlineData("14 Uhr am 24.12.", "2026-12-24 14:00")]
    [InlineData("2026-12-24 14:00", "2026-12-24 14:00")]
    [InlineData("2026-12-24T14:00", "2026-12-24 14:00")]
    [InlineData("2026-12-24T14:00:00", "2026-12-24 14:00")]
    [InlineData("2026-12-24", "2026-12-24 09:00")]
    [InlineData("24 Dec 14:00", "2026-12-24 14:00")]
    [InlineData("Dec 24, 2pm", "2026-12-24 14:00")]
    [InlineData("December 24th 2026 14:00", "2026-12-24 14:00")]
    [InlineData("24. Dezember 14 Uhr", "2026-12-24 14:00")]
    [InlineData("5 Jan 10:00", "2027-01-05 10:00")]
    [InlineData("22.11. 10:00", "2027-11-22 10:00")]
    [InlineData("Fri 27 Nov 10:00", "2026-11-27 10:00")]
    [InlineData("Friday, 27.11., 10:00", "2026-11-27 10:00")]
    [InlineData("morgen 9 Uhr", "2026-11-24 09:00")]
    [InlineData("morgen früh", "2026-11-24 09:00")]
    [InlineData("Morgen Nachmittag", "2026-11-24 15:00")]
    [InlineData("heute 14.30 Uhr", "2026-11-23 14:30")]
    [InlineData("14 Uhr 30", "2026-11-23 14:30")]
    [InlineData("übermorgen um 8", "2026-11-25 08:00")]
    [InlineData("Freitag 10:00", "2026-11-27 10:00")]
    [InlineData("Freitag morgen", "2026-11-27 09:00")]
    [InlineData("am Freitag bis 10 Uhr", "2026-11-27 10:00")]
    [InlineData("in 2 Stunden", "2026-11-23 12:30")]
    [InlineData("in einer halben Stunde", "2026-11-23 11:00")]
    [InlineData("in einer Stunde", "2026-11-23 11:30")]
    [InlineData("in drei Tagen", "2026-11-26 10:30")]
    [InlineData("  FRIDAY   10:00  ", "2026-11-27 10:00")]
    public void What_people_say_is_read_in_their_zone(string text, string local) => Assert.Equal(local, Local(WhenWords.Read(text, Berlin, Monday), Berlin));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("soon")]
    [InlineData("Friday-ish")]
    [InlineData("10")]
    [InlineData("today")]
    [InlineData("25:00")]
    [InlineData("10:60")]
    [InlineData("13pm")]
    [InlineData("friday 0 am")]
    [InlineData("31.2. 10:00")]
    [InlineData("24.13. 10:00")]
    [InlineData("2026-13-01")]
    [InlineData("Tuesday 27.11. 10:00")]
    [InlineData("10:00 11:00")]
    [InlineData("friday monday 10:00")]
    [InlineData("tomorrow 24.12. 10:00")]
    [InlineData("in 2 h and then some")]
    [InlineData("in 0.5 days")]
    [InlineData("٣:٠٠")]
    [InlineData("24 Marble 10:00")]
    [InlineData("a very long sentence that says a lot of things and no time, Friday 10:00")]
    public void What_is_no_time_gets_examples(string text)
    {
        Assert.Null(WhenWords.Read(text, Berlin, Monday));
        Assert.Contains("Friday 10:00", WhenWords.WhyNot(text, Berlin, Monday), StringComparison.Ordinal);
        Assert.StartsWith("I can't tell", WhenWords.WhyNot(text, Berlin, Monday), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("today 10:30", "That time has passed (today 10:30)")]
    [InlineData("2025-12-24 14:00", "That time has passed (Wed 24 Dec 2025 14:00)")]
    [InlineData("in 0 min", "That time has passed")]
    [InlineData("2028-01-01 10:00", "more than a year")]
    [InlineData("in 9999 h", "more than a year")]
    [InlineData("in 999 days", "more than a year")]
    public void What_has_passed_or_is_far_off_is_told_so(string text, string why)
    {
        Assert.Null(WhenWords.Read(text, Berlin, Monday));
        Assert.StartsWith(why, WhenWords.WhyNot(text, Berlin, Monday).Replace("That is more", "more", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void An_hour_that_the_clocks_leave_out_comes_as_much_later() =>
        Assert.Equal(Utc(2027, 3, 28, 1, 30), WhenWords.Read("28.3. 02:30", Berlin, Monday));

    [Fact]
    public void Of_an_hour_that_comes_twice_the_first_that_is_still_to_come_is_meant()
    {
        // On 31 October 2027 Berlin has 02:30 at 00:30 and at 01:30 UTC.
        Assert.Equal(Utc(2027, 10, 31, 0, 30), WhenWords.Read("today 02:30", Berlin, Utc(2027, 10, 30, 23, 0)));
        Assert.Equal(Utc(2027, 10, 31, 1, 30), WhenWords.Read("today 02:30", Berlin, Utc(2027, 10, 31, 0, 40)));
    }

    [Fact]
    public void Hours_are_time_that_passes_and_days_are_days_of_the_calendar()
    {
        var evening = Utc(2027, 3, 27, 19, 0);

        Assert.Equal(evening.AddHours(24), WhenWords.Read("in 24 h", Berlin, evening));
        Assert.Equal(evening.AddHours(23), WhenWords.Read("in 1 day", Berlin, evening));
    }

    [Fact]
    public void Today_is_the_day_where_the_responder_lives()
    {
        var now = Utc(2026, 11, 23, 20, 0);

        Assert.Equal("2026-11-25 09:00", Local(WhenWords.Read("tomorrow 9am", "Asia/Tokyo", now), "Asia/Tokyo"));
        Assert.Equal("2026-11-24 09:00", Local(WhenWords.Read("tomorrow 9am", "America/New_York", now), "America/New_York"));
        Assert.Equal(Utc(2026, 11, 24, 9, 0), WhenWords.Read("tomorrow 9am", "Nowhere/Atall", now));
    }

    [Theory]
    [InlineData(0, "today 10:30")]
    [InlineData(24, "tomorrow 10:30")]
    [InlineData(-24, "yesterday 10:30")]
    [InlineData(96, "Fri 27 Nov 10:30")]
    [InlineData(24 * 45, "Thu 7 Jan 2027 10:30")]
    public void Times_are_told_as_people_say_them(int hours, string words) => Assert.Equal(words, WhenWords.InWords(Monday.AddHours(hours), Berlin, Monday));

    [Fact]
    public void Utc_is_named_because_few_people_live_in_it() => Assert.Equal("today 09:30 UTC", WhenWords.InWords(Monday, "Etc/UTC", Monday));

    [Fact]
    public void What_is_told_is_read_back_as_the_same_moment()
    {
        var random = new Random(20261123);
        string[] zones = [Berlin, "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Etc/UTC", "Africa/Casablanca", "America/St_Johns"];
        for (var i = 0; i < 5000; i++)
        {
            var zone = zones[random.Next(zones.Length)];
            var now = Monday.AddMinutes(random.Next(5 * 366 * 1440));
            var at = now.AddMinutes(random.Next(1, 365 * 1440));
            var words = WhenWords.InWords(at, zone, now);

            var read = WhenWords.Read(words, zone, now);

            var twice = DateTimeZoneProviders.Tzdb[zone].MapLocal(Instant.FromDateTimeOffset(at).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime).Count == 2;
            Assert.True(read == at || (twice && read is not null), $"{words} in {zone}: {read:O}, not {at:O}");
        }
    }

    [Fact]
    public void Whatever_is_said_the_answer_is_ahead_within_a_year_or_none_with_a_reason()
    {
        var random = new Random(7);
        string[] pieces = ["friday", "mon", "tomorrow", "heute", "morgen", "in", "2", "10", "24.", "12.", "2026", ":", "00", "30", "am", "pm", "uhr", "h", "min", "dec", "um", "-", "t", " ", " ", " ", "half an", "days", "\u0660", "utc", "9999", "31", "02", "."];
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => pieces[random.Next(pieces.Length)]));
            var now = Monday.AddMinutes(random.Next(3 * 366 * 1440));

            if (WhenWords.Read(text, Berlin, now) is { } at)
            {
                Assert.True(at > now && at - now <= TimeSpan.FromDays(366), text);
            }
            else
            {
                Assert.NotEqual("", WhenWords.WhyNot(text, Berlin, now));
            }
        }
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    private static string? Local(DateTimeOffset? at, string zone) =>
        at is { } moment ? Instant.FromDateTimeOffset(moment).InZone(DateTimeZoneProviders.Tzdb[zone]).ToString("uuuu-MM-dd HH:mm", CultureInfo.InvariantCulture) : null;
}
