using System.Globalization;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// How often a channel gives something, hour by hour of the last twelve weeks, and whether it is quiet for unusually long now. A silence is weighed by what the channel
/// gave in the same hours of other weeks, so that nights and weekends weigh what they are worth. It is too long when it weighs more than chance would explain, and far
/// more than the heaviest silence of the last weeks. It speaks only after five weeks.
/// </summary>
/// <remarks>Counted are stretches of five minutes in which anything was given: a flood of posts is no more than one of them. Safe to be used from several threads.</remarks>
public sealed class Rhythm
{
    private const int Weeks = 12;
    private const int HoursOfWeek = 168;
    private const int Hours = Weeks * HoursOfWeek;
    private const byte Unheard = 15;

    /// <summary>Fewer other weeks tell nothing.</summary>
    private const int FewestWeeks = 3;
    private const int SpeaksAfterWeeks = 5;

    /// <summary>What follows this soon is no silence.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);
    private static readonly TimeSpan[] Shifts = [TimeSpan.FromHours(-1), TimeSpan.Zero, TimeSpan.FromHours(1)];
    private readonly Lock _gate = new();
    private readonly byte[] _hours = new byte[Hours];

    /// <summary>The heaviest silence that ended in each week.</summary>
    private readonly double[] _heaviest = new double[Weeks];
    private long _first = -1;
    private long _last = -1;
    private long _slot = -1;
    private DateTimeOffset _quietSince;

    /// <summary>When it last gave something, or hearing began anew; null before anything was heard.</summary>
    public DateTimeOffset? QuietSince
    {
        get
        {
            lock (_gate)
            {
                return _first < 0 ? null : _quietSince;
            }
        }
    }

    /// <summary>It answered.</summary>
    /// <param name="gave">With anything new.</param>
    public void Heard(DateTimeOffset now, bool gave)
    {
        lock (_gate)
        {
            Advance(now);
            if (!gave)
            {
                return;
            }
            Weigh(now);
            _quietSince = now;
            if (SlotOf(now) > _slot)
            {
                _slot = SlotOf(now);
                ref var hour = ref _hours[_last % Hours];
                hour = hour == Unheard ? hour : (byte)Math.Min(hour + 1, 12);
            }
        }
    }

    /// <summary>It was not heard from then until now, or what it gave then was not usual: nothing is learned of that time, and a silence begins anew.</summary>
    public void Forget(DateTimeOffset from, DateTimeOffset now)
    {
        lock (_gate)
        {
            Advance(now);
            for (var hour = Math.Max(HourOf(from), _first); hour <= _last; hour++)
            {
                _hours[hour % Hours] = Unheard;
            }
            _quietSince = now;
        }
    }

    /// <summary>It answers and gives nothing for unusually long.</summary>
    public bool IsTooQuiet(DateTimeOffset now)
    {
        lock (_gate)
        {
            if (_first < 0)
            {
                return false;
            }
            Advance(now);
            return _last - _first >= SpeaksAfterWeeks * HoursOfWeek && Weight(now) is { } weight && weight >= Limit();
        }
    }

    /// <summary>A silence ends: the next ones are held against it. One that was too long counts twice the limit at most, so that one long fault of a source makes us no deaf.</summary>
    private void Weigh(DateTimeOffset now)
    {
        if (Weight(now) is { } weight)
        {
            ref var heaviest = ref _heaviest[_last / HoursOfWeek % Weeks];
            heaviest = Math.Max(heaviest, Math.Min(weight, 2 * Limit()));
        }
    }

    /// <summary>What most other weeks gave in the hours of this silence, or in how many such hours it gave something on average when it is longer than a week; null when too little is known.</summary>
    private double? Weight(DateTimeOffset now)
    {
        var length = now - _quietSince;
        if (length < Shortest)
        {
            return null;
        }
        if (length > Week)
        {
            return PerHour(HourOf(_quietSince), slots => Math.Min(slots, 1)) * length.TotalHours;
        }
        var others = new List<double>(Weeks);
        for (var back = 1; HourOf(_quietSince - (back * Week)) > _first; back++)
        {
            if (Given(_quietSince - (back * Week), now - (back * Week)) is { } given)
            {
                others.Add(given);
            }
        }
        others.Sort();
        return others.Count < FewestWeeks ? null : others[others.Count / 4];
    }

