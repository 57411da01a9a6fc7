using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;
using static ListeningBot.Tests.Teams.SomeTeam;

namespace ListeningBot.Tests.Teams;

public sealed class TeamTimeTests
{
    private static readonly Team Office = Care() with { Hours = [Hours(WorkDays, "09:00-17:00")] };

    [Theory]
    [InlineData("2026-11-20 16:00 +01:00", 120, "2026-11-23 10:00 +01:00")]
    [InlineData("2026-11-21 12:00 +01:00", 60, "2026-11-23 10:00 +01:00")]
    [InlineData("2026-11-23 09:00 +01:00", 480, "2026-11-23 17:00 +01:00")]
    [InlineData("2026-03-27 16:30 +01:00", 60, "2026-03-30 09:30 +02:00")]
    public void Targets_count_business_hours(string from, int minutes, string due) =>
        Assert.Equal(At(due), Office.After(At(from), TimeSpan.FromMinutes(minutes), Priority.High));

    [Fact]
    public void Critical_cases_know_no_hours()
    {
        var night = At("2026-11-21 03:00 +01:00");
        var team = Office with { Quiet = [Hours(EachDay, "22:00-07:00")], Rota = [Shift("09:00-17:00", Anna)] };
        Assert.Equal(night.AddMinutes(3), team.After(night, TimeSpan.FromMinutes(3), Priority.Critical));
        Assert.Equal(night, team.Awake(night, Priority.Critical));
    }

    [Fact]
    public void A_holiday_is_no_working_time_and_neither_is_a_quiet_hour()
    {
        var team = Office with { Closed = Closed("Europe/Berlin", HolidayCalendarTests.Christmas), Quiet = [Hours(EachDay, "12:00-13:00")] };
        Assert.Equal(At("2026-12-28 10:00 +01:00"), team.After(At("2026-12-24 16:00 +01:00"), TimeSpan.FromHours(2), Priority.Normal));
        Assert.Equal(At("2026-11-23 13:30 +01:00"), team.After(At("2026-11-23 11:30 +01:00"), TimeSpan.FromHours(1), Priority.Normal));
    }

    [Fact]
    public void Without_hours_of_its_own_a_team_works_when_its_rota_does_and_with_a_rotation_always()
    {
        var shifts = Care() with { Rota = [Shift("09:00-17:00", Anna), Shift("12:00-18:00", Ben)] };
        var rotation = Care() with { Rota = [new(null, [Anna, Ben], new Turns(7, Local("2026-01-05 09:00")))] };
        Assert.Equal(At("2026-11-24 09:30 +01:00"), shifts.After(At("2026-11-23 17:30 +01:00"), TimeSpan.FromHours(1), Priority.Normal));
        Assert.Equal(At("2026-11-23 18:30 +01:00"), rotation.After(At("2026-11-23 17:30 +01:00"), TimeSpan.FromHours(1), Priority.Normal));
    }

    [Theory]
    [InlineData("2026-11-28 10:05 +01:00", "2026-11-28 10:20 +01:00")]
    [InlineData("2026-11-28 09:00 +01:00", "2026-11-28 10:15 +01:00")]
    [InlineData("2026-11-28 13:55 +01:00", "2026-11-30 09:10 +01:00")]
    [InlineData("2026-11-28 11:50 +01:00", "2026-11-28 12:35 +01:00")]
    [InlineData("2026-12-25 10:05 +01:00", "2026-12-25 10:20 +01:00")]
    public void Who_is_there_by_a_change_works_on_a_day_off_and_on_a_holiday(string from, string due)
    {
        var team = Care() with
        {
            Rota = [new(Hours(WorkDays, "09:00-17:00"), [Anna])],
            Quiet = [Hours(EachDay, "12:00-12:30")],
            Closed = Closed("Europe/Berlin", HolidayCalendarTests.Christmas),
            Changes = [new Instead(Local("2026-11-28 10:00"), Local("2026-11-28 14:00"), [Ben]), new Instead(Local("2026-12-25 10:00"), Local("2026-12-25 14:00"), [Ben])],
        };
        Assert.Equal(At(due), team.After(At(from), TimeSpan.FromMinutes(15), Priority.High));
        Assert.Equal(At(due), team.Awake(At(due), Priority.High));
    }

