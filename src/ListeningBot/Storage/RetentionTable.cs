using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Forgets cases and posts by their age.</summary>
internal sealed class RetentionTable(Db db)
{
    private readonly CustomerTables _customers = new(db);

    /// <summary>Posts first, but for the one that the case is read by: a case of thousands of copies goes over many transactions and is whole in between.</summary>
    public int Cases(DateTimeOffset before, int limit)
    {
        if (Oldest(before) is not { } @case)
        {
            return 0;
        }
        var posts = db.Ask("SELECT m.id FROM mentions m WHERE m.case_id = ? AND m.id <> ? LIMIT ?").With(@case.Id).With(@case.ReadBy).With(limit).Numbers();
        posts.ForEach(Forget);
        return posts.Count == limit ? limit : posts.Count + Remove(@case.Id, @case.Customer);
    }

    public int Loose(DateTimeOffset before, DateTimeOffset judgedBefore, int limit)
    {
        var posts = db.Ask("""
            SELECT id FROM mentions WHERE case_id IS NULL AND first_seen < ?1
            AND (first_seen < ?2 OR NOT EXISTS (SELECT 1 FROM verdicts WHERE verdicts.mention = mentions.id)) ORDER BY first_seen LIMIT ?3
            """).With(before).With(judgedBefore).With(limit).Numbers();
        posts.ForEach(Forget);
        return posts.Count;
    }

    private (long Id, long? Customer, long ReadBy)? Oldest(DateTimeOffset before)
    {
        using var row = db.Ask("SELECT id, customer, body FROM cases WHERE state = 2 AND changed < ? ORDER BY changed LIMIT 1").With(before);
        return row.Read() ? (row.Long(0), row.IsNull(1) ? null : row.Long(1), ReadBy(row)) : null;
    }

    /// <summary>By which post: by none, when the case itself can't be read. It goes all the same, or it would stand before all others for ever.</summary>
    private static long ReadBy(Statement row) => row.JsonOr(2, StoreJson.Default.JudgedBody, new JudgedBody(null, 0)).FirstMention;

    private int Remove(long @case, long? customer)
    {
        db.Ask("SELECT m.id FROM mentions m WHERE m.case_id = ?").With(@case).Numbers().ForEach(Forget);
        db.Ask("DELETE FROM case_keys WHERE case_id = ?").With(@case).Run();
        db.Ask("DELETE FROM rereads WHERE case_id = ?").With(@case).Run();
        db.Ask("DELETE FROM alarms WHERE case_id = ?").With(@case).Run();
        db.Ask("DELETE FROM dead_letters WHERE ref IN (?, ?)").With(new DeadRow("case", @case).Ref).With(new DeadRow(DeadRow.EventOfCase, @case).Ref).Run();
        foreach (var subject in new[] { $"case:{@case}", $"thread:{@case}" })
        {
            db.Ask("DELETE FROM dead_letters WHERE ref IN (SELECT 'card ' || room || ' ' || subject FROM cards WHERE subject = ?)").With(subject).Run();
            db.Ask("DELETE FROM cards WHERE subject = ?").With(subject).Run();
            db.Ask("DELETE FROM pings WHERE subject = ?").With(subject).Run();
        }
        var events = db.Ask("DELETE FROM case_events WHERE case_id = ?").With(@case).Changed();
        db.Ask("DELETE FROM cases WHERE id = ?").With(@case).Run();
        if (customer is { } whose && !_customers.HasCases(whose))
        {
            _customers.Delete(whose);
        }
        return 1 + events;
    }

    private void Forget(long mention)
    {
        db.Ask("DELETE FROM tray WHERE mention = ?").With(mention).Run();
        db.Ask("DELETE FROM verdicts WHERE mention = ?").With(mention).Run();
        db.Ask("DELETE FROM lookups WHERE mention = ?").With(mention).Run();
        db.Ask("DELETE FROM mention_times WHERE mention = ?").With(mention).Run();
        db.Ask("DELETE FROM mentions WHERE id = ?").With(mention).Run();
    }
}
