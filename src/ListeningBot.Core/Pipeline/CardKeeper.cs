using System.Collections.Concurrent;
using System.Diagnostics;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Brings what a room shows up to what it should show: most urgent first, each card once, edited in place.
/// The keeper owns retry and order; a notifier tries once.
/// </summary>
public sealed partial class CardKeeper(IStore store, RoomDirectory rooms, PolicyBook policies, TimeProvider time, ILogger<CardKeeper> log)
{
    /// <summary>How much one round does at most. What is next is asked anew each time, so that what is more urgent and comes meanwhile goes first.</summary>
    private const int AtOnce = 8;

    /// <summary>What meets a fault of this program so often in a row waits for a human; with the pauses between, about eight minutes.</summary>
    private const int MostFaults = 10;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BlockedPause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Block> _blocked = new();

    /// <summary>Rooms that a service's limit holds back: nothing as urgent or less is tried before that, so that the order stays.</summary>
    private readonly ConcurrentDictionary<string, Pause> _pauses = new();

    /// <summary>Rooms whose service does not answer as it should.</summary>
    private readonly ConcurrentDictionary<string, RoomTrouble> _troubles = new();

    /// <summary>What a room answered and the store could not take: stored before anything else is sent there, so that nothing is sent twice.</summary>
    private readonly ConcurrentDictionary<string, Action<IStoreTx>> _unsettled = new();

    /// <summary>One round: the most urgent cards and pings whose time has come. Returns how many it tried; 0 while the room is blocked.</summary>
    public async Task<int> KeepAsync(string room, CancellationToken ct)
    {
        if (_blocked.TryGetValue(room, out var block) && block.Until > time.GetUtcNow())
        {
            return 0;
        }
        if (_unsettled.TryGetValue(room, out var settle))
        {
            await SettleAsync(room, settle);
        }
        var tried = 0;
        for (var goesOn = true; goesOn && tried < AtOnce; tried++)
        {
            var now = time.GetUtcNow();
            var (card, ping) = await store.ReadAsync(view => (view.CardsToShow(room, now, 1).FirstOrDefault(), view.PingsToDo(room, now, 1).FirstOrDefault()), ct);
            if (card is not null && !(ping?.Priority > card.Priority) && MayTry(room, card.Priority))
            {
                goesOn = await TryShowAsync(card, ct);
            }
            else if (ping is not null && MayTry(room, ping.Priority))
            {
                await TryPingAsync(ping, ct);
            }
            else
            {
                return tried;
            }
        }
        return tried;
    }

    /// <summary>Until when a service's limit holds the room back, or null.</summary>
    public DateTimeOffset? PausedUntil(string room) => _pauses.TryGetValue(room, out var pause) && pause.Until > time.GetUtcNow() ? pause.Until : null;

    /// <summary>
    /// A service that does not answer as it should is tried with one card at a time, after a short pause: a thousand waiting cards are no thousand tries. One card alone that fails holds up no other.
    /// </summary>
    private Action<IStoreTx> AfterTry(CardKey key, Priority priority, Delivery delivery, Action<IStoreTx> settle)
    {
        if (delivery is Delivery.Retry { After: null } or Delivery.Unknown)
        {
            var trouble = _troubles.GetOrAdd(key.Room, _ => new RoomTrouble());
            trouble.Failed(key, (delivery as Delivery.Retry)?.Reason ?? ((Delivery.Unknown)delivery).Reason);
            if (trouble.IsOfTheRoom)
            {
                _pauses[key.Room] = new Pause(time.GetUtcNow() + RoomTrouble.PauseAfter(trouble.Failures - 1), Priority.Critical);
            }
            return settle;
        }
        if (_troubles.TryRemove(key.Room, out var over) && over.Lasts && delivery is Delivery.Delivered)
        {
            return tx =>
            {
                settle(tx);
                tx.TryPutOffAgain(key.Room);
            };
        }
        return settle;
    }

    /// <summary>Why a room shows nothing now though nobody refuses it; null while all is well, or when only one card fails.</summary>
    public string? WhyInTrouble(string room) => _troubles.TryGetValue(room, out var trouble) && trouble.Lasts ? trouble.Why : null;

    private bool MayTry(string room, Priority priority) => !_pauses.TryGetValue(room, out var pause) || pause.Until <= time.GetUtcNow() || priority > pause.Priority;

    /// <summary>The configuration changed: blocked rooms are tried at once.</summary>
    public void TryBlockedAgain()
    {
        _pauses.Clear();
        foreach (var (room, block) in _blocked)
        {
            _blocked[room] = block with { Until = DateTimeOffset.MinValue };
        }
    }

