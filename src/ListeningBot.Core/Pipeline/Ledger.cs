using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>The ledger of blind spots: when a channel was not heard, why, and what became of what was posted meanwhile.</summary>
public static class Ledger
{
    /// <summary>Under which one place of a channel (a subreddit, a folder) stands in the ledger. No channel's name holds a space.</summary>
    public static string NameOf(string channel, string place) => $"{channel} {place}";

    /// <summary>The channel, whether all of it or one of its places is named.</summary>
    public static string OwnerOf(string name) => name.IndexOf(' ', StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;

    /// <summary>Places of a channel that are dark still.</summary>
    public static IReadOnlyList<LedgerEntry> PlacesOf(IStoreView view, string channel) => [.. view.UnsettledGaps().Where(entry => entry.Place is not null && entry.Owner == channel)];

    /// <summary>The channel was read again, from where it had stopped: what was missed is read now, until the source says that it can't be had (<see cref="Add"/>).</summary>
    /// <param name="gave">Something was read, which ends a quiet time.</param>
    /// <param name="fate">What became of what was posted while it was not heard.</param>
    /// <returns>What ended, as it was.</returns>
    public static IReadOnlyList<LedgerEntry> Settle(IStoreTx tx, string channel, bool gave, DateTimeOffset now, GapFate fate = GapFate.Backfilled)
    {
        var ended = tx.UnsettledGaps(channel).Where(entry => gave || !entry.Gap.Quiet).ToList();
        foreach (var entry in ended)
        {
            tx.ChangeGap(Ended(entry, entry.Gap.Quiet ? GapFate.Unknown : fate, now));
        }
        return ended;
    }

    /// <summary>Nobody reads this channel with all its places, or this one place, any more: it was taken out of the configuration.</summary>
    public static void GiveUp(IStoreTx tx, string channel, DateTimeOffset now)
    {
        foreach (var entry in tx.UnsettledGaps().Where(entry => entry.Channel == channel || entry.Owner == channel))
        {
            tx.ChangeGap(Ended(entry, entry.Gap.Quiet ? GapFate.Unknown : GapFate.Lost, now));
        }
    }

    /// <summary>What a source can't give any more was not read afterwards, whatever was hoped for when it was heard again.</summary>
    public static void Add(IStoreTx tx, string channel, Gap gap, DateTimeOffset now)
    {
        if (gap.Fate == GapFate.Lost)
        {
            foreach (var hoped in tx.LedgerOf(channel, gap.From, gap.To).Where(entry => entry.Gap is { Fate: GapFate.Backfilled, Quiet: false }))
            {
                Cut(tx, hoped, gap, now);
            }
        }
        tx.AddGap(channel, gap, now);
    }

    /// <summary>For how long of this stretch of time a source was not heard. A quiet time is none: it answered.</summary>
    public static TimeSpan Dark(IEnumerable<Gap> gaps, DateTimeOffset from, DateTimeOffset to)
    {
        var (dark, until) = (TimeSpan.Zero, from);
        foreach (var gap in gaps.Where(gap => !gap.Quiet).OrderBy(gap => gap.From))
        {
            var (begin, end) = (gap.From > until ? gap.From : until, gap.To < to ? gap.To : to);
            if (end > begin)
            {
                dark += end - begin;
                until = end;
            }
        }
        return dark;
    }

    private static void Cut(IStoreTx tx, LedgerEntry hoped, Gap lost, DateTimeOffset now)
    {
        tx.RemoveGap(hoped.Id);
        if (hoped.Gap.From < lost.From)
        {
            tx.AddGap(hoped.Channel, hoped.Gap with { To = lost.From }, now);
        }
        if (lost.To < hoped.Gap.To)
        {
            tx.AddGap(hoped.Channel, hoped.Gap with { From = lost.To }, now);
        }
    }

    /// <summary>A clock that was set back makes no gap that ends before it began.</summary>
    private static LedgerEntry Ended(LedgerEntry entry, GapFate fate, DateTimeOffset now)
    {
        var to = entry.Gap.To < now ? entry.Gap.To : now;
        return entry with { Told = false, Gap = entry.Gap with { Fate = fate, To = to > entry.Gap.From ? to : entry.Gap.From } };
    }
}
