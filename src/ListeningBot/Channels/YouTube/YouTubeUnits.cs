using NodaTime;

namespace ListeningBot.Channels.YouTube;

/// <summary>
/// Units used of a day's, as far as this run of the program knows; the day ends at midnight in California. What an earlier run used comes out
/// when YouTube refuses.
/// </summary>
internal sealed class YouTubeUnits(int aDay, TimeProvider time)
{
    private static readonly DateTimeZone California = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private LocalDate _day;
    private int _used;

    /// <summary>False when the day has none left; else one is used.</summary>
    public bool TryUse()
    {
        Turn();
        if (_used >= aDay)
        {
            return false;
        }
        _used++;
        return true;
    }

    public int Left
    {
        get
        {
            Turn();
            return Math.Max(0, aDay - _used);
        }
    }

    /// <summary>YouTube says that there are none left.</summary>
    public void UseUp()
    {
        Turn();
        _used = aDay;
    }

    public TimeSpan UntilMidnight()
    {
        var now = Now();
        return California.AtStartOfDay(now.InZone(California).Date.PlusDays(1)).ToInstant().Minus(now).ToTimeSpan();
    }

    /// <summary>How long to wait so that the units that are left last until midnight; zero when there are none, for then the next request says so.</summary>
    /// <param name="each">Units that will be used after each wait.</param>
    public TimeSpan Spread(int each) => Left is > 0 and var left ? UntilMidnight() * Math.Min(1, (double)each / left) : TimeSpan.Zero;

    private void Turn()
    {
        var today = Now().InZone(California).Date;
        (_day, _used) = today == _day ? (_day, _used) : (today, 0);
    }

    private Instant Now() => Instant.FromDateTimeOffset(time.GetUtcNow());
}
