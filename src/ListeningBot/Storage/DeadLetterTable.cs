using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>What could not be dealt with and waits for a human.</summary>
internal sealed class DeadLetterTable(Db db)
{
    /// <summary>Of each channel the latest items are kept; how many gave way stands in the list.</summary>
    public const int MostItems = 2000;

    /// <summary>Characters kept of one item as it came.</summary>
    public const int RawLength = 16_384;
    private const int WhyLength = 1000;

    /// <summary>What is looked for by an index: PostgreSQL's takes 2,704 bytes.</summary>
    private const int NameLength = 600;
    private const string Columns = "id, kind, place, what, why, raw, item, at, last_at, tries, retry, told";

    /// <summary>Of a card or a row only the mention of it would go, so it stays.</summary>
    private const string Ages = "kind NOT IN ('Card', 'Row', 'Dropped')";

    public IReadOnlyList<DeadLetter> After(long id, int limit)
    {
        using var rows = db.Ask($"SELECT {Columns} FROM dead_letters WHERE id > ? AND away = 0 ORDER BY id LIMIT ?").With(id).With(limit);
        return All(rows);
    }

    public DeadLetter? Of(long id)
    {
        using var rows = db.Ask($"SELECT {Columns} FROM dead_letters WHERE id = ? AND away = 0").With(id);
        return rows.Read() ? Read(rows) : null;
    }

    public IReadOnlyList<DeadCount> Counts()
    {
        using var rows = db.Ask("SELECT kind, place, count(*) FROM dead_letters WHERE away = 0 GROUP BY kind, place ORDER BY kind, place");
        var counts = new List<DeadCount>();
        while (rows.Read())
        {
            counts.Add(new DeadCount(KindOf(rows.Text(0)), rows.Text(1), rows.Int(2)));
        }
        return counts;
    }

    public IReadOnlyList<DeadLetter> Untold(int limit)
    {
        using var rows = db.Ask($"SELECT {Columns} FROM dead_letters WHERE told = 0 ORDER BY id LIMIT ?").With(limit);
        return All(rows);
    }

    public IReadOnlyList<DeadLetter> ToRetry(int limit)
    {
        using var rows = db.Ask($"SELECT {Columns} FROM dead_letters WHERE retry = 1 ORDER BY id LIMIT ?").With(limit);
        return All(rows);
    }

    public bool AnyBefore(DateTimeOffset time)
    {
        using var row = db.Ask($"SELECT 1 FROM dead_letters WHERE at < ? AND {Ages} LIMIT 1").With(time);
        return row.Read();
    }

    /// <summary>Those whose words or whose key name it. "id > 0" says that the whole table is meant to be walked through.</summary>
    public IReadOnlyList<AsideItem> Naming(string text)
    {
        using var rows = db.Ask("""
            SELECT id, place, what, why, raw, coalesce(item, ''), at FROM dead_letters WHERE id > 0
            AND (instr(lower(raw), ?1) > 0 OR instr(lower(what), ?1) > 0 OR instr(lower(why), ?1) > 0 OR instr(lower(raw), ?2) > 0 OR instr(lower(item), ?2) > 0)
            """)
            .With(ErasureTables.Lower(text)).With(ErasureTables.InJson(text));
        var items = new List<AsideItem>();
        while (rows.Read())
        {
            items.Add(new AsideItem(rows.Long(0), rows.Text(1), $"{rows.Text(2)} {rows.Text(3)}".Trim(), rows.Text(4) is { Length: > 0 } raw ? raw : rows.Text(5), rows.Time(6)));
        }
        return items;
    }

    public void Add(DeadLetter letter, DateTimeOffset now)
    {
        if (letter.Work is DeadChange { Post: { } post } change && HoldsAnother(change.Ref, post))
        {
            letter = letter with { Work = change.UnderAKeyOfItsOwn(post) };
        }
        db.Ask("""
            INSERT INTO dead_letters (kind, place, what, why, raw, ref, author, item, at, last_at, told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (ref) WHERE ref IS NOT NULL DO UPDATE SET why = excluded.why, item = excluded.item, last_at = excluded.last_at, tries = dead_letters.tries + 1, retry = 0
            """).With(letter.Kind.ToString()).With(letter.Place).With(Clean(letter.What, WhyLength)).With(Clean(letter.Why, WhyLength)).With(Clean(letter.Raw, RawLength))
            .With(letter.Work is { } named ? Named(named.Ref) : null).With(AuthorOf(letter.Work) is { } author ? Named(author) : null).With(letter.Work is { } work ? Json(work) : null).With(now).With(now).With(letter.Told).Run();
        if (letter.Kind == DeadKind.Item)
        {
            var dropped = db.Ask("""
                DELETE FROM dead_letters WHERE kind = 'Item' AND place = ?1 AND id <= (SELECT id FROM dead_letters WHERE kind = 'Item' AND place = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
                """).With(letter.Place).With(MostItems).Changed();
            CountDropped(letter.Place, dropped, $"More than {MostItems} items of this channel waited; the oldest gave way.", now);
        }
    }

    public bool Knows(string reference)
    {
        using var row = db.Ask("SELECT 1 FROM dead_letters WHERE ref = ?").With(Named(reference));
        return row.Read();
    }

    /// <summary>The post was recorded after all.</summary>
    public void End(Post recorded)
    {
        if (!HoldsAnother(DeadWork.RefOf(recorded.Key), recorded))
        {
            End(DeadWork.RefOf(recorded.Key));
        }
    }

