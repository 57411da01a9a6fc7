using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.X;

/// <summary>
/// Pays for a stream, whose posts come unasked: money is reserved for some of them at a time, and more before it is used up, so that what is on its way when there is no more
/// is paid for too.
/// </summary>
internal sealed class XMeter(ChannelContext context, XOptions options)
{
    /// <summary>Posts that may be on their way when we hang up.</summary>
    private const int OnTheirWay = 10;

    /// <summary>For fewer no stream is begun.</summary>
    public const int Fewest = 2 * OnTheirWay;

    /// <summary>A reserve is this part of the day's budget, where that is more than twice what may be on its way.</summary>
    private const int Part = 50;
    private readonly XPrice _price = new(options.Prices.Post, options.Prices.Author, options.Authors);
    private Reserved? _reserved;
    private long _used;

    /// <summary>When there will be money for a stream; null when there is.</summary>
    public async Task<DateTimeOffset?> BeginAsync(CancellationToken ct)
    {
        var least = Fewest * _price.Each;
        var reserved = await context.Spending.ReserveAsync(options.DayBudget, least, Math.Max(least, options.DayBudget / Part), share: 1, ct);
        (_reserved, _used) = reserved.Amount > 0 ? (reserved, 0) : (null, 0);
        return reserved.GoesOn;
    }

    /// <summary>These came. Returns when the stream may go on; null: it goes on.</summary>
    public async Task<DateTimeOffset?> CountAsync(IEnumerable<XPage> pages, CancellationToken ct)
    {
        var cost = pages.Sum(page => page.Cost(_price));
        if (_reserved is { } reserved && reserved.Day == SpendPace.DayOf(context.Time.GetUtcNow()))
        {
            _used += cost;
            if (reserved.Amount - _used >= OnTheirWay * _price.Each)
            {
                return null;
            }
            cost = 0;
        }
        return await RenewAsync(cost, ct);
    }

    /// <param name="onTheirWay">We hang up: what was sent and not yet read is charged all the same.</param>
    public async Task EndAsync(bool onTheirWay)
    {
        if (_reserved is { } reserved)
        {
            _reserved = null;
            await context.Spending.SettleAsync(reserved, onTheirWay ? Math.Max(_used, Math.Min(reserved.Amount, _used + (OnTheirWay * _price.Each))) : _used);
        }
    }

    /// <summary>The old reserve is kept until there is a new one, because it covers what is on its way.</summary>
    private async Task<DateTimeOffset?> RenewAsync(long cost, CancellationToken ct)
    {
        var (old, used) = (_reserved, _used);
        if (await BeginAsync(ct) is { } goesOn)
        {
            (_reserved, _used) = (old, used);
            if (cost > 0)
            {
                await context.Spending.SettleAsync(new Reserved(SpendPace.DayOf(context.Time.GetUtcNow()), options.DayBudget, 0, null), cost);
            }
            return goesOn;
        }
        _used = cost;
        if (old is not null)
        {
            await context.Spending.SettleAsync(old, used);
        }
        return null;
    }
}
