using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Net;

/// <summary>Somebody sets the machine's clock, and services date their answers.</summary>
public sealed class HouseClockTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly ManualClock _machine = new();
    private readonly HouseClock _house;

    public HouseClockTests() => _house = new HouseClock(_machine);

    private TimeSpan Ahead => _house.GetUtcNow() - _machine.Right.GetUtcNow();

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void A_day_forth_or_back_is_not_followed_and_when_it_is_taken_back_nothing_was(int days)
    {
        _machine.Ahead = days * Day;
        Assert.Equal(TimeSpan.Zero, Ahead);
        Assert.Equal(days * Day, _house.Doubt);
        _machine.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(TimeSpan.Zero, Ahead);
        _machine.Ahead = TimeSpan.Zero;

        Assert.Equal((TimeSpan.Zero, null), (Ahead, _house.Doubt));
    }

    /// <summary>It is asked with each post.</summary>
    [Fact]
    public void To_ask_the_time_costs_no_memory()
    {
        var house = new HouseClock(TimeProvider.System);
        _ = house.GetUtcNow();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _ = house.GetUtcNow();
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void It_is_followed_when_a_service_dates_its_answer_so_and_no_longer_doubted(int days)
    {
        _machine.Ahead = days * Day;
        _house.Hear(_machine.GetUtcNow().AddSeconds(5));

        Assert.Equal((days * Day, null), (Ahead, _house.Doubt));
    }

    [Fact]
    public void While_services_say_that_it_is_wrong_it_is_never_followed_and_a_date_that_agrees_with_neither_says_nothing()
    {
        _machine.Ahead = Day;
        for (var i = 0; i < 100; i++)
        {
            _house.Hear(_machine.Right.GetUtcNow().AddSeconds(-5));
            _house.Hear(_machine.Right.GetUtcNow().AddHours(7));
            _machine.Advance(TimeSpan.FromMinutes(14));
            Assert.Equal((TimeSpan.Zero, Day), (Ahead, _house.Doubt));
        }
        _machine.Ahead = TimeSpan.Zero;
        Assert.Null(_house.Doubt);
    }

    [Fact]
    public void Where_no_service_says_anything_it_is_believed_after_a_quarter_of_an_hour_each_time()
    {
        foreach (var days in (int[])[1, 0, -1])
        {
            _machine.Ahead = days * Day;
            var before = _house.GetUtcNow();
            _house.Hear(_machine.Right.GetUtcNow().AddDays(100));
            _machine.Advance(TimeSpan.FromMinutes(14));
            Assert.Equal(before.AddMinutes(14), _house.GetUtcNow());
            _machine.Advance(TimeSpan.FromMinutes(1));

            Assert.Equal((days * Day, null), (Ahead, _house.Doubt));
        }
    }

    [Fact]
    public void What_a_clock_is_corrected_by_is_followed_at_once_and_does_not_add_up()
    {
        for (var i = 1; i <= 100; i++)
        {
            _machine.Advance(TimeSpan.FromSeconds(11));
            _machine.Ahead += TimeSpan.FromSeconds(30);
            Assert.Equal((_machine.Ahead, null), (Ahead, _house.Doubt));
        }
    }
}