    /// <summary>Another machine has kept the room meanwhile: what was known of it here is old.</summary>
    public void Forget(string room)
    {
        _unsettled.TryRemove(room, out _);
        _pauses.TryRemove(room, out _);
        _blocked.TryRemove(room, out _);
        _threadless.TryRemove(room, out _);
    }

    /// <summary>Why a room takes no cards until an operator mends it, or null.</summary>
    public string? WhyBlocked(string room) => _blocked.TryGetValue(room, out var block) ? block.Reason : null;

    /// <summary>A card that defeats us is put off and does not keep the others of its room from being shown. False when the room is blocked.</summary>
    private async Task<bool> TryShowAsync(CardWork work, CancellationToken ct)
    {
        try
        {
            return await ShowAsync(work, ct);
        }
        catch (Exception e) when (e is not StoreException && !ct.IsCancellationRequested)
        {
            log.CardFaulted(e, work.Key.Subject, work.Key.Room);
            var settle = work.Tries + 1 < MostFaults
                ? (Action<IStoreTx>)(tx => tx.PutOffCard(work.Key, time.GetUtcNow() + PauseAfter(work.Tries), lookFirst: true, Fault(e)))
                : tx => GiveUp(tx, work.Key, work.Wanted, Fault(e), time.GetUtcNow());
            await SettleAsync(work.Key.Room, settle);
            return true;
        }
    }

    /// <summary>False when the room is blocked, so that the other cards need not try.</summary>
    private async Task<bool> ShowAsync(CardWork work, CancellationToken ct)
    {
        var (room, notifier) = rooms.Of(work.Key.Room);
        var (card, waits, trace) = await store.ReadAsync(
            view => (CardPages.Write(view, work.Key, work.Wanted, policies.Current), CardPages.Waits(view, work.Key), CaseTrace.IsOn ? CardPages.TraceOf(view, work.Key) : null), ct);
        if (waits)
        {
            await store.WriteAsync(tx => Do(() => tx.PutOffCard(work.Key, time.GetUtcNow() + ShortestPause, lookFirst: false, "waits for the card that it belongs to")), ct);
            return true;
        }
        if (card is null)
        {
            await store.WriteAsync(tx => Do(() => GiveUp(tx, work.Key, work.Wanted, "what it shows is no longer kept, or can't be read", time.GetUtcNow())), ct);
            return true;
        }
        if (await KnownMessageAsync(work, card, room, notifier, ct) is not { } known)
        {
            return true;
        }
        var delivery = await PutAsync(room, notifier, card, known.Message, trace, ct);
        if (card is not DossierCard && delivery is Delivery.Retry { After: { } after } limited)
        {
            log.CardPutOff(work.Key.Subject, work.Key.Room, limited.Reason);
            _pauses[work.Key.Room] = new Pause(time.GetUtcNow() + after, work.Priority);
            return true;
        }
        var settle = card is DossierCard dossier ? SettleThread(work, dossier, known.Message, delivery) : tx => Settle(tx, work, card, delivery);
        await SettleAsync(work.Key.Room, AfterTry(work.Key, work.Priority, delivery, settle));
        return await BlockAsync(work.Key.Room, delivery);
    }

    private static async Task<Delivery> PutAsync(Room room, INotifier notifier, Card card, MessageRef? known, string? trace, CancellationToken ct)
    {
        using var span = CaseTrace.Start(card is DossierCard ? "thread put" : "card put", ActivityKind.Client, trace);
        span?.SetTag("listeningbot.room", room.Name).SetTag("listeningbot.edit", known is not null);
        var delivery = await notifier.PutAsync(room, card, known, ct);
        span?.SetTag("listeningbot.outcome", delivery.GetType().Name.ToLowerInvariant());
        return delivery;
    }

    /// <summary>A room that only an operator can open again is told of once, and once more when it is open; its cards wait.</summary>
    private async Task<bool> BlockAsync(string room, Delivery delivery)
    {
        if (delivery is Delivery.Blocked blocked)
        {
            log.RoomBlocked(room, blocked.Reason);
            if (!_blocked.ContainsKey(room) && room != Notices.OpsRoom)
            {
                await store.WriteAsync(tx => Notices.Add(tx, $"The room \"{room}\" takes no cards, they wait: {blocked.Reason}", good: false, time.GetUtcNow()), CancellationToken.None);
            }
            _blocked[room] = new Block(time.GetUtcNow() + BlockedPause, blocked.Reason);
            return false;
        }
        if (delivery is Delivery.Delivered && _blocked.ContainsKey(room))
        {
            if (room != Notices.OpsRoom)
            {
                await store.WriteAsync(tx => Notices.Add(tx, $"The room \"{room}\" takes cards again.", good: true, time.GetUtcNow()), CancellationToken.None);
            }
            _blocked.TryRemove(room, out _);
        }
        return true;
    }