    /// <summary>By its date alone a change says who is there, and nobody is there at night.</summary>
    [Theory]
    [InlineData("2026-11-24 18:00 +01:00", "2026-11-25 09:00 +01:00")]
    [InlineData("2026-12-05 03:00 +01:00", "2026-12-07 09:00 +01:00")]
    [InlineData("2026-12-10 20:00 +01:00", "2026-12-11 09:00 +01:00")]
    [InlineData("2026-12-25 03:00 +01:00", "2026-12-25 09:00 +01:00")]
    [InlineData("2026-12-25 17:00 +01:00", "2026-12-28 09:00 +01:00")]
    public void Who_is_there_by_a_change_of_whole_days_works_when_the_rota_would_on_a_holiday_too(string from, string begins)
    {
        var team = Care() with
        {
            Rota = [new(Hours(WorkDays, "09:00-17:00"), [Anna, Ben])],
            Closed = Closed("Europe/Berlin", HolidayCalendarTests.Christmas),
            Changes =
            [
                new Instead(Local("2026-11-24 00:00"), Local("2026-11-25 00:00"), [Ben]),
                new Instead(Local("2026-11-30 12:00"), Local("2026-12-12 09:00"), [Ben]),
                new Instead(Local("2026-12-25 00:00"), Local("2026-12-27 00:00"), [Ben]),
            ],
        };
        Assert.Equal(At(begins).AddMinutes(15), team.After(At(from), TimeSpan.FromMinutes(15), Priority.High));
        Assert.Equal(At(begins), team.Awake(At(from), Priority.High));
        Assert.Equal([Ben], team.OnCall(At("2026-12-25 10:00 +01:00")));
    }

    [Fact]
    public void Who_is_there_by_a_change_on_a_holiday_is_called_without_a_rota_but_not_beyond_business_hours()
    {
        var holiday = At("2026-12-25 10:05 +01:00");
        var team = Care() with { Closed = Closed("Europe/Berlin", HolidayCalendarTests.Christmas), Changes = [new Instead(Local("2026-12-25 10:00"), Local("2026-12-25 14:00"), [Ben])] };
        Assert.Equal((holiday.AddMinutes(15), holiday), (team.After(holiday, TimeSpan.FromMinutes(15), Priority.High), team.Awake(holiday, Priority.High)));

        var office = team with { Hours = [Hours(WorkDays, "09:00-17:00")] };
        Assert.Equal(At("2026-12-28 09:15 +01:00"), office.After(holiday, TimeSpan.FromMinutes(15), Priority.High));
    }

    [Theory]
    [InlineData("2026-11-23 12:00 +01:00", "2026-11-23 12:00 +01:00")]
    [InlineData("2026-11-23 17:00 +01:00", "2026-11-24 09:00 +01:00")]
    [InlineData("2026-11-20 20:00 +01:00", "2026-11-23 09:00 +01:00")]
    [InlineData("2026-12-24 18:00 +01:00", "2026-12-28 10:00 +01:00")]
    public void Pings_wait_for_the_rota(string at, string awake)
    {
        var team = Care() with
        {
            Rota = [new(Hours(WorkDays, "09:00-17:00"), [Anna])],
            Closed = Closed("Europe/Berlin", HolidayCalendarTests.Christmas),
            Changes = [new Away(Local("2026-12-28 00:00"), Local("2026-12-28 10:00"), Anna)],
        };
        Assert.Equal(At(awake), team.Awake(At(at), Priority.Low));
    }

    [Fact]
    public void Pings_wait_for_the_end_of_quiet_hours_also_where_nobody_is_described()
    {
        var team = new Team { Name = "care", Zone = "Asia/Kolkata", Quiet = [Hours(EachDay, "22:00-07:00")] };
        Assert.Equal(At("2026-11-24 07:00 +05:30"), team.Awake(At("2026-11-23 23:15 +05:30"), Priority.High));
    }

    [Fact]
    public void Who_never_works_again_is_pinged_at_once_and_targets_end_within_a_year_or_so()
    {
        var team = Care() with { Rota = [Shift("09:00-17:00", Anna)], Changes = [new Away(Local("2026-01-01 00:00"), Local("2036-01-01 00:00"), Anna)], Hours = [Hours(EachDay, "09:00-17:00")], Quiet = [Hours(EachDay, "08:00-18:00")] };
        var now = At("2026-11-23 12:00 +01:00");
        Assert.Equal(now, team.Awake(now, Priority.Normal));
        Assert.Equal(now.AddDays(366).AddHours(1), team.After(now, TimeSpan.FromHours(1), Priority.Normal));
    }