    /// <summary>By the clock change of their people, sources give an hour earlier or later: the least of the three counts.</summary>
    private double? Given(DateTimeOffset from, DateTimeOffset to)
    {
        double? least = null;
        foreach (var shift in Shifts)
        {
            if (Count(from + shift, to + shift) is not { } given)
            {
                return null;
            }
            least = given > least ? least : given;
        }
        return least;
    }

    /// <summary>Null when it was not heard for an eighth of that time.</summary>
    private double? Count(DateTimeOffset from, DateTimeOffset to)
    {
        var (sum, unheard, hours) = (0.0, 0, 0);
        for (var hour = HourOf(from); hour <= HourOf(to); hour++, hours++)
        {
            var slots = _hours[hour % Hours];
            if (slots == Unheard)
            {
                unheard++;
                continue;
            }
            var begin = DateTimeOffset.UnixEpoch.AddHours(hour);
            var (early, late) = (begin > from ? begin : from, begin.AddHours(1) < to ? begin.AddHours(1) : to);
            sum += slots * ((late - early) / TimeSpan.FromHours(1));
        }
        return unheard * 8 >= hours ? null : sum;
    }

    /// <summary>The more a channel gives, the more silences it has that chance may make long.</summary>
    private double Limit()
    {
        var inFourWeeks = PerHour(_last, slots => slots) * 4 * HoursOfWeek;
        return Math.Max(5 + (1.25 * Math.Log(1 + inFourWeeks)), 1.75 * _heaviest.Max());
    }

    /// <summary>On average, over the hours up to this one.</summary>
    private double PerHour(long last, Func<int, int> weight)
    {
        var (given, heard) = (0, 0);
        for (var hour = _first; hour <= last; hour++)
        {
            var slots = _hours[hour % Hours];
            (given, heard) = slots == Unheard ? (given, heard) : (given + weight(slots), heard + 1);
        }
        return heard == 0 ? 0 : (double)given / heard;
    }

    private void Advance(DateTimeOffset now)
    {
        var hour = HourOf(now);
        if (_first < 0 || Math.Abs(hour - _last) > Hours)
        {
            // The beginning, or a clock that is or was far from right: all is learned anew.
            Array.Clear(_hours);
            Array.Clear(_heaviest);
            (_first, _last, _slot, _quietSince) = (hour, hour, -1, now);
        }
        for (var next = Math.Max(_last + 1, hour - Hours + 1); next <= hour; next++)
        {
            _hours[next % Hours] = 0;
            if (next % HoursOfWeek == 0)
            {
                _heaviest[next / HoursOfWeek % Weeks] = 0;
            }
        }
        _last = Math.Max(_last, hour);
        _first = Math.Max(_first, _last - Hours + 1);
    }

    private static long HourOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 3600;

    private static long SlotOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / 300;

    /// <summary>About two kilobytes.</summary>
    public override string ToString()
    {
        lock (_gate)
        {
            var hours = string.Concat(_hours.Select(slots => slots.ToString("X", CultureInfo.InvariantCulture)));
            var heaviest = string.Join(' ', _heaviest.Select(weight => weight.ToString("0.##", CultureInfo.InvariantCulture)));
            return $"1;{_first};{_last};{_slot};{_quietSince.ToUnixTimeMilliseconds()};{hours};{heaviest}";
        }
    }

    /// <summary>A new one when there is none, or none that can be read.</summary>
    public static Rhythm Parse(string? text)
    {
        var rhythm = new Rhythm();
        if (text?.Split(';') is not ["1", var first, var last, var slot, var quietSince, { Length: Hours } hours, var heaviest] || !long.TryParse(first, out var firstHour) || !long.TryParse(last, out var lastHour)
            || !long.TryParse(slot, out var lastSlot) || !long.TryParse(quietSince, out var since) || heaviest.Split(' ') is not { Length: Weeks } weights || firstHour < 0 || lastHour - firstHour is < 0 or >= Hours || !hours.All(char.IsAsciiHexDigit))
        {
            return rhythm;
        }
        (rhythm._first, rhythm._last, rhythm._slot, rhythm._quietSince) = (firstHour, lastHour, lastSlot, DateTimeOffset.FromUnixTimeMilliseconds(since));
        for (var i = 0; i < Hours; i++)
        {
            rhythm._hours[i] = Convert.ToByte(hours[i].ToString(), 16);
        }
        for (var i = 0; i < Weeks; i++)
        {
            rhythm._heaviest[i] = double.TryParse(weights[i], CultureInfo.InvariantCulture, out var weight) ? weight : 0;
        }
        return rhythm;
    }
}
