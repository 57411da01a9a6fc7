using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Tends what could not be dealt with: tells the operators once and calmly, tries again what a human wants tried again, and lets go of what is too old.
/// What is tried again takes the way of all that is heard, with the watches and the model of now.
/// </summary>
public sealed class DeadLetters(IStore store, Intake intake, WatchBook watches, PolicyBook policies, CommandDesk commands, TimeProvider time, Action<IReadOnlySet<string>> ring)
{
    /// <summary>After one word to the ops room the next one waits, so that a burst is told in one.</summary>
    public static readonly TimeSpan ToldEvery = TimeSpan.FromMinutes(10);
    private const string LastTold = "dead letters told";
    private const int AtOnce = 50;
    private const int MostTold = 1000;

    /// <summary>An item that its channel could not understand, or that could not be matched.</summary>
    public static DeadLetter Of(string channel, BadItem item) => item.Change is { } change
        ? Of(channel, change, item.What) with { Raw = item.Raw }
        : new DeadLetter(DeadKind.Item, channel, "", item.What) { Raw = item.Raw };

    /// <summary>An item that could not be recorded.</summary>
    public static DeadLetter Of(string channel, PostChange change, string why) =>
        new(DeadKind.Item, channel, change.Key.ToString(), why) { Raw = change.Post?.Text ?? "", Work = new DeadChange(change.Kind, change.Key, change.Post) };

    /// <summary>Called every few seconds.</summary>
    public async Task TendAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await store.ReadAsync(view => view.HasUnreadable, ct))
        {
            await store.WriteAsync(tx => Do(() => tx.KeepUnreadable(now)), ct);
        }
        if (Retention.Before(policies.Current.Retention.Aside, now) is { } old && await store.ReadAsync(view => view.HasDeadBefore(old), ct))
        {
            await store.WriteAsync(tx => tx.AgeDead(old, AtOnce, now), ct);
        }
        foreach (var letter in await store.ReadAsync(view => view.DeadToRetry(AtOnce), ct))
        {
            await TryAgainAsync(letter, ct);
        }
        if (await store.ReadAsync(view => view.UntoldDead(1).Count > 0 && MayTell(view, now), ct))
        {
            ring(await store.WriteAsync(tx => Tell(tx, now), ct));
        }
    }

    private async Task TryAgainAsync(DeadLetter letter, CancellationToken ct)
    {
        try
        {
            if (letter.Work is DeadCommand command)
            {
                // By its id it counts once, so that nothing is done twice where the program ends before the letter does.
                await commands.AnswerAgainAsync(command.Command);
                await store.WriteAsync(tx => tx.PutDeadAway(letter.Id), ct);
            }
            else
            {
                var (rooms, followed) = await store.WriteAsync(tx => TryAgain(tx, letter, time.GetUtcNow()), ct);
                intake.Follow(followed);
                ring(rooms);
            }
        }
        catch (Exception e) when (e is not (IOException or OperationCanceledException))
        {
            var why = e is NotDoneAgainException ? e.Message : $"it failed again ({e.GetType().Name})";
            await store.WriteAsync(tx => Do(() => tx.DeadFailedAgain(letter.Id, why, time.GetUtcNow())), ct);
        }
    }

    /// <summary>What it does and that it is done stand or fall together.</summary>
    private (IReadOnlySet<string> Rooms, Followed Followed) TryAgain(IStoreTx tx, DeadLetter letter, DateTimeOffset now)
    {
        var none = (new HashSet<string>(StringComparer.Ordinal), new Followed());
        if (tx.DeadLetterOf(letter.Id) is not { RetryAsked: true })
        {
            return none;
        }
        switch (letter.Work)
        {
            case DeadChange change:
                return (Record(tx, letter, change, now), new Followed());
            case DeadCard card:
                return (TryCard(tx, letter, card), new Followed());
            case DeadPing ping:
                return (TryPing(tx, letter, ping), new Followed());
            case DeadLookup lookup:
                tx.TryLookupAgain(lookup.Mention, now);
                tx.AskDeadRetry(letter.Id, asked: false);
                return none;
            case DeadPress press:
                var (_, rooms, followed) = PressDesk.Take(tx, press.Press, policies.Current, now);
                tx.PutDeadAway(letter.Id);
                return (rooms, followed);
            case DeadNote note:
                var noted = PressDesk.Take(tx, note.Note, policies.Current, now);
                tx.PutDeadAway(letter.Id);
                return (noted, new Followed());
            case DeadRow row when tx.RowIsWell(row):
                tx.EndDead(row.Ref);
                return row.Table == "case" ? (Mend(tx, row.Id, now), new Followed()) : none;
            default:
                tx.DeadFailedAgain(letter.Id, letter.Why, now);
                return none;
        }
    }

    private IReadOnlySet<string> Record(IStoreTx tx, DeadLetter letter, DeadChange change, DateTimeOffset now)
    {
        var harvest = intake.Take(letter.Place, PostBatch.OfChanges([new PostChange(change.Kind, change.Key, change.Post)], new Cursor("")), watches.Current) with { Next = null, Unmatched = [] };
        if (harvest.Aside is [var item, ..])
        {
            tx.DeadFailedAgain(letter.Id, item.What, now);
            return new HashSet<string>(StringComparer.Ordinal);
        }
        var recorded = Recorder.Record(tx, harvest, policies.Current, now);
        tx.PutDeadAway(letter.Id);
        return recorded.Rooms;
    }

    private static HashSet<string> TryCard(IStoreTx tx, DeadLetter letter, DeadCard card)
    {
        if (tx.TryCardAgain(card.Key))
        {
            tx.AskDeadRetry(letter.Id, asked: false);
        }
        else
        {
            // What it showed was forgotten by its age.
            tx.EndDead(card.Ref);
        }
        return [card.Key.Room];
    }

    private static HashSet<string> TryPing(IStoreTx tx, DeadLetter letter, DeadPing ping)
    {
        if (tx.TryPingAgain(ping.Id))
        {
            tx.AskDeadRetry(letter.Id, asked: false);
        }
        else
        {
            tx.EndDead(ping.Ref);
        }
        return [letter.Place];
    }

    private IReadOnlySet<string> Mend(IStoreTx tx, long id, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now, policies.Current) { Where = "dead letters" };
        if (tx.CaseOf(id) is { IsOpen: true } @case)
        {
            cases.Mend(@case);
        }
        return cases.Rooms;
    }

    private static bool MayTell(IStoreView view, DateTimeOffset now) =>
        !DateTimeOffset.TryParse(view.Document(LastTold), CultureInfo.InvariantCulture, out var last) || now - last >= ToldEvery || now < last;

    private static HashSet<string> Tell(IStoreTx tx, DateTimeOffset now)
    {
        var untold = tx.UntoldDead(MostTold);
        if (untold.Count == 0)
        {
            return [];
        }
        tx.DeadTold(untold[^1].Id);
        tx.KeepDocument(LastTold, now.ToString("O", CultureInfo.InvariantCulture), now);
        Notices.Add(tx, DeadWords.Told(untold), good: false, now);
        return [Notices.OpsRoom];
    }

    private static bool Do(Action work)
    {
        work();
        return true;
    }
}