    /// <summary>The message to edit, wrapped; a wrapped null means "send a new one"; null means "can't be told now".</summary>
    private async Task<Known?> KnownMessageAsync(CardWork work, Card card, Room room, INotifier notifier, CancellationToken ct)
    {
        if (work.Message is not null || !work.LookFirst)
        {
            return new Known(work.Message);
        }
        try
        {
            return new Known(await notifier.FindAsync(room, card, work.WantedSince, ct));
        }
        catch (IOException e)
        {
            log.CardNotFoundYet(work.Key.Subject, work.Key.Room, e.Message);
            await SettleAsync(work.Key.Room, AfterTry(work.Key, work.Priority, new Delivery.Unknown(e.Message), tx => tx.PutOffCard(work.Key, time.GetUtcNow() + RoomTrouble.PauseAfter(work.Tries), lookFirst: true, e.Message)));
            return null;
        }
    }

    private void Settle(IStoreTx tx, CardWork work, Card card, Delivery delivery)
    {
        var now = time.GetUtcNow();
        switch (delivery)
        {
            case Delivery.Delivered delivered:
                tx.CardShown(work.Key, card.Version, delivered.Message, now);
                foreach (var @case in CasesOn(card).Select(tx.CaseOf).OfType<Case>().Where(@case => @case.State == CaseState.Unclaimed))
                {
                    new CaseWriter(tx, now, policies.Current).Happen(@case, new CardShown(work.Key.Room));
                }
                break;
            case Delivery.Retry retry:
                log.CardPutOff(work.Key.Subject, work.Key.Room, retry.Reason);
                tx.PutOffCard(work.Key, now + RoomTrouble.PauseAfter(work.Tries), lookFirst: false, retry.Reason);
                break;
            case Delivery.Unknown unknown:
                log.CardPutOff(work.Key.Subject, work.Key.Room, unknown.Reason);
                tx.PutOffCard(work.Key, now + RoomTrouble.PauseAfter(work.Tries), lookFirst: true, unknown.Reason);
                break;
            case Delivery.Blocked:
                break;
            case Delivery.Gone:
                tx.ForgetMessage(work.Key);
                break;
            case Delivery.Rejected rejected:
                GiveUp(tx, work.Key, card.Version, rejected.Reason, now);
                break;
        }
    }

    /// <summary>The cases that a reader sees by name.</summary>
    private static IEnumerable<long> CasesOn(Card card) => card switch
    {
        CaseCard alone => [alone.CaseId],
        GroupCard group => group.Choices.Select(choice => long.TryParse(choice.Target?.Value, out var id) ? id : 0),
        _ => [],
    };

    /// <summary>A card that its room will not take waits in the list of dead letters; the operators are told, who then mend the room or have it tried again.</summary>
    private void GiveUp(IStoreTx tx, CardKey key, int version, string reason, DateTimeOffset now)
    {
        log.CardRejected(key.Subject, key.Room, reason);
        tx.GiveUpCard(key, version, reason);

        // The ops room is not told of what it does not take itself: that would never end.
        tx.AddDead(new DeadLetter(DeadKind.Card, key.Room, key.Subject, reason) { Work = new DeadCard(key), Told = key.Room == Notices.OpsRoom }, now);
    }

    private async Task SettleAsync(string room, Action<IStoreTx> settle)
    {
        try
        {
            await store.WriteAsync(tx => Do(() => settle(tx)), CancellationToken.None);
            _unsettled.TryRemove(room, out _);
        }
        catch (StoreException)
        {
            _unsettled[room] = settle;
            throw;
        }
    }

    private static string Fault(Exception e) => $"an unexpected fault ({e.GetType().Name})";

    private static TimeSpan PauseAfter(int tries)
    {
        var pause = ShortestPause * Math.Pow(2, Math.Min(tries, 10));
        return pause < LongestPause ? pause : LongestPause;
    }

    private static bool Do(Action change)
    {
        change();
        return true;
    }

    private sealed record Block(DateTimeOffset Until, string Reason);

    private sealed record Pause(DateTimeOffset Until, Priority Priority);

    private sealed record Known(MessageRef? Message);
}