    /// <summary>What was taken stays taken; only what is to come moves.</summary>
    [Fact]
    public void A_changed_zone_moves_what_is_to_come_and_repeats_nothing()
    {
        var seen = At("2026-11-23 09:00 +00:00");
        var @case = Case.Open(new Opened(1, 1, Priority.Normal, ["care"], seen, seen));
        var london = Office with { Zone = "Europe/London" };
        var ping = Agenda.Next(@case, london)!;
        Assert.Equal(new DueStep(At("2026-11-23 10:00 +00:00"), Step.Ping), ping);

        var pinged = ((Transition.Changed)@case.Apply(new TimeCame(ping.Step), ping.At)).Case;

        Assert.Equal(new DueStep(At("2026-11-23 12:00 +00:00"), Step.Lead), Agenda.Next(pinged, london));
        Assert.Equal(new DueStep(At("2026-11-23 17:00 +00:00"), Step.Lead), Agenda.Next(pinged, london with { Zone = "America/New_York" }));
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kolkata")]
    public void Whatever_the_hours_time_goes_forward(string zone)
    {
        var random = new Random(zone.Length);
        for (var i = 0; i < 60; i++)
        {
            var team = AnyTeam(zone, random);
            var from = ManualClock.Start.AddMinutes(random.Next(2 * 366 * 24 * 60));
            var (last, longest) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
            for (var j = 0; j < 25; j++)
            {
                from = from.AddMinutes(random.Next(600));
                var due = team.After(from, TimeSpan.FromMinutes(200), Priority.Normal);
                var longer = team.After(from, TimeSpan.FromMinutes(200 + random.Next(400)), Priority.Normal);
                Assert.True(due >= last && due >= from.AddMinutes(200) && longer >= due, $"{team} {from} {due}");
                last = due;
            }
        }
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kolkata")]
    public void Working_time_of_two_stretches_is_that_of_both(string zone)
    {
        var random = new Random(zone.Length + 1);
        for (var i = 0; i < 200; i++)
        {
            var team = AnyTeam(zone, random);
            var from = ManualClock.Start.AddMinutes(random.Next(366 * 24 * 60));
            var (one, other) = (TimeSpan.FromMinutes(1 + random.Next(500)), TimeSpan.FromMinutes(1 + random.Next(500)));
            Assert.Equal(team.After(from, one + other, Priority.Low), team.After(team.After(from, one, Priority.Low), other, Priority.Low));
        }
    }

    [Theory]
    [InlineData("Europe/Berlin")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kolkata")]
    public void Somebody_is_there_when_they_are_pinged_and_nobody_was_before(string zone)
    {
        var random = new Random(zone.Length + 2);
        for (var i = 0; i < 200; i++)
        {
            var team = AnyTeam(zone, random);
            var at = ManualClock.Start.AddMinutes(random.Next(2 * 366 * 24 * 60));
            var awake = team.Awake(at, Priority.Normal);
            Assert.True(awake >= at);
            Assert.Equal(awake, team.Awake(awake, Priority.Normal));
            Assert.NotEmpty(team.OnCall(awake));
            var between = at + ((awake - at) * random.NextDouble());
            Assert.Equal(awake, between < awake ? team.Awake(between, Priority.Normal) : awake);
        }
    }

    private static Team AnyTeam(string zone, Random random)
    {
        string[] hours = ["09:00-17:00", "00:00-00:00", "22:30-02:30", "02:00-03:00", "01:15-02:45", "12:00-12:30"];
        string Some() => hours[random.Next(hours.Length)];
        return Care(zone) with
        {
            Rota = random.Next(3) == 0 ? [] : [new(Hours(WorkDays, Some()), [Anna]), .. random.Next(2) == 0 ? new[] { Shift(Some(), Ben, Carl) } : []],
            Hours = random.Next(2) == 0 ? [] : [Hours(WorkDays, Some()), Hours(EachDay[..random.Next(1, 7)], Some())],
            Quiet = random.Next(2) == 0 ? [] : [Hours(EachDay, "23:00-01:30")],
            Closed = random.Next(2) == 0 ? Closings.None : Closed(zone, HolidayCalendarTests.Christmas),
            Changes = random.Next(2) == 0 ? [] : [new Away(Local("2026-11-01 00:00"), Local("2026-12-24 12:00"), Ben), new Instead(Local("2026-12-24 20:00"), Local("2026-12-26 03:00"), [Carl])],
        };
    }
}
