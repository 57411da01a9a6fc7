using System.Globalization;

namespace ListeningBot.Core.Pipeline;

/// <summary>Keeps one channel's money in the store, and tells the operators at four fifths of a day's budget and when it is used up.</summary>
/// <param name="ring">Wakes the keeper of a room.</param>
/// <param name="show">For health.</param>
public sealed class Spending(string channel, IStore store, TimeProvider time, Action<string> ring, Action<Spend> show) : ISpending
{
    public async Task<Reserved> ReserveAsync(long budget, long least, long most, double share, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (reserved, spent) = await store.WriteAsync(tx => Reserve(tx, budget, Math.Max(1, least), Math.Max(most, least), share, now), ct);
        Tell(share == 1 ? new Spend(reserved.Day, spent.Amount, budget, reserved.GoesOn) : new Spend(reserved.Day, spent.Amount, budget, null) { WaitsAsBefore = true }, spent.Told);
        return reserved;
    }

    public async Task SettleAsync(Reserved reserved, long used)
    {
        if (reserved.Amount == 0 && used == 0)
        {
            return;
        }
        try
        {
            var now = time.GetUtcNow();
            var spent = await store.WriteAsync(tx => Settle(tx, reserved, used, now), CancellationToken.None);
            Tell(new Spend(reserved.Day, spent.Amount, reserved.Budget, null) { WaitsAsBefore = true }, spent.Told);
        }
        catch (IOException)
        {
            // The store tells of it where the post is written that was paid for; the money stays reserved.
        }
    }

    private (Reserved Reserved, (long Amount, bool Told) Spent) Reserve(IStoreTx tx, long budget, long least, long most, double share, DateTimeOffset now)
    {
        var day = SpendPace.DayOf(now);
        var spent = tx.SpentOn(channel, day);
        var left = (long)(SpendPace.Allowed(budget, now) * share) - spent;
        if (left >= least && !SpendPace.IsLate(now))
        {
            var amount = Math.Min(left, most);
            return (new Reserved(day, budget, amount, null), (tx.Spend(channel, day, amount), false));
        }
        var goesOn = SpendPace.When(budget, (long)Math.Ceiling((spent + least) / share), now);
        var usedUp = share == 1 && spent + least > budget && tx.TellSpend(channel, day, SpendNotice.UsedUp);
        if (usedUp)
        {
            Notices.Add(tx, string.Create(CultureInfo.InvariantCulture, $"Channel \"{channel}\" has used up its budget of {Money(budget)} for today and reads nothing more until {goesOn:HH:mm} UTC. Give it more, or narrower watches."), good: false, now);
        }
        return (new Reserved(day, budget, 0, goesOn), (spent, usedUp));
    }

    private (long Amount, bool Told) Settle(IStoreTx tx, Reserved reserved, long used, DateTimeOffset now)
    {
        var spent = tx.Spend(channel, reserved.Day, used - reserved.Amount);
        var told = spent * 5 >= reserved.Budget * 4 && tx.TellSpend(channel, reserved.Day, SpendNotice.Most);
        if (told)
        {
            Notices.Add(tx, string.Create(CultureInfo.InvariantCulture, $"Channel \"{channel}\" has spent {Money(spent)} of today's {Money(reserved.Budget)}. When that is used up it reads nothing more until 00:00 UTC."), good: false, now);
        }
        return (spent, told);
    }

    private void Tell(Spend spend, bool told)
    {
        show(spend);
        if (told)
        {
            ring(Notices.OpsRoom);
        }
    }

    private static string Money(long millionths) => (millionths / 1_000_000m).ToString("$0.00##", CultureInfo.InvariantCulture);
}

/// <summary>For where nothing is counted (a verb beside the running bot): spends nothing.</summary>
public sealed class NoSpending : ISpending
{
    public Task<Reserved> ReserveAsync(long budget, long least, long most, double share, CancellationToken ct) =>
        throw new ChannelException("Reading this costs money, which only the running bot counts, so nothing is asked here. See what it reads with: run.") { NeedsOperator = true };

    public Task SettleAsync(Reserved reserved, long used) => Task.CompletedTask;
}
