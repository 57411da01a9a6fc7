namespace ListeningBot.Core.Pipeline;

/// <summary>
/// The money of a channel whose service charges for what is read. All amounts are in millionths of the currency ("$0.005" is 5,000). What a request may cost at most is
/// reserved durably before it is sent, so that no crash and no restart ever lets a day cost more than its budget.
/// </summary>
public interface ISpending
{
    /// <summary>
    /// Reserves as much as there is, between <paramref name="least"/> and <paramref name="most"/>; else nothing, and says when there will be enough.
    /// </summary>
    /// <param name="budget">What a day (UTC) may cost.</param>
    /// <param name="share">0..1: of what the day gives by now, that much may be used for this; less for what matters less.</param>
    Task<Reserved> ReserveAsync(long budget, long least, long most, double share, CancellationToken ct);

    /// <summary>What was reserved has cost this. Never throws for a store that can't be written: what is not given back counts as spent.</summary>
    Task SettleAsync(Reserved reserved, long used);
}

/// <summary>Money set aside.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Amount">0: there is none just now.</param>
/// <param name="GoesOn">When there will be enough; set only when there is none.</param>
public sealed record Reserved(DateOnly Day, long Budget, long Amount, DateTimeOffset? GoesOn);

/// <summary>What a channel has spent on a day, for health.</summary>
/// <param name="Spent">In millionths; what is reserved counts.</param>
/// <param name="GoesOn">When it may ask again, while it waits for money.</param>
public sealed record Spend(DateOnly Day, long Spent, long Budget, DateTimeOffset? GoesOn)
{
    /// <summary>Tells nothing of waiting: what was settled, or asked for what matters less than hearing.</summary>
    public bool WaitsAsBefore { get; init; }
}

/// <summary>How a day's budget is spread: a quarter may be spent at once, the rest comes evenly, so that a burst gets through and no hour eats it all.</summary>
public static class SpendPace
{
    private const int AtOnce = 4;

    /// <summary>Longer than any request lasts: what is paid for on a day is answered on that day.</summary>
    public static readonly TimeSpan BeforeMidnight = TimeSpan.FromMinutes(1);

    public static DateOnly DayOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime);

    /// <summary>What may be spent from midnight until now.</summary>
    public static long Allowed(long budget, DateTimeOffset now)
    {
        var atOnce = budget / AtOnce;
        return atOnce + (long)((budget - atOnce) * (Int128)now.UtcDateTime.TimeOfDay.Ticks / TimeSpan.TicksPerDay);
    }

    public static bool IsLate(DateTimeOffset now) => now.UtcDateTime.TimeOfDay >= TimeSpan.FromDays(1) - BeforeMidnight;

    /// <summary>When that much may be spent; the next midnight when not today.</summary>
    public static DateTimeOffset When(long budget, long amount, DateTimeOffset now)
    {
        var midnight = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        var atOnce = budget / AtOnce;
        var rest = Math.Max(1, budget - atOnce);
        if (amount <= budget)
        {
            // One second later than reckoned, so that rounding never wakes us a moment early.
            var at = midnight + TimeSpan.FromTicks((long)((Int128)Math.Max(0, amount - atOnce) * TimeSpan.TicksPerDay / rest)) + TimeSpan.FromSeconds(1);
            if (!IsLate(at) && DayOf(at) == DayOf(now) && at > now)
            {
                return at;
            }
        }
        return midnight.AddDays(1);
    }
}
