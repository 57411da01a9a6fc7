using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
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
    /// <summary>After so many tries, or the page of the last one, a round ends.</summary>
    private const int AtOnce = 8;

    /// <summary>What meets a fault of this program so often in a row waits for a human; with the pauses between, about eight minutes.</summary>
    private const int MostFaults = 10;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BlockedPause = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Block> _blocked = new();

    /// <summary>Rooms that a service's limit holds back: nothing as urgent or less is tried before that, so that the order stays.</summary>
    private readonly ConcurrentDictionary<string, Pause> _pauses = new();

    /// <summary>The same where a service did not take an edit: it may count those apart, and what nobody has seen yet does not wait for them.</summary>
    private readonly ConcurrentDictionary<string, Pause> _editPauses = new();

    /// <summary>Places that a room has left, of which the operators were told.</summary>
    private readonly ConcurrentDictionary<string, bool> _remains = new();

    /// <summary>Rooms whose service does not answer as it should.</summary>
    private readonly ConcurrentDictionary<string, RoomTrouble> _troubles = new();

    /// <summary>What a room answered and the store could not take: stored before anything else is sent there, so that nothing is sent twice.</summary>
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Func<Task>>> _unsettled = new();

    /// <summary>One round: the most urgent cards and pings whose time has come.</summary>
    public async Task<RoomRound> KeepAsync(string room, CancellationToken ct)
    {
        if (_blocked.TryGetValue(room, out var block) && block.Until > time.GetUtcNow())
        {
            return RoomRound.Rest(0, block.Until);
        }
        if (_unsettled.TryRemove(room, out var left))
        {
            await Task.WhenAll(left.Select(settle => settle()));
        }
        var tried = 0;
        for (var goesOn = true; goesOn && tried < AtOnce;)
        {
            var look = await LookAsync(room, ct);
            if (look.Page.Count > 0)
            {
                (var shown, goesOn) = await ShowAsync(room, look.Page, ct);
                tried += shown;
            }
            else if (look.Ping is { } ping)
            {
                await TryPingAsync(ping, ct);
                tried++;
            }
            else
            {
                return RoomRound.Rest(tried, look.Next);
            }
        }
        return new RoomRound(tried);
    }

    /// <summary>Until when a service's limit holds the room or its edits back, whichever ends first, or null.</summary>
    public DateTimeOffset? PausedUntil(string room) => new[] { PauseIn(_pauses, room), PauseIn(_editPauses, room) }.Min(pause => pause?.Until);

    /// <summary>
    /// A service that does not answer as it should is tried with one card at a time, after a short pause: a thousand waiting cards are no thousand tries. One card alone that fails holds up no other.
    /// </summary>
    private Action<IStoreTx> AfterTry(CardKey key, Delivery delivery, Action<IStoreTx> settle)
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

    private bool MayTry(string room, Priority priority) => !(PauseIn(_pauses, room)?.Priority >= priority);

    /// <summary>The one that lasts, or null.</summary>
    private Pause? PauseIn(ConcurrentDictionary<string, Pause> pauses, string room) => pauses.TryGetValue(room, out var pause) && pause.Until > time.GetUtcNow() ? pause : null;

    /// <summary>The configuration changed, or the clock was set: rooms that were to be left alone for a while are tried at once.</summary>
    public void TryBlockedAgain()
    {
        _pauses.Clear();
        _editPauses.Clear();
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
        _editPauses.TryRemove(room, out _);
        _blocked.TryRemove(room, out _);
        _troubles.TryRemove(room, out _);
        _threadless.TryRemove(room, out _);
        _pingless.TryRemove(room, out _);
    }

    /// <summary>Why a room takes no cards until an operator mends it, or null.</summary>
    public string? WhyBlocked(string room) => _blocked.TryGetValue(room, out var block) ? block.Reason : null;

    /// <summary>A card that defeats us is put off and does not keep the others of its room from being shown. False when it was not delivered.</summary>
    /// <param name="settling">Gets the storing of what became of it.</param>
    private async Task<bool> TryShowAsync(DueCard due, List<Task> settling, CancellationToken ct)
    {
        try
        {
            return await ShowAsync(due, settling, ct);
        }
        catch (Exception e) when (e is not StoreException && !ct.IsCancellationRequested)
        {
            settling.Add(SettleAsync(due.Work.Key.Room, AfterFault(due.Work, e)));
            return false;
        }
    }

    private async Task<bool> ShowAsync(DueCard due, List<Task> settling, CancellationToken ct)
    {
        if (due.Fault is { } fault)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
        var (work, card) = (due.Work, due.Card);
        if (due.Waits)
        {
            settling.Add(SettleAsync(work.Key.Room, tx => tx.PutOffCard(work.Key, time.GetUtcNow() + ShortestPause, lookFirst: false, "waits for the card that it belongs to")));
            return false;
        }
        if (card is null)
        {
            settling.Add(SettleAsync(work.Key.Room, tx => GiveUp(tx, work.Key, work.Wanted, "what it shows is no longer kept, or can't be read", time.GetUtcNow())));
            return false;
        }
        var (room, notifier) = rooms.Of(work.Key.Room);
        if (await KnownMessageAsync(work, card, room, notifier, ct) is not { } known)
        {
            return false;
        }
        var delivery = await PutAsync(room, notifier, card, known.Message, due.Trace, ct);
        if (card is not DossierCard && delivery is Delivery.Retry { After: { } after } limited)
        {
            log.CardPutOff(work.Key.Subject, work.Key.Room, limited.Reason);
            (work.Message is null ? _pauses : _editPauses)[work.Key.Room] = new Pause(time.GetUtcNow() + after, work.Priority);
            return false;
        }
        var settle = card is DossierCard dossier ? SettleThread(work, dossier, room, known.Message, delivery) : tx => Settle(tx, work, card, room, delivery);
        settle += ToldOfRemains(work.Key.Room, delivery) + ToldOfLeft(work, room, delivery);
        settling.Add(SettleAsync(work.Key.Room, AfterTry(work.Key, delivery, settle), e => AfterFault(work, e)));
        await BlockAsync(work.Key.Room, delivery, isNew: known.Message is null && card is not DossierCard);
        return delivery is Delivery.Delivered;
    }

    /// <summary>What stands where nobody reaches it is never changed again: of each place the operators are told once each start.</summary>
    private Action<IStoreTx>? ToldOfRemains(string room, Delivery delivery) => delivery is Delivery.Gone { Remains: { } place } && _remains.TryAdd($"{room} {place}", true)
        ? tx => Notices.Add(tx, $"Cards of the room \"{room}\", and their threads, still stand in {place}, which the bot can't change any more: they are shown anew where the room is, and stay there as they were, with the words of people who were erased since. Delete them there.", good: false, time.GetUtcNow())
        : null;

    private Action<IStoreTx> AfterFault(CardWork work, Exception e)
    {
        log.CardFaulted(e, work.Key.Subject, work.Key.Room);
        return work.Tries + 1 < MostFaults
            ? tx => tx.PutOffCard(work.Key, time.GetUtcNow() + PauseAfter(work.Tries), lookFirst: true, Fault(e))
            : tx => GiveUp(tx, work.Key, work.Wanted, Fault(e), time.GetUtcNow());
    }

    private static async Task<Delivery> PutAsync(Room room, INotifier notifier, Card card, MessageRef? known, string? trace, CancellationToken ct)
    {
        using var span = CaseTrace.Start(card is DossierCard ? "thread put" : "card put", ActivityKind.Client, trace);
        span?.SetTag("listeningbot.room", room.Name).SetTag("listeningbot.edit", known is not null);
        var delivery = await notifier.PutAsync(room, card, known, ct);
        span?.SetTag("listeningbot.outcome", delivery.GetType().Name.ToLowerInvariant());
        return delivery;
    }

    /// <summary>A room that only an operator can open again is told of once, and once more when it is open; its cards wait. One that takes no new card may still take the edits of old ones: only a new one opens it.</summary>
    private async Task BlockAsync(string room, Delivery delivery, bool isNew)
    {
        var before = _blocked.GetValueOrDefault(room);
        if (delivery is Delivery.Blocked blocked)
        {
            log.RoomBlocked(room, blocked.Reason);
            if (before is null && room != Notices.OpsRoom)
            {
                await store.WriteAsync(tx => Notices.Add(tx, $"The room \"{room}\" takes no cards, they wait: {blocked.Reason}", good: false, time.GetUtcNow()), CancellationToken.None);
            }
            _blocked[room] = new Block(time.GetUtcNow() + BlockedPause, blocked.Reason) { ForNew = isNew || before is { ForNew: true } };
        }
        else if (delivery is Delivery.Delivered && before is not null && (isNew || !before.ForNew))
        {
            if (room != Notices.OpsRoom)
            {
                await store.WriteAsync(tx => Notices.Add(tx, $"The room \"{room}\" takes cards again.", good: true, time.GetUtcNow()), CancellationToken.None);
            }
            _blocked.TryRemove(room, out _);
        }
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
        catch (RoomBusyException e)
        {
            // A long room is looked through over several limits: that is no trouble, and what need not be looked for goes on.
            log.CardNotFoundYet(work.Key.Subject, work.Key.Room, e.Message);
            await SettleAsync(work.Key.Room, tx => tx.PutOffCard(work.Key, time.GetUtcNow() + e.After, lookFirst: true, e.Message));
            return null;
        }
        catch (IOException e)
        {
            log.CardNotFoundYet(work.Key.Subject, work.Key.Room, e.Message);
            await SettleAsync(work.Key.Room, AfterTry(work.Key, new Delivery.Unknown(e.Message), tx => tx.PutOffCard(work.Key, time.GetUtcNow() + RoomTrouble.PauseAfter(work.Tries), lookFirst: true, e.Message)));
            return null;
        }
    }

    private void Settle(IStoreTx tx, CardWork work, Card card, Room room, Delivery delivery)
    {
        var now = time.GetUtcNow();
        switch (delivery)
        {
            case Delivery.Delivered delivered when StaysWhereItIs(work, room, delivered):
                LeaveBehind(tx, work, card.Version, now);
                break;
            case Delivery.Delivered delivered:
                tx.CardShown(work.Key, card.Version, delivered.Message, now, work.Shown);
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
                tx.ForgetMessage(work.Key, now);
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

    /// <summary>Stores what became of a try, now or, when the store takes nothing, before anything else is sent to the room.</summary>
    /// <param name="afterFault">What is stored instead when a fault of this program keeps it from being stored.</param>
    private async Task SettleAsync(string room, Action<IStoreTx> settle, Func<Exception, Action<IStoreTx>>? afterFault = null)
    {
        try
        {
            await store.WriteAsync(tx => Do(() => settle(tx)), CancellationToken.None);
        }
        catch (StoreException)
        {
            _unsettled.GetOrAdd(room, _ => new()).Enqueue(() => SettleAsync(room, settle, afterFault));
            throw;
        }
        catch (Exception e) when (afterFault is not null && e is not ObjectDisposedException)
        {
            await SettleAsync(room, afterFault(e));
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

    private sealed record Block(DateTimeOffset Until, string Reason)
    {
        /// <summary>It met a new card.</summary>
        public bool ForNew { get; init; }
    }

    private sealed record Pause(DateTimeOffset Until, Priority Priority);

    private sealed record Known(MessageRef? Message);
}
