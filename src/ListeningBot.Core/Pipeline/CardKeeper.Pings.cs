using System.Collections.Concurrent;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>Pings come after the cards that they answer, each once.</summary>
public sealed partial class CardKeeper
{
    /// <summary>Why a room takes no pings while it shows its cards, and until when that surely holds: told once, not with each ping.</summary>
    private readonly ConcurrentDictionary<string, Block> _pingless = new();

    /// <summary>Why nobody is called in a room until an operator mends it, or null. While a ping waits it is tried, and so told, over and over; without one nothing is held back.</summary>
    public string? WhyPingless(string room) => _pingless.TryGetValue(room, out var block) && block.Until > time.GetUtcNow() ? block.Reason : null;

    private async Task TryPingAsync(PingWork work, CancellationToken ct)
    {
        try
        {
            await PingAsync(work, ct);
        }
        catch (RoomBusyException e)
        {
            await SettleAsync(work.Key.Room, tx => tx.PutOffPing(work.Id, time.GetUtcNow() + e.After, lookFirst: true, e.Message));
        }
        catch (Exception e) when (e is not StoreException && !ct.IsCancellationRequested)
        {
            await SettleAsync(work.Key.Room, AfterFault(work, e));
        }
    }

    private Action<IStoreTx> AfterFault(PingWork work, Exception e)
    {
        log.CardFaulted(e, work.Key.Subject, work.Key.Room);
        return work.Tries + 1 < MostFaults
            ? tx => tx.PutOffPing(work.Id, time.GetUtcNow() + PauseAfter(work.Tries), lookFirst: true, Fault(e))
            : tx => GiveUpPing(tx, work, Fault(e));
    }

    private async Task PingAsync(PingWork work, CancellationToken ct)
    {
        var (room, notifier) = rooms.Of(work.Key.Room);
        var delivery = work.Withdraw ? await notifier.WithdrawAsync(room, work.Message!, ct) : await SendOnceAsync(work, room, notifier, ct);
        if (delivery is Delivery.Retry { After: { } after })
        {
            _pauses[work.Key.Room] = new Pause(time.GetUtcNow() + after, work.Priority);
            return;
        }
        Action<IStoreTx> settle = tx => Settle(tx, work, delivery);
        settle += work.Withdraw ? null : ToldOfPings(work.Key.Room, delivery) + ToldOfRemains(work.Key.Room, delivery);
        await SettleAsync(work.Key.Room, AfterTry(work.Key, delivery, settle), e => AfterFault(work, e));
    }

    /// <summary>A room that takes no card either is told of as blocked.</summary>
    private Action<IStoreTx>? ToldOfPings(string room, Delivery delivery)
    {
        if (delivery is Delivery.Delivered)
        {
            return _pingless.TryRemove(room, out _) ? tx => Notices.Add(tx, $"The room \"{room}\" takes pings again.", good: true, time.GetUtcNow()) : null;
        }
        if (delivery is not Delivery.Blocked { Reason: var reason } || _blocked.ContainsKey(room))
        {
            return null;
        }
        var known = _pingless.GetValueOrDefault(room)?.Reason == reason;
        _pingless[room] = new Block(time.GetUtcNow() + (2 * BlockedPause), reason);
        if (known)
        {
            return null;
        }
        log.PingsBlocked(room, reason);
        return tx => Notices.Add(tx, $"The room \"{room}\" shows its cards, but takes no pings, so that nobody is called there; they wait: {reason}", good: false, time.GetUtcNow());
    }

    /// <summary>One that may have been sent already, unheard, is looked for first.</summary>
    private async Task<Delivery> SendOnceAsync(PingWork work, Room room, INotifier notifier, CancellationToken ct)
    {
        var ping = new Ping(work.Id, work.Key, work.Card, work.Text, $"ping-{work.Id}") { To = work.To, Buttons = work.Buttons };
        if (work.LookFirst)
        {
            var others = await store.ReadAsync(view => view.OtherPings(work), ct);
            try
            {
                if (await notifier.FindPingAsync(room, ping, others, work.WantedSince, ct) is { } found)
                {
                    return new Delivery.Delivered(found);
                }
            }
            catch (RoomClosedException e)
            {
                return new Delivery.Blocked(e.Message);
            }
            catch (IOException e) when (e is not RoomBusyException)
            {
                return new Delivery.Unknown(e.Message);
            }
        }
        return await notifier.PingAsync(room, ping, ct);
    }

    private void Settle(IStoreTx tx, PingWork work, Delivery delivery)
    {
        var now = time.GetUtcNow();
        switch (delivery)
        {
            case Delivery.Delivered delivered when !work.Withdraw:
                tx.PingSent(work.Id, delivered.Message, now);
                break;
            case Delivery.Retry retry:
                tx.PutOffPing(work.Id, now + RoomTrouble.PauseAfter(work.Tries), lookFirst: false, retry.Reason);
                break;
            case Delivery.Blocked blocked:
                tx.PutOffPing(work.Id, now + BlockedPause, lookFirst: false, blocked.Reason);
                break;
            case Delivery.Gone when !work.Withdraw:
                tx.ForgetMessage(work.Key, now);
                break;
            case Delivery.Unknown unknown:
                tx.PutOffPing(work.Id, now + RoomTrouble.PauseAfter(work.Tries), lookFirst: true, unknown.Reason);
                break;
            case Delivery.Rejected rejected when !work.Withdraw:
                GiveUpPing(tx, work, rejected.Reason);
                break;
            default:
                tx.PingDone(work.Id);
                break;
        }
    }

    /// <summary>One that was to be taken back can only stay; one that was never sent waits for a human.</summary>
    private void GiveUpPing(IStoreTx tx, PingWork work, string reason)
    {
        log.PingRejected(work.Key.Subject, work.Key.Room, reason);
        tx.PingDone(work.Id);
        if (!work.Withdraw)
        {
            tx.AddDead(new DeadLetter(DeadKind.Ping, work.Key.Room, work.Key.Subject, reason) { Work = new DeadPing(work.Id) }, time.GetUtcNow());
        }
    }
}
