using System.Collections.Concurrent;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>Threads come under the cards of cases that are claimed. A room that takes none goes on with its cards.</summary>
public sealed partial class CardKeeper
{
    /// <summary>Why a room takes no threads: told once, not with each case.</summary>
    private readonly ConcurrentDictionary<string, string> _threadless = new();

    private Action<IStoreTx> SettleThread(CardWork work, DossierCard dossier, Room room, MessageRef? known, Delivery delivery)
    {
        switch (delivery)
        {
            case Delivery.Gone when known is null:
                // The card to stand under was deleted: it is put anew, and the thread comes after it.
                return tx =>
                {
                    var now = time.GetUtcNow();
                    tx.ForgetMessage(CardPages.CardOf(work.Key), now);
                    tx.PutOffCard(work.Key, now + ShortestPause, lookFirst: false, "the card that it stands under was deleted");
                };
            case Delivery.Rejected rejected:
                var tell = _threadless.GetValueOrDefault(work.Key.Room) != rejected.Reason;
                _threadless[work.Key.Room] = rejected.Reason;
                return tx => GiveUpThread(tx, work, dossier, rejected.Reason, tell);
            case Delivery.Delivered:
                _threadless.TryRemove(work.Key.Room, out _);
                return tx => Settle(tx, work, dossier, room, delivery);
            default:
                return tx => Settle(tx, work, dossier, room, delivery);
        }
    }

    private void GiveUpThread(IStoreTx tx, CardWork work, DossierCard dossier, string reason, bool tell)
    {
        log.CardRejected(work.Key.Subject, work.Key.Room, reason);
        tx.GiveUpCard(work.Key, dossier.Version, reason);
        tx.AddDead(new DeadLetter(DeadKind.Card, work.Key.Room, work.Key.Subject, reason) { Work = new DeadCard(work.Key), Told = true }, time.GetUtcNow());
        if (tell)
        {
            Notices.Add(tx, $"The room \"{work.Key.Room}\" shows its cards, but not the thread of {work.Key.Subject.Replace("thread:", "case ", StringComparison.Ordinal)}: {reason}", good: false, time.GetUtcNow());
        }
    }
}
