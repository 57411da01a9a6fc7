using ListeningBot.Core.Pipeline;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Made-up sources of many kinds: none may cry wolf, and each that dies must be noticed by what it would have given.</summary>
public sealed class RhythmTests
{
    private static readonly DateTimeOffset Monday = new(2026, 8, 31, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);
    private const int LearningWeeks = 5;
    private const int Weeks = 17;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 30)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_regular_source_with_noise_is_called_too_quiet_once_a_month_at_most(int seed)
    {
        var source = new Source(seed);
        var (rhythm, alarms, alarmed) = (new Rhythm(), new List<DateTimeOffset>(), (DateTimeOffset?)null);
        for (var now = Monday; now < Monday.AddDays(7 * Weeks); now += Look)
        {
            rhythm.Heard(now, source.Gives(now));
            if (rhythm.IsTooQuiet(now) && alarmed != rhythm.QuietSince)
            {
                alarmed = rhythm.QuietSince;
                alarms.Add(now);
            }
        }

        Assert.All(alarms, alarm => Assert.True(alarms.Count(other => other >= alarm && other < alarm.AddDays(30)) <= 1, $"{source}: {string.Join(", ", alarms)}"));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_source_that_dies_is_noticed_by_the_time_it_would_have_given_forty_times(int seed)
    {
        var source = new Source(seed, bursts: false);
        var (rhythm, died) = (new Rhythm(), Monday.AddDays(7 * LearningWeeks).AddHours(new Random(seed).Next(168)));
        for (var now = Monday; now < died; now += Look)
        {
            rhythm.Heard(now, source.Gives(now));
        }
        var missed = 0.0;
        var at = died;
        for (; !rhythm.IsTooQuiet(at); at += Look)
        {
            rhythm.Heard(at, gave: false);
            missed += source.Expected(at);
            Assert.True(missed < 40, $"{source}: not noticed from {died:u} until {at:u}");
        }
        Assert.True(missed > 2, $"{source}: called dead after {missed:0.0}");
    }

    [Fact]
    public void It_says_nothing_before_it_knows_five_weeks()
    {
        var rhythm = new Rhythm();
        for (var now = Monday; now < Monday.AddDays(34); now += Look)
        {
            rhythm.Heard(now, now < Monday.AddDays(20));
            Assert.False(rhythm.IsTooQuiet(now));
        }
    }

    [Fact]
    public void A_source_of_working_hours_may_be_quiet_all_weekend_and_is_missed_on_Monday()
    {
        var rhythm = new Rhythm();
        var friday = Monday.AddDays(35).AddDays(4).AddHours(17);
        for (var now = Monday; now < friday; now += Look)
        {
            rhythm.Heard(now, now is { DayOfWeek: not (DayOfWeek.Saturday or DayOfWeek.Sunday), Hour: >= 8 and < 17 });
        }
        var noticed = friday;
        for (; noticed < friday.AddDays(30) && !rhythm.IsTooQuiet(noticed); noticed += Look)
        {
            rhythm.Heard(noticed, gave: false);
        }

        Assert.InRange(noticed, Monday.AddDays(42).AddHours(9), Monday.AddDays(42).AddHours(14));
    }

    [Fact]
    public void Time_in_which_it_was_not_heard_is_no_silence_and_teaches_nothing()
    {
        var rhythm = new Rhythm();
        var now = Monday;
        for (; now < Monday.AddDays(35); now += Look)
        {
            rhythm.Heard(now, gave: true);
        }
        now = now.AddDays(2);
        rhythm.Forget(now.AddDays(-2), now);

        Assert.False(rhythm.IsTooQuiet(now));
        for (var until = now.AddHours(12); now < until; now += Look)
        {
            rhythm.Heard(now, gave: false);
        }
        Assert.True(rhythm.IsTooQuiet(now));
    }

    [Fact]
    public void What_is_kept_in_the_store_goes_on_as_it_was()
    {
        var (source, rhythm) = (new Source(3), new Rhythm());
        for (var now = Monday; now < Monday.AddDays(40); now += Look)
        {
            rhythm.Heard(now, source.Gives(now));
        }

        var again = Rhythm.Parse(rhythm.ToString());

        Assert.Equal(rhythm.ToString(), again.ToString());
        Assert.Equal(rhythm.QuietSince, again.QuietSince);
        Assert.InRange(rhythm.ToString().Length, 2000, 2400);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("2;1;2;3;4;5;6")]
    [InlineData("1;5;1;1;1;0;0")]
    public void What_can_not_be_read_is_learned_anew(string? text) => Assert.Null(Rhythm.Parse(text).QuietSince);

    [Fact]
    public void A_clock_that_is_set_back_does_no_harm()
    {
        var rhythm = new Rhythm();
        rhythm.Heard(Monday, gave: true);
        rhythm.Heard(Monday.AddDays(-3), gave: true);

        Assert.False(rhythm.IsTooQuiet(Monday.AddDays(-3)));
        Assert.False(rhythm.IsTooQuiet(Monday.AddDays(900)));
    }

    [Theory]
    [InlineData(3650)]
    [InlineData(-3650)]
    public void A_clock_that_was_years_wrong_for_a_moment_is_forgotten(int days)
    {
        var rhythm = new Rhythm();
        bool Look(DateTimeOffset now, bool gave)
        {
            rhythm.Heard(now, gave);
            return rhythm.IsTooQuiet(now);
        }
        Look(Monday, gave: true);
        Look(Monday.AddDays(days), gave: true);
        var now = Monday.AddHours(1);
        for (; now < Monday.AddDays(7 * 8); now += TimeSpan.FromMinutes(10))
        {
            Assert.False(Look(now, gave: true));
        }
        var quiet = Enumerable.Range(1, 1000).Select(i => now.AddMinutes(10 * i)).First(at => Look(at, gave: false) || at > now.AddDays(2));

        Assert.InRange(quiet - now, TimeSpan.FromMinutes(30), TimeSpan.FromDays(1));
    }

    /// <summary>Posts by chance, from one in a few days to one a minute, by hours of the day and days of the week, with good and bad days, and for some in bursts.</summary>
    private sealed class Source
    {
        private readonly Random _random;
        private readonly double _perDay;
        private readonly double _night;
        private readonly double _weekend;
        private readonly bool _bursts;
        private int _day = -1;
        private double _mood = 1;
        private int _burst;

        public Source(int seed, bool bursts = true)
        {
            _random = new Random(seed);
            _perDay = Math.Exp(_random.NextDouble() * 8.5 - 1);
            _night = _random.Next(3) switch { 0 => 1, 1 => 0.2, _ => 0.01 };
            _weekend = _random.Next(3) switch { 0 => 1, 1 => 0.3, _ => 0.02 };
            _bursts = bursts && _random.Next(3) == 0;
        }

        public override string ToString() => $"{_perDay:0.0} a day, night {_night}, weekend {_weekend}{(_bursts ? ", in bursts" : "")}";

        /// <summary>How many posts in the next ten minutes, of which only one counts.</summary>
        public double Expected(DateTimeOffset now)
        {
            var rate = _perDay / 144 * (now.Hour is >= 7 and < 22 ? 1 : _night) * (now.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? _weekend : 1);
            return 1 - Math.Exp(-rate);
        }

        public bool Gives(DateTimeOffset now)
        {
            if (now.DayOfYear != _day)
            {
                (_day, _mood) = (now.DayOfYear, Math.Exp((_random.NextDouble() - 0.5) * 1.2));
            }
            if (_burst > 0)
            {
                _burst--;
                return _random.Next(3) > 0;
            }
            var gives = _random.NextDouble() < Expected(now) * _mood / (_bursts ? 6 : 1);
            _burst = gives && _bursts ? _random.Next(12) : 0;
            return gives;
        }
    }
}
