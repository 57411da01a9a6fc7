using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>Pings come after the cards that they answer, each once.</summary>
public sealed partial class CardKeeper
{
    private async Task TryPingAsync(PingWork work, CancellationToken ct)
    {
        try
        {
            await PingAsync(work, ct);
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
        await SettleAsync(work.Key.Room, AfterTry(work.Key, work.Priority, delivery, tx => Settle(tx, work, delivery)), e => AfterFault(work, e));
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
            catch (IOException e)
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
