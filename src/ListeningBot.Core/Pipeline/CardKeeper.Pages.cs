using System.Collections.Concurrent;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>What a room is shown next, read together and shown one after the other.</summary>
public sealed partial class CardKeeper
{
    /// <summary>How many cards are read at once where a room takes them as fast as they are read.</summary>
    private const int LongestPage = 32;

    /// <summary>After so long what is next is asked anew, so that what is more urgent and comes meanwhile goes first.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(20);

    /// <summary>How many cards of a room are read next; one for a room that is not named.</summary>
    private readonly ConcurrentDictionary<string, int> _pages = new();

    /// <summary>What is next: cards as they are now, or, without any, the ping; without either, when there will be something.</summary>
    private Task<Look> LookAsync(string room, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return store.ReadAsync(
            view =>
            {
                var ping = view.PingsToDo(room, now, 1).FirstOrDefault();
                var next = view.CardsToShow(room, now, _pages.GetValueOrDefault(room, 1), PauseIn(_editPauses, room)?.Priority).TakeWhile(work => !(ping?.Priority > work.Priority) && MayTry(room, work.Priority)).ToList();
                if (next.Count > 0)
                {
                    return new Look([.. TogetherOf(next).Select(work => Write(view, work))]);
                }
                return ping is not null && MayTry(room, ping.Priority) ? new Look([]) { Ping = ping } : new Look([]) { Next = view.NextTryIn(room, now) };
            },
            ct);
    }

    /// <summary>Cards of cases come together. What may stand under one of them, or be about several, comes alone, when what was shown before is stored.</summary>
    private static IEnumerable<CardWork> TogetherOf(List<CardWork> next) =>
        next is [var first, ..] && CardPages.IsOfOneCase(first.Key) ? next.TakeWhile(work => CardPages.IsOfOneCase(work.Key)) : next.Take(1);

    /// <summary>A card that can't be written is a fault of that card only.</summary>
    private DueCard Write(IStoreView view, CardWork work)
    {
        try
        {
            return new DueCard(work, CardPages.Write(view, work.Key, work.Wanted, policies.Current), CardPages.Waits(view, work.Key), CaseTrace.IsOn ? CardPages.TraceOf(view, work.Key) : null);
        }
        catch (Exception e) when (e is not StoreException)
        {
            return new DueCard(work, null, false, null) { Fault = e };
        }
    }

    /// <summary>
    /// One after the other, and while one is sent the outcome of the one before is being stored: outcomes share the store's commits, and all are durable before anything else of the room is read.
    /// Returns how many were tried; false when the room is blocked.
    /// </summary>
    private async Task<(int Tried, bool GoesOn)> ShowAsync(string room, IReadOnlyList<DueCard> page, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var settling = new List<Task>();
        var (tried, delivered) = (0, true);
        try
        {
            while (delivered && tried < page.Count && (tried == 0 || time.GetElapsedTime(began) < Fresh))
            {
                delivered = await TryShowAsync(page[tried++], settling, ct);
            }
        }
        finally
        {
            await Task.WhenAll(settling);
        }
        _pages[room] = !delivered ? 1 : time.GetElapsedTime(began) < Fresh ? Math.Min(2 * _pages.GetValueOrDefault(room, 1), LongestPage) : tried;
        return (tried, !_blocked.TryGetValue(room, out var block) || block.Until <= time.GetUtcNow());
    }

    /// <summary>One look at what a room waits for.</summary>
    private sealed record Look(IReadOnlyList<DueCard> Page)
    {
        public PingWork? Ping { get; init; }

        /// <summary>When something is to be tried that was put off, or null.</summary>
        public DateTimeOffset? Next { get; init; }
    }

    /// <param name="Card">Null: what it shows is no longer kept.</param>
    /// <param name="Waits">For another card, that it stands under.</param>
    private sealed record DueCard(CardWork Work, Card? Card, bool Waits, string? Trace)
    {
        /// <summary>What met us while it was written.</summary>
        public Exception? Fault { get; init; }
    }
}
