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

    public bool RowIsWell(DeadRow row)
    {
        Connection.Unreadable?.Forget((row.Table, row.Id));
        return row.Table switch
        {
            "case" => Cases.Of(row.Id) is not null,
            "mention" => Mentions.Of(row.Id) is not null,
            "silence" => Hushed.Of(row.Id) is not null,
            "customer" => People.Of(row.Id) is not null,
            "dead letter" => Dead.WorkIsWell(row.Id),
            DeadRow.EventOfCase => Lists.EventsAreWell(row.Id),
            DeadRow.Contacts => Lookups.IsWell(row.Id),
            DeadRow.Sampled => Unmatched.IsWell(row.Id),
            DeadRow.MaybePage => Tray.Page(row.Id) is not null,
            DeadRow.Canary => CanaryRuns.Of(row.Id) is not null,
            DeadRow.Held => Configuration.HeldOf(row.Id) is not null,
            _ => false,
        };
    }

    public void TryCardAgain(CardKey key) => Cards.TryAgain(key);
    public bool TryPingAgain(long id) => Pings.TryAgain(id);
    public void TryLookupAgain(long mention, DateTimeOffset now) => Lookups.TryAgain(mention, now);
}
