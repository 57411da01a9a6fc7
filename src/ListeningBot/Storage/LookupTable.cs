using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>Authors to be looked up, and the ways found to reach them.</summary>
internal sealed class LookupTable(Db db)
{
    public void Want(long mention, DateTimeOffset at) =>
        db.Ask("INSERT INTO lookups (mention, try_at) VALUES (?, ?) ON CONFLICT (mention) DO NOTHING").With(mention).With(at).Run();

    public IReadOnlyList<LookupWork> Due(DateTimeOffset now, int limit)
    {
        using var rows = db.Ask("SELECT mention, tries FROM lookups WHERE try_at <= ? AND looked_at IS NULL ORDER BY try_at LIMIT ?").With(now).With(limit);
        var due = new List<LookupWork>();
        while (rows.Read())
        {
            due.Add(new LookupWork(rows.Long(0), rows.Int(1)));
        }
        return due;
    }

    public void PutOff(long mention, DateTimeOffset until) =>
        db.Ask("UPDATE lookups SET try_at = ?, tries = tries + 1 WHERE mention = ?").With(until).With(mention).Run();

    public void Keep(long mention, IReadOnlyList<Contact> contacts) =>
        db.Ask("UPDATE lookups SET contacts = ? WHERE mention = ?").WithJson(contacts, StoreJson.Default.IReadOnlyListContact).With(mention).Run();

    public void End(long mention, DateTimeOffset now) =>
        db.Ask("UPDATE lookups SET looked_at = ? WHERE mention = ?").With(now).With(mention).Run();

    public void TryAgain(long mention, DateTimeOffset now) =>
        db.Ask("UPDATE lookups SET looked_at = NULL, try_at = ?, tries = 0 WHERE mention = ?").With(now).With(mention).Run();

    /// <summary>What was taken away is looked up no more.</summary>
    public void Blank(long mention, DateTimeOffset now) =>
        db.Ask("UPDATE lookups SET looked_at = coalesce(looked_at, ?), contacts = '[]' WHERE mention = ?").With(now).With(mention).Run();

    public IReadOnlyList<Contact> Of(long mention)
    {
        using var row = db.Ask("SELECT contacts FROM lookups WHERE mention = ?").With(mention);
        return row.Read() ? Read(row, mention) : [];
    }

    public IReadOnlyList<Contact> OfCase(long caseId)
    {
        using var rows = db.Ask("SELECT l.contacts, l.mention FROM mentions m JOIN lookups l ON l.mention = m.id WHERE m.case_id = ? ORDER BY m.id DESC").With(caseId);
        var contacts = new List<Contact>();
        while (rows.Read())
        {
            contacts.AddRange(Read(rows, rows.Long(1)));
        }
        return Contacts.Each(contacts);
    }

    /// <summary>None where they can't be read, which is noted.</summary>
    private static IReadOnlyList<Contact> Read(Statement row, long mention) => row.TryJson(0, StoreJson.Default.IReadOnlyListContact, DeadRow.Contacts, mention) ?? [];
}