    private bool HoldsAnother(string reference, Post letter)
    {
        if (!letter.Private)
        {
            return false;
        }
        using var row = db.Ask("SELECT item, id FROM dead_letters WHERE ref = ? AND item IS NOT NULL").With(Named(reference));
        return row.Read() && row.TryJson(0, StoreJson.Default.DeadWork, "dead letter", row.Long(1)) is DeadChange waits && waits.IsAnotherLetterThan(letter);
    }

    public void End(string reference) => db.Ask("DELETE FROM dead_letters WHERE ref = ?").With(Named(reference)).Run();

    public int EndOfAuthor(string ns, string author) => db.Ask("DELETE FROM dead_letters WHERE author = ?").With(Named($"{ns} {author}")).Changed();

    /// <summary>An unreadable row that nobody mends stays known.</summary>
    public bool PutAway(long id) =>
        db.Ask("UPDATE dead_letters SET away = 1, told = 1, retry = 0 WHERE id = ? AND kind = 'Row' AND away = 0").With(id).Changed() > 0 || Remove(id);

    public bool Remove(long id) => db.Ask("DELETE FROM dead_letters WHERE id = ? AND away = 0").With(id).Changed() > 0;

    public bool AskRetry(long id, bool asked) => db.Ask("UPDATE dead_letters SET retry = ? WHERE id = ? AND away = 0").With(asked).With(id).Changed() > 0;

    public void FailedAgain(long id, string why, DateTimeOffset now) =>
        db.Ask("UPDATE dead_letters SET why = ?, last_at = ?, tries = tries + 1, retry = 0 WHERE id = ?").With(Clean(why, WhyLength)).With(now).With(id).Run();

    public void MarkTold(long upTo) => db.Ask("UPDATE dead_letters SET told = 1 WHERE told = 0 AND id <= ?").With(upTo).Run();

    public int Age(DateTimeOffset before, int limit, DateTimeOffset now)
    {
        var old = new List<(long Id, string Place)>();
        using (var rows = db.Ask($"SELECT id, place FROM dead_letters WHERE at < ? AND {Ages} ORDER BY at, id LIMIT ?").With(before).With(limit))
        {
            while (rows.Read())
            {
                old.Add((rows.Long(0), rows.Text(1)));
            }
        }
        foreach (var of in old.GroupBy(one => one.Place, one => one.Id, StringComparer.Ordinal))
        {
            CountDropped(of.Key, of.Count(id => Remove(id)), "Nobody dealt with them in time.", now);
        }
        return old.Count;
    }

    private void CountDropped(string place, int dropped, string why, DateTimeOffset now)
    {
        if (dropped > 0)
        {
            db.Ask("""
                INSERT INTO dead_letters (kind, place, what, why, raw, ref, at, last_at, tries) VALUES ('Dropped', ?1, '', ?2, '', ?3, ?4, ?4, ?5)
                ON CONFLICT (ref) WHERE ref IS NOT NULL DO UPDATE SET why = excluded.why, last_at = excluded.last_at, tries = dead_letters.tries + excluded.tries, told = 0
                """).With(place).With(why).With($"dropped {place}").With(now).With(dropped).Run();
        }
    }

    /// <summary>So that it goes with its author.</summary>
    private static string? AuthorOf(DeadWork? work) =>
        work is DeadChange { Post: { Author: { Id: { } author } } post } ? $"{post.Key.Namespace} {author}" : work is DeadChange { Kind: ChangeKind.AuthorGone } gone ? $"{gone.Key.Namespace} {gone.Key.Id}" : null;

    /// <summary>What defeats the store may defeat its JSON too: then it can't be tried again, and is kept all the same.</summary>
    private static string? Json(DeadWork work)
    {
        try
        {
            return JsonSerializer.Serialize(work, StoreJson.Default.DeadWork).Replace("\\u0000", "", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <summary>No database takes a NUL in text, nor half a character.</summary>
    private static string Clean(string text, int most)
    {
        var cut = text.Length <= most ? text : text[..most];
        return System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(cut)).Replace('\0', '\uFFFD');
    }

    /// <summary>A longer name is cut, and told from others that begin alike.</summary>
    private static string Named(string name) =>
        Clean(name.Length <= NameLength ? name : $"{name[..(NameLength - 17)]}#{ThreadHash.Of(System.Text.Encoding.UTF8.GetBytes(name)):x16}", NameLength);

    private static List<DeadLetter> All(Statement rows)
    {
        var letters = new List<DeadLetter>();
        while (rows.Read())
        {
            letters.Add(Read(rows));
        }
        return letters;
    }

    /// <summary>What a later program calls otherwise stops no list.</summary>
    private static DeadKind KindOf(string kind) => Enum.TryParse<DeadKind>(kind, out var known) ? known : DeadKind.Row;

    private static DeadLetter Read(Statement row) =>
        new(KindOf(row.Text(1)), row.Text(2), row.Text(3), row.Text(4))
        {
            Id = row.Long(0),
            Raw = row.Text(5),
            Work = row.IsNull(6) ? null : row.TryJson(6, StoreJson.Default.DeadWork, "dead letter", row.Long(0)),
            At = row.Time(7),
            LastAt = row.Time(8),
            Tries = row.Int(9),
            RetryAsked = row.Int(10) != 0,
            Told = row.Int(11) != 0,
        };
}
