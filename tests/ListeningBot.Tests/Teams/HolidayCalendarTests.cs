using System.Text;
using ListeningBot.Core.Teams;
using ListeningBot.Core.Teams.Calendars;
using NodaTime;
using static ListeningBot.Tests.Teams.SomeTeam;

namespace ListeningBot.Tests.Teams;

public sealed class HolidayCalendarTests
{
    public const string Christmas = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Christ\r\n mas\r\nDTSTART;VALUE=DATE:20201225\r\nDTEND;VALUE=DATE:20201227\r\nRRULE:FREQ=YEARLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    [Fact]
    public void A_whole_day_is_a_day_of_the_teams_own_clock_each_year_and_folded_lines_are_one()
    {
        var calendar = HolidayCalendar.Read(Christmas);

        Assert.Equal("Christmas", Assert.Single(calendar.Holidays).Name);
        Assert.Equal(["2026-12-24T23:00:00Z 48:00"], Closings("Europe/Berlin", calendar, 2026));
        Assert.Equal(["2027-12-25T05:00:00Z 48:00"], Closings("America/New_York", calendar, 2027));
        Assert.Empty(Closings("America/New_York", calendar, 2019));
    }

    [Theory]
    [InlineData("DTSTART:20261103T100000Z\nDTEND:20261103T120000Z", "2026-11-03T10:00:00Z 2:00")]
    [InlineData("DTSTART;TZID=America/New_York:20261101T010000\nDTEND;TZID=America/New_York:20261101T030000", "2026-11-01T05:00:00Z 3:00")]
    [InlineData("DTSTART;TZID=\"W. Europe Standard Time\":20261103T100000\nDURATION:PT90M", "2026-11-03T09:00:00Z 1:30")]
    [InlineData("DTSTART;TZID=/example.org/20200101/Europe/Berlin:20261103T100000\nDURATION:P1D", "2026-11-03T09:00:00Z 24:00")]
    [InlineData("DTSTART:20261103T100000\nDTEND:20261103T110000", "2026-11-03T09:00:00Z 1:00")]
    [InlineData("DTSTART;VALUE=DATE:20261103", "2026-11-02T23:00:00Z 24:00")]
    [InlineData("DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-25T23:00:00Z 24:00")]
    [InlineData("DTSTART;VALUE=DATE:20200525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO", "2026-05-24T22:00:00Z 24:00")]
    [InlineData("DTSTART;VALUE=DATE:20260101\nRRULE:FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=-1;UNTIL=20260701", "2025-12-31T23:00:00Z 24:00|2026-01-30T23:00:00Z 24:00")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261224T000000\nDURATION:PT2H\nRRULE:FREQ=DAILY;UNTIL=20261225T230000Z", "2026-12-23T23:00:00Z 2:00|2026-12-24T23:00:00Z 2:00|2026-12-25T23:00:00Z 2:00")]
    [InlineData("DTSTART;TZID=America/New_York:20261223T200000\nDURATION:PT2H\nRRULE:FREQ=DAILY;UNTIL=20261225T045959Z", "2026-12-24T01:00:00Z 2:00|2026-12-25T01:00:00Z 2:00")]
    [InlineData("DTSTART;VALUE=DATE:20261106\nRRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3\nEXDATE;VALUE=DATE:20261120", "2026-11-05T23:00:00Z 24:00|2026-12-03T23:00:00Z 24:00")]
    [InlineData("DTSTART;TZID=Europe/Berlin:20261023T160000\nDTEND;TZID=Europe/Berlin:20261023T180000\nRRULE:FREQ=WEEKLY;COUNT=2;BYDAY=FR", "2026-10-23T14:00:00Z 2:00|2026-10-30T15:00:00Z 2:00")]
    [InlineData("DTSTART;VALUE=DATE:20261103\nRDATE;VALUE=DATE:20261110,20261117", "2026-11-02T23:00:00Z 24:00|2026-11-09T23:00:00Z 24:00|2026-11-16T23:00:00Z 24:00")]
    [InlineData("DTSTART;VALUE=DATE:20261103\nBEGIN:VALARM\nDTSTART:20200101\nEND:VALARM\nSTATUS:CONFIRMED", "2026-11-02T23:00:00Z 24:00")]
    [InlineData("DTSTART;VALUE=DATE:20261103\nSTATUS:CANCELLED", "")]
    public void Events_are_read_as_calendars_write_them(string properties, string closed) =>
        Assert.Equal(closed, string.Join('|', Closings("Europe/Berlin", HolidayCalendar.Read(Calendar(properties)), 2026)));

    [Fact]
    public void An_occurrence_that_was_moved_or_called_off_is_not_where_the_rule_says()
    {
        var calendar = HolidayCalendar.Read(
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;VALUE=DATE:20261102\nRRULE:FREQ=WEEKLY;COUNT=3\nEND:VEVENT\n"
            + "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20261109\nDTSTART;VALUE=DATE:20261111\nEND:VEVENT\n"
            + "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;VALUE=DATE:20261116\nDTSTART;VALUE=DATE:20261116\nSTATUS:CANCELLED\nEND:VEVENT\nEND:VCALENDAR");
        Assert.Equal(["2026-11-02T00:00:00Z 24:00", "2026-11-11T00:00:00Z 24:00"], Closings("Etc/UTC", calendar, 2026));
    }

    [Theory]
    [InlineData("SUMMARY:Odd\nDTSTART:2026", "the event \"Odd\" is left out: \"2026\" is no date or time")]
    [InlineData("SUMMARY:Odd", "the event \"Odd\" is left out: it has no DTSTART")]
    [InlineData("SUMMARY:Odd\nDTSTART;TZID=Mars/Base:20261103T100000\nDURATION:PT1H", "the event \"Odd\" is left out: the time zone \"Mars/Base\" is not known")]
    [InlineData("SUMMARY:Odd\nDTSTART;VALUE=DATE:20261103\nRRULE:FREQ=HOURLY", "the event \"Odd\" is left out: its RRULE has no FREQ of DAILY, WEEKLY, MONTHLY or YEARLY")]
    [InlineData("SUMMARY:Odd\nDTSTART;VALUE=DATE:20261103\nRRULE:FREQ=YEARLY;BYWEEKNO=3", "the event \"Odd\" is left out: its RRULE has BYWEEKNO, which is not understood")]
    [InlineData("SUMMARY:Odd\nDTSTART;VALUE=DATE:20261103\nDTEND;VALUE=DATE:20281103", "the event \"Odd\" is left out: it is longer than a year")]
    [InlineData("SUMMARY:Odd\nDTSTART;VALUE=DATE:20261103\nDTEND;VALUE=DATE:20261101", "the event \"Odd\" is left out: it ends before it begins")]
    public void What_is_wrong_with_one_event_is_told_and_the_others_count(string properties, string fault)
    {
        var calendar = HolidayCalendar.Read(Calendar(properties, "DTSTART;VALUE=DATE:20261103"));
        Assert.Equal(new CalendarFault(2, fault), Assert.Single(calendar.Faults));
        Assert.Single(calendar.Holidays);
    }

    /// <summary>As Google's public calendars write them.</summary>
    [Theory]
    [InlineData("Public holiday", true)]
    [InlineData("Public holiday in Alabama\\, Florida", true)]
    [InlineData("Public holiday\\nDate is tentative and may change.", true)]
    [InlineData("The offices are closed\\nJoin us: <a href=\"https://meet.google.example\">Google Meet</a>", true)]
    [InlineData("Observances of the house: we are closed", true)]
    [InlineData("Observance", false)]
    [InlineData("Observance\\nTo hide observances\\, go to Google Calendar Settings > Holidays in United States", false)]
    [InlineData("Observance\\nTo hide observances\\, go to Google Calendar Setting\n s > Holidays in India", false)]
    [InlineData("Gedenktag\\nWenn Sie Gedenktage ausblenden möchten\\, rufen Sie die Google Kalender-Einstellungen auf\u00a0> Feiertage in Deutschland", false)]
    [InlineData("Celebración\\nPara ocultar las celebraciones\\, ve a Configuración en Google Calendar > Festivos en España", false)]
    [InlineData("Ricorrenza\\nPer nascondere le ricorrenze\\, vai alle impostazioni di Google Calendar > Festività in Svizzera", false)]
    public void A_day_that_is_only_observed_closes_nobody(string description, bool closed)
    {
        var calendar = HolidayCalendar.Read(Calendar($"SUMMARY:A day\nDTSTART;VALUE=DATE:20261103\nDESCRIPTION:{description}\nSTATUS:CONFIRMED\nTRANSP:TRANSPARENT"));

        Assert.Equal(closed ? (1, 0) : (0, 1), (calendar.Holidays.Count, calendar.Observances));
        Assert.Empty(calendar.Faults);
    }

    [Fact]
    public void A_page_is_no_calendar() => Assert.False(HolidayCalendar.Read("<html>Please sign in</html>").IsCalendar);

    [Fact]
    public void However_much_comes_it_is_read_in_bounded_time()
    {
        var rules = Calendar([.. Enumerable.Repeat("DTSTART:19000101\nRRULE:FREQ=DAILY;COUNT=100000;BYMONTH=2;BYMONTHDAY=29", 6000)]);
        var calendar = HolidayCalendar.Read(rules);
        Assert.Equal((true, 500), (calendar.IsCalendar, calendar.Holidays.Count));
        Assert.Empty(HolidayCalendar.Read("BEGIN:VCALENDAR\nBEGIN:VEVENT\nX" + new string(';', 1_000_000) + ":a\n" + new string(' ', 1_000_000) + "\nEND:VEVENT").Holidays);
        Assert.Empty(HolidayCalendar.Read(string.Concat(Enumerable.Repeat("BEGIN:VEVENT\n", 70_000))).Holidays);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_mutilated_calendar_never_throws(int seed)
    {
        var random = new Random(seed);
        string[] scraps = ["\n ", "\r", ":", ";", "=", "\"", ",", "-", "99999999999", "0", "T", "Z", "TZID=", "RRULE:", "BYDAY=-53SU", "INTERVAL=9999", "BEGIN:VEVENT\n", "END:VEVENT\n", "00010101", "99991231", "DURATION:P9999W\n", "\uFEFF", "\0"];
        var good = Calendar(
            "UID:1\nSUMMARY:A\nDTSTART;TZID=Europe/Berlin:20261103T100000\nDTEND;TZID=Europe/Berlin:20261103T110000\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1TU,-1FR\nEXDATE;TZID=Europe/Berlin:20271102T100000",
            "UID:2\nDTSTART;VALUE=DATE:20261103\nDURATION:P2D\nRRULE:FREQ=MONTHLY;BYMONTHDAY=-1,31;COUNT=4\nRDATE;VALUE=DATE:20261110");
        for (var i = 0; i < 2000; i++)
        {
            var text = new StringBuilder(good);
            for (var n = random.Next(5); n >= 0; n--)
            {
                var at = random.Next(text.Length);
                _ = random.Next(2) == 0 ? text.Insert(at, scraps[random.Next(scraps.Length)]) : text.Remove(at, Math.Min(random.Next(12), text.Length - at));
            }
            var calendar = HolidayCalendar.Read(text.ToString());
            _ = Closings("Europe/Berlin", calendar, 2026);
        }
    }

    private static string Calendar(params string[] events) =>
        "BEGIN:VCALENDAR\n" + string.Concat(events.Select(properties => $"BEGIN:VEVENT\n{properties}\nEND:VEVENT\n")) + "END:VCALENDAR\n";

    /// <summary>"start length", those that begin in this year by the zone's clock.</summary>
    private static IEnumerable<string> Closings(string zone, HolidayCalendar calendar, int year)
    {
        var clock = DateTimeZoneProviders.Tzdb[zone];
        var closings = new Closings(calendar.Holidays, zone);
        return Enumerable.Range(0, 366).Select(new LocalDate(year, 1, 1).PlusDays).SelectMany(day => closings.On(day, clock)).Distinct()
            .Where(closed => closed.Start.InZone(clock).Year == year)
            .Select(closed => $"{closed.Start} {(int)closed.Duration.TotalHours}:{closed.Duration.Minutes:00}");
    }
}
