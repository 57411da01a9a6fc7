using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;

namespace ListeningBot.Cli;

/// <summary>What an erasure reached and what it can't reach. It names nobody, so that it may be kept as a record.</summary>
internal sealed class CasesVerbEraseReport(ErasureCount count, Wiped wiped, Unreached unreached, StorePlace place, DateTimeOffset now)
{
    private const int MostRows = 100;

    /// <summary>False where the configuration has errors.</summary>
    public bool RoomsAreKnown { get; init; } = true;

    public IEnumerable<string> Lines()
    {
        yield return $"Erased on {now.UtcDateTime:yyyy-MM-dd HH:mm} UTC. This report names nobody from here on: keep it as your record.";
        yield return "Reached:";
        foreach (var reached in Reached())
        {
            yield return $"  {reached}";
        }
        if (unreached.Rows.Count > 0 || unreached.WhyUnknown is not null || unreached.Cards.Count > 0)
        {
            yield return "Not reached:";
        }
        if (unreached.WhyUnknown is { } why)
        {
            yield return $"  - rows that can't be read: nobody knows whether there are any, and whether they name them. {why} Run this once more, without --yes, with each id and handle they had: where nothing else is kept under it, it looks through those rows; where it finds somebody, that is somebody else: answer no";
        }
        foreach (var rows in unreached.Rows.GroupBy(row => row.Names).OrderByDescending(rows => rows.Key))
        {
            yield return $"  - {CantBeRead([.. rows])}";
        }
        foreach (var room in unreached.Cards.GroupBy(card => card.Room).OrderBy(room => room.Key, StringComparer.Ordinal))
        {
            yield return $"  - what stands in the room \"{room.Key}\", which is not configured any more: {Named([.. room])}, and what was said beside it. Give the room its entry below Rooms again, or add a \"default\" of the same chat: the running bot then changes cards, threads and lists there by itself; what was said beside them, delete there. Or delete all of it there";
        }
        yield return "Out of this command's reach; see to it yourself where you must:";
        foreach (var beyond in Beyond())
        {
            yield return $"  - {beyond}";
        }
    }

    /// <summary>Rows that all name the person, or of which nobody can tell.</summary>
    public static string CantBeRead(IReadOnlyList<DamagedRow> rows)
    {
        var which = string.Join(", ", rows.Take(MostRows)) + (rows.Count > MostRows ? $" and {rows.Count - MostRows} more" : "");
        var cure = rows.Count == 1 ? "Put the row back from a backup, or delete it in the database" : "Put the rows back from a backup, or delete them in the database";
        return $"{Count(rows.Count, "row")} that can't be read {(rows[0].Names ? rows.Count == 1 ? "names them" : "name them" : "may be about them or about others")}: {which}. {cure}, and erase again";
    }

    private IEnumerable<string> Reached()
    {
        yield return $"{Count(count.Posts, "post")} of theirs, {Count(count.OurAnswers, "public answer")} of ours to them: no word, name or address is left of them in the store";
        yield return $"{Count(count.Cases, "case")}: {Count(count.Events, "event")} without words, {Count(count.Notes, "note")} among them; {Count(count.Pings, "ping")} emptied, or without their name, and taken back where they stand";
        yield return $"{Count(count.Customers, "customer")}, {Count(count.Contacts, "contact")}, {Count(count.Silences, "silence")} about them";
        yield return $"{Count(count.DeadLetters, "dead letter")}, {Count(count.Sampled, "post")} of the sample that no watch matched";
        yield return $"{Count(count.Answers, "answer")} to presses and commands since their first post, whomever they were about";
        yield return $"{Count(count.OthersPosts, "post")} and {Count(count.OthersCases, "case")} of others no longer name them by id, address or @handle";
        yield return $"shown anew in the rooms within half a minute, or when the bot starts: {Reached(count.Cards, "card")}, {Reached(count.Threads, "thread")}, {Reached(count.Lists, "list")}, {Reached(count.OthersThreads, "thread")} of others' cases";
        if (wiped.Done is { } done)
        {
            yield return done;
        }
    }

    private string Reached(ISet<CardKey> shown, string what) => Count(shown.Except(unreached.Cards).Count(), what);

    private static string Named(IReadOnlyList<CardKey> cards)
    {
        var named = cards.Take(MostRows).Select(card => card.Subject.Split(':') switch
        {
            ["case", var number] => $"the card of case {number}",
            ["thread", var number] => $"the thread of case {number}",
            _ => $"the list {card.Subject.Replace(':', ' ')}",
        });
        return string.Join(", ", named) + (cards.Count > MostRows ? $" and {cards.Count - MostRows} more" : "");
    }

    private IEnumerable<string> Beyond()
    {
        if (!RoomsAreKnown)
        {
            yield return "cards and threads in rooms that are not configured any more: which ones, the configuration can't tell, because it has errors (see `check`). They are in the list of `dead` when the bot has tried them";
        }
        yield return "mail that was sent: cards, pings and digests by mail lie in the mailboxes and archives of those who got them";
        yield return "what people have read, copied, quoted or photographed, and what they wrote in the chat themselves";
        yield return "what chat services keep of messages that were edited or deleted: their archives, exports, notifications, audit logs";
        yield return "logs, printed cards and reports outside of the store (the journal, log collectors, terminals)";
        yield return Backups();
        if (place.IsShared)
        {
            yield return "PostgreSQL's write-ahead log (pg_wal) keeps the old words until its segments are recycled, and archived ones until they expire; so do base backups, replicas that lag behind, replication slots, and the server's own log where it writes statements";
        }
        yield return "models that teams have learned, on this machine and others (data/models, copies of it): they hold weights, not words; see the guide, Learning from the team's verdicts";
        yield return "the originals at the services: the author, or the service, deletes those. Files in config/ that name them. A new post of this author is heard again";
    }

    private string Backups()
    {
        const string Expire = "backups and copies of the disk hold it until they expire; after a restore, erase again";
        return BackupsBeside.Of(place) is { Count: > 0 } found ? $"{Expire}. Beside the store lie: {string.Join(", ", found)}" : Expire;
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";
}
