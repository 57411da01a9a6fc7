using ListeningBot.Core.Teams;
using static ListeningBot.Tests.Teams.SomeTeam;

namespace ListeningBot.Tests.Teams;

public sealed class RotaTests
{
    [Fact]
    public void Without_members_nobody_is_on_call_and_without_a_rota_all_are()
    {
        Assert.Empty(new Team { Name = "care" }.OnCall(At("2026-11-23 03:00 +00:00")));
        Assert.Equal(["anna", "ben", "carl"], Ids(Care(), "2026-11-23 03:00 +00:00"));
    }

    [Theory]
    [InlineData("2026-11-23 09:00 +01:00", "anna")]
    [InlineData("2026-11-23 12:00 +01:00", "anna ben")]
    [InlineData("2026-11-23 17:00 +01:00", "ben")]
    [InlineData("2026-11-23 21:59 +01:00", "carl")]
    [InlineData("2026-11-24 01:59 +01:00", "carl")]
    [InlineData("2026-11-24 02:00 +01:00", "")]
    [InlineData("2026-11-22 12:00 +01:00", "")]
    public void Layers_add_up_and_a_shift_may_go_over_midnight(string at, string onCall)
    {
        var team = Care() with { Rota = [new(Hours(WorkDays, "09:00-17:00"), [Anna]), new(Hours(WorkDays, "12:00-18:00"), [Ben]), new(Hours(WorkDays, "20:00-02:00"), [Carl])] };
        Assert.Equal(onCall, string.Join(' ', Ids(team, at)));
    }

    [Theory]
    [InlineData("2026-11-02 08:59 +01:00", "")]
    [InlineData("2026-11-02 09:00 +01:00", "anna")]
    [InlineData("2026-11-09 08:59 +01:00", "anna")]
    [InlineData("2026-11-09 09:00 +01:00", "ben")]
    [InlineData("2026-11-23 12:00 +01:00", "anna")]
    [InlineData("2027-03-29 08:59 +02:00", "carl")]
    [InlineData("2027-03-29 09:00 +02:00", "anna")]
    public void A_rotation_hands_over_each_week_at_the_same_local_time(string at, string onCall)
    {
        var team = Care() with { Rota = [new(null, [Anna, Ben, Carl], new Turns(7, Local("2026-11-02 09:00")))] };
        Assert.Equal(onCall, string.Join(' ', Ids(team, at)));
    }

    [Fact]
    public void Changes_hold_in_the_order_in_which_they_are_written_and_only_for_their_time()
    {
        var team = Care() with
        {
            Rota = [Shift("09:00-17:00", Anna, Ben)],
            Changes =
            [
                new Away(Local("2026-11-23 00:00"), Local("2026-11-25 00:00"), Anna),
                new StandIn(Local("2026-11-24 00:00"), Local("2026-11-25 00:00"), Carl, Ben),
                new Instead(Local("2026-11-26 06:00"), Local("2026-11-26 10:00"), [Carl]),
            ],
        };
        Assert.Equal(["ben"], Ids(team, "2026-11-23 12:00 +01:00"));
        Assert.Equal(["carl"], Ids(team, "2026-11-24 12:00 +01:00"));
        Assert.Equal(["anna", "ben"], Ids(team, "2026-11-25 12:00 +01:00"));
        Assert.Equal(["carl"], Ids(team, "2026-11-26 07:00 +01:00"));
        Assert.Equal(["anna", "ben"], Ids(team, "2026-11-26 10:00 +01:00"));
    }

    [Fact]
    public void A_shift_rests_on_a_holiday_and_what_is_always_goes_on()
    {
        var team = Care() with { Rota = [Shift("09:00-17:00", Anna), new(null, [Carl])], Closed = Closed("Europe/Berlin", HolidayCalendarTests.Christmas) };
        Assert.Equal(["anna", "carl"], Ids(team, "2026-12-24 12:00 +01:00"));
        Assert.Equal(["carl"], Ids(team, "2026-12-25 12:00 +01:00"));
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29 02:00", "2026-03-29 03:00", 0)]
    [InlineData("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 04:00", 60)]
    [InlineData("Europe/Berlin", "2026-10-25 02:00", "2026-10-25 03:00", 120)]
    [InlineData("Europe/Berlin", "2026-10-25 02:15", "2026-10-25 02:45", 30)]
    [InlineData("America/New_York", "2026-03-08 02:00", "2026-03-08 03:00", 0)]
    [InlineData("America/New_York", "2026-11-01 01:00", "2026-11-01 02:00", 120)]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:00", "2026-10-04 03:00", 30)]
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:30", "2026-04-05 02:00", 60)]
    [InlineData("Asia/Kolkata", "2026-03-29 02:00", "2026-03-29 03:00", 60)]
    public void A_shift_in_a_gap_is_as_short_as_the_night_and_one_in_an_overlap_counts_once(string zone, string from, string to, int minutes)
    {
        var team = Care(zone) with { Rota = [Shift(from[^5..] + "-" + to[^5..], Anna)] };
        var noon = new DateTimeOffset(Local(from).Date.ToDateTimeUnspecified(), TimeSpan.Zero).AddDays(-1);

        // the day's own shift alone: from its local noon to its local noon at most one begins
        var day = Enumerable.Range(0, 3 * 24 * 60).Select(minute => noon.AddMinutes(minute)).Where(at => team.OnCall(at).Count > 0)
            .Count(at => NodaTime.Instant.FromDateTimeOffset(at).InZone(NodaTime.DateTimeZoneProviders.Tzdb[zone]).Date == Local(from).Date);

        Assert.Equal(minutes, day);
    }

    [Theory]
    [InlineData("Europe/Berlin", 2026)]
    [InlineData("America/New_York", 2026)]
    [InlineData("Australia/Lord_Howe", 2026)]
    [InlineData("Asia/Kolkata", 2026)]
    [InlineData("America/Havana", 2026)]
    [InlineData("Pacific/Apia", 2011)]
    public void Shifts_that_meet_leave_no_moment_without_anybody_and_none_with_two(string zone, int year)
    {
        var team = Care(zone) with { Rota = [Shift("00:30-02:10", Anna), Shift("02:10-02:50", Ben), Shift("02:50-00:30", Carl)] };
        for (var at = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero); at.Year == year; at = at.AddMinutes(10))
        {
            Assert.Single(team.OnCall(at));
        }
    }

    [Fact]
    public void Who_speaks_the_language_comes_first_and_when_nobody_does_all_do()
    {
        Assert.Equal([Anna, Ben], Team.Fit([Anna, Ben, Carl], "en"));
        Assert.Equal([Ben, Carl], Team.Fit([Ben, Carl], "de"));
        Assert.Equal([Ben, Carl], Team.Fit([Ben, Carl], "und"));
    }

    private static IEnumerable<string> Ids(Team team, string at) => team.OnCall(At(at)).Select(member => member.Id);
}
