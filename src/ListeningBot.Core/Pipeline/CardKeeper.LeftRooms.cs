using System.Collections.Concurrent;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// What stands in a room that is configured no more. What becomes of it is told on the console, but the card keeps its place: there it is changed when the room is configured again.
/// Until then it is in the list of dead letters, because words of people who were erased may stand there.
/// </summary>
public sealed partial class CardKeeper
{
    internal const string NoRoom = "its room is not configured any more; where it stands it is as it was, until the room is configured again";

    /// <summary>Rooms of that kind, of which the operators were told.</summary>
    private readonly ConcurrentDictionary<string, bool> _left = new();

    /// <summary>Rooms that are reached again: what stands in them, and was left, is to be shown as it is.</summary>
    /// <param name="reaches">Not those on the console: what was left can't be changed from there.</param>
    public static void ShowWhatWasLeft(IStoreTx tx, Func<string, bool> reaches)
    {
        const int Page = 500;
        if (!tx.DeadCounts().Any(count => count.Kind == DeadKind.Card && reaches(count.Place)))
        {
            return;
        }
        for (var page = tx.DeadLetters(0, Page); page.Count > 0; page = tx.DeadLetters(page[^1].Id, Page))
        {
            foreach (var card in page.Where(letter => letter.Why == NoRoom && reaches(letter.Place)).Select(letter => letter.Work).OfType<DeadCard>())
            {
                tx.TryCardAgain(card.Key);
            }
        }
    }

    /// <summary>The console took the change, and the known message is none of its own: the room that it stands in is gone.</summary>
    /// <param name="shownIn">Where it was shown, whatever is configured since.</param>
    private bool StaysWhereItIs(CardWork work, Room shownIn, Delivery.Delivered delivered) => work.Message is { } known && known != delivered.Message && rooms.IsOnConsole(shownIn);

    private void LeaveBehind(IStoreTx tx, CardWork work, int version, DateTimeOffset now)
    {
        tx.GiveUpCard(work.Key, version, NoRoom);
        tx.AddDead(new DeadLetter(DeadKind.Card, work.Key.Room, work.Key.Subject, NoRoom) { Work = new DeadCard(work.Key), Told = true }, now);
    }

    /// <summary>Once each start.</summary>
    private Action<IStoreTx>? ToldOfLeft(CardWork work, Room shownIn, Delivery delivery) =>
        delivery is Delivery.Delivered delivered && StaysWhereItIs(work, shownIn, delivered) && work.Key.Room is var room && _left.TryAdd(room, true)
            ? tx => Notices.Add(tx, $"Cards of the room \"{room}\", and their threads, change on the console only: it is not configured any more. Where they stand they stay as they were, with the words of people who were erased since. Give the room its entry below Rooms again, or add a \"default\" of the same chat, then they are changed there; or delete them there. See `listeningbot dead`.", good: false, time.GetUtcNow())
            : null;
}
