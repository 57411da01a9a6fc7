using ListeningBot.Core.Cases;

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
        using (var rows = db.Ask("SELECT m.id FROM mentions m WHERE m.case_id = ? AND m.id <> ? LIMIT ?").With(@case.Id).With(@case.FirstMention).With(limit))
        {
            var posts = Numbers(rows);
            posts.ForEach(Forget);
            if (posts.Count == limit)
            {
                return limit;
            }
            return posts.Count + Remove(@case);
        }
    }

    public int Loose(DateTimeOffset before, DateTimeOffset judgedBefore, int limit)
    {
        using var rows = db.Ask("""
            SELECT id FROM mentions WHERE case_id IS NULL AND first_seen < ?1
            AND (first_seen < ?2 OR NOT EXISTS (SELECT 1 FROM verdicts WHERE verdicts.mention = mentions.id)) ORDER BY first_seen LIMIT ?3
            """).With(before).With(judgedBefore).With(limit);
        var posts = Numbers(rows);
        posts.ForEach(Forget);
        return posts.Count;
    }

    private Case? Oldest(DateTimeOffset before)
    {
        using var row = db.Ask("SELECT body FROM cases WHERE state = 2 AND changed < ? ORDER BY changed LIMIT 1").With(before);
        return row.Read() ? row.Json(0, StoreJson.Default.Case) : null;
    }

    private int Remove(Case @case)
    {
        using (var rows = db.Ask("SELECT m.id FROM mentions m WHERE m.case_id = ?").With(@case.Id))
        {
            Numbers(rows).ForEach(Forget);
        }
        db.Ask("DELETE FROM case_keys WHERE case_id = ?").With(@case.Id).Run();
        db.Ask("DELETE FROM rereads WHERE case_id = ?").With(@case.Id).Run();
        db.Ask("DELETE FROM alarms WHERE case_id = ?").With(@case.Id).Run();
        foreach (var subject in new[] { $"case:{@case.Id}", $"thread:{@case.Id}" })
        {
            db.Ask("DELETE FROM cards WHERE subject = ?").With(subject).Run();
            db.Ask("DELETE FROM pings WHERE subject = ?").With(subject).Run();
        }
        var events = db.Ask("DELETE FROM case_events WHERE case_id = ?").With(@case.Id).Changed();
        db.Ask("DELETE FROM cases WHERE id = ?").With(@case.Id).Run();
        if (@case.Customer is { } customer && _customers.CasesOf(customer, 1).Count == 0)
        {
            _customers.Delete(customer);
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

    private static List<long> Numbers(Statement rows)
    {
        var numbers = new List<long>();
        while (rows.Read())
        {
            numbers.Add(rows.Long(0));
        }
        return numbers;
    }
}
