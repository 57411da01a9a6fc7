using System.Globalization;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

/// <summary>
/// Whether one channel is dark. Going dark and being back are each stored in one transaction with the word to the ops room, so that each is told once, whatever
/// crashes between; being back in the very transaction that stores what was read.
/// </summary>
public sealed class Darkness(string channel, IStore store, RoomBells bells, TimeProvider time, ILogger log)
{
    /// <summary>A shorter fault makes nothing late.</summary>
    public static readonly TimeSpan After = TimeSpan.FromMinutes(2);

    private const string QuietCure = "Look whether the source shows new posts, and whether its address, account and filter are still right. QuietAfter of the channel sets how long it may be quiet, \"0\" for ever.";
    private DateTimeOffset? _failingSince;

    /// <summary>A service that is asked too often wants minutes again and again: these stand in the ledger, and nobody is called for each.</summary>
    private static readonly TimeSpan ToldFrom = TimeSpan.FromMinutes(30);

    /// <summary>The ops room was told of it, now or before.</summary>
    private bool _tells;

    /// <summary>See <see cref="IChannel.ReadsBack"/>.</summary>
    public bool ReadsBack { get; init; } = true;

    /// <summary>The cause as it stands in the ledger; null while the ledger does not know that it is dark.</summary>
    private string? _cause;

    /// <summary>Why it was dark while the store took nothing: stored with the end of it.</summary>
    private string? _unsaid;

    /// <summary>
    /// Called after each fault. Notes a channel that stays dark, and tells of it; at once when it is sure to stay so for long. What another machine may hear is looked at after each fault: that
    /// one may have ended what was noted here, and have gone since.
    /// </summary>
    /// <param name="pause">Until it is tried again.</param>
    public async Task FailedAsync(string why, TimeSpan pause, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var since = _failingSince ??= now;
        var tells = pause >= ToldFrom || now - since >= After;
        if (_cause == why ? ReadsBack && (_tells || !tells) : _cause is null && !tells && pause < After)
        {
            return;
        }
        try
        {
            var told = await store.WriteAsync(tx => Note(tx, why, since, now, tells), ct);
            (_cause, _tells) = (why, _tells || tells);
            if (told)
            {
                bells.Ring(Notices.OpsRoom);
            }
        }
        catch (IOException e)
        {
            _unsaid = tells ? why : _unsaid;
            log.NoticeNotStored("channel " + channel, e);
        }
    }

    /// <summary>It answers and gives nothing for unusually long: told once, until it gives something again.</summary>
    /// <returns>False when that could not be stored.</returns>
    public async Task<bool> QuietAsync(DateTimeOffset since, string cause, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        try
        {
            var told = await store.WriteAsync(
                tx =>
                {
                    if (tx.UnsettledGaps(channel).Count > 0)
                    {
                        return false;
                    }
                    tx.AddGap(channel, new Gap(since, Gap.NoEnd, cause) { Fate = GapFate.Open, Quiet = true }, now, told: true);
                    Notices.Add(tx, $"Channel \"{channel}\" is quiet since {Time(since, now)} UTC: {cause}. {QuietCure}", good: false, now);
                    return true;
                },
                ct);
            if (told)
            {
                bells.Ring(Notices.OpsRoom);
            }
            return true;
        }
        catch (IOException e)
        {
            log.NoticeNotStored("channel " + channel, e);
            return false;
        }
    }

