using ListeningBot.Core.Alerting;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

internal sealed partial class StoreTx
{
    public void AddDead(DeadLetter letter, DateTimeOffset now)
    {
        Dead.Add(letter, now);
        if (letter.Kind == DeadKind.Item)
        {
            Facts.KeptAside(letter.Place);
        }
    }

    public void EndDead(string reference) => Dead.End(reference);
    public int EndDeadOfAuthor(string ns, string author) => Dead.EndOfAuthor(ns, author);
    public bool PutDeadAway(long id) => Dead.PutAway(id);
    public bool AskDeadRetry(long id, bool asked) => Dead.AskRetry(id, asked);
    public void DeadFailedAgain(long id, string why, DateTimeOffset now) => Dead.FailedAgain(id, why, now);
    public void DeadTold(long upTo) => Dead.MarkTold(upTo);
    public int AgeDead(DateTimeOffset before, int limit, DateTimeOffset now) => Dead.Age(before, limit, now);

    public void KeepUnreadable(DateTimeOffset now)
    {
        foreach (var (row, why) in Connection.Unreadable?.Take() ?? [])
        {
            var work = new DeadRow(row.Table, row.Id);
            if (!Dead.Knows(work.Ref))
            {
                Dead.Add(new DeadLetter(DeadKind.Row, "", $"{row.Table} {row.Id}", why) { Work = work }, now);
            }
            if (row.Table == "case")
            {
                Cases.NothingDue(row.Id);
            }
            Facts.Then(() => Connection.Unreadable!.Listed(row));
        }
    }

    /// <summary>It is read once more: what still can't be is noted anew. Of what is gone meanwhile nothing is left to be mended.</summary>
    public bool RowIsWell(DeadRow row)
    {
        Func<object?>? read = row.Table switch
        {
            "case" => () => Cases.Of(row.Id),
            "mention" => () => Mentions.Of(row.Id),
            "silence" => () => Hushed.Of(row.Id),
            "customer" => () => People.Of(row.Id),
            "dead letter" => () => Dead.Of(row.Id),
            DeadRow.EventOfCase => () => Lists.EventsOf(row.Id),
            DeadRow.Contacts => () => Lookups.Of(row.Id),
            DeadRow.Sampled => () => Unmatched.Of(row.Id),
            DeadRow.MaybePage => () => Tray.Page(row.Id),
            DeadRow.Canary => () => CanaryRuns.Of(row.Id),
            DeadRow.Held => () => Configuration.HeldOf(row.Id),
            _ => null,
        };
        Connection.Unreadable?.Forget((row.Table, row.Id));
        read?.Invoke();
        return read is not null && Connection.Unreadable?.Holds((row.Table, row.Id)) != true;
    }

    public bool TryCardAgain(CardKey key) => Cards.TryAgain(key);
    public bool TryPingAgain(long id) => Pings.TryAgain(id);
    public void TryLookupAgain(long mention, DateTimeOffset now) => Lookups.TryAgain(mention, now);
}