    /// <summary>For the transaction that records a batch, before it is recorded: whatever lasted, also since an earlier run, has ended.</summary>
    /// <param name="gave">Something was read.</param>
    /// <param name="lost">What the batch itself says can't be read any more.</param>
    /// <returns>What ended.</returns>
    public IReadOnlyList<LedgerEntry> End(IStoreTx tx, bool gave, Gap? lost, DateTimeOffset now)
    {
        if (_unsaid is { } why && _failingSince is { } since && DarkFrom(tx, since, now) is { } from && !tx.UnsettledGaps(channel).Any(entry => entry.IsDark))
        {
            tx.AddGap(channel, new Gap(from, Gap.NoEnd, why) { Fate = GapFate.Open }, now, told: true);
        }
        var ended = Ledger.Settle(tx, channel, gave, now, ReadsBack ? GapFate.Backfilled : GapFate.Unknown);
        foreach (var entry in ended.Where(entry => entry.Told))
        {
            Notices.Add(tx, entry.Gap.Quiet ? GivesAgain(entry.Gap) : Back(entry.Gap, lost, now), good: true, now);
        }
        return ended;
    }

    /// <summary>That transaction is durable.</summary>
    public void Ended(IReadOnlyList<LedgerEntry> ended)
    {
        if (_failingSince is { } since)
        {
            log.ChannelBack(channel, since);
        }
        (_failingSince, _cause, _unsaid, _tells) = (null, null, null, false);
        if (ended.Any(entry => entry.Told))
        {
            bells.Ring(Notices.OpsRoom);
        }
    }

    /// <summary>True when the ops room is told now.</summary>
    private bool Note(IStoreTx tx, string why, DateTimeOffset since, DateTimeOffset now, bool tells)
    {
        if (DarkFrom(tx, since, now) is not { } from)
        {
            return false;
        }
        var failed = from > since ? from : since;
        if (tx.UnsettledGaps(channel).FirstOrDefault(entry => entry.IsDark) is { } known)
        {
            tx.ChangeGap(known with { Gap = known.Gap with { Cause = why }, Told = known.Told || tells });
            return tells && !known.Told && Tell(tx, why, failed, now);
        }
        tx.AddGap(channel, new Gap(from, Gap.NoEnd, why) { Fate = GapFate.Open }, now, told: tells);
        return tells && Tell(tx, why, failed, now);
    }

    /// <summary>
    /// When it was heard last, or where a stop that is not settled ends; at the latest when it failed first. But what is brought to us may be brought to another machine all the while:
    /// it is dark from when that heard nothing either, and null while that does.
    /// </summary>
    private DateTimeOffset? DarkFrom(IStoreTx tx, DateTimeOffset since, DateTimeOffset now)
    {
        var heard = tx.HeardAt(channel) ?? since;
        foreach (var stopped in tx.UnsettledGaps(channel).Where(entry => entry.Gap is { Quiet: false, Lasts: false }))
        {
            heard = stopped.Gap.To > heard ? stopped.Gap.To : heard;
        }
        return heard <= since ? heard : ReadsBack ? since : now - heard >= After ? heard : null;
    }

    private bool Tell(IStoreTx tx, string why, DateTimeOffset since, DateTimeOffset now)
    {
        Notices.Add(tx, $"Channel \"{channel}\" hears nothing since {Time(since, now)} UTC: {why}", good: false, now);
        return true;
    }

    private string Back(Gap dark, Gap? lost, DateTimeOffset now) =>
        $"Channel \"{channel}\" is heard again; it was dark from {Time(dark.From, now)} to {Time(now, now)} UTC. "
        + (lost is null
            ? ReadsBack ? "It goes on where it had stopped: what was posted meanwhile is read now." : "It can't ask for what came meanwhile: only what its senders send again is heard."
            : $"What was posted from {Time(lost.From, now)} to {Time(lost.To, now)} UTC can't be read any more: {lost.Cause.TrimEnd('.')}.");

    private string GivesAgain(Gap quiet) => $"Channel \"{channel}\" gives something again; it had given nothing since {Time(quiet.From, time.GetUtcNow())} UTC.";

    /// <summary>With its day when that is not today.</summary>
    public static string Time(DateTimeOffset time, DateTimeOffset now) =>
        time.UtcDateTime.ToString(time.UtcDateTime.Date == now.UtcDateTime.Date ? "HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture);
}
