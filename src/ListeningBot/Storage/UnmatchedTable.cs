using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>The sample of posts that no watch matched.</summary>
internal sealed class UnmatchedTable(Db db)
{
    private const string Columns = "SELECT id, body, seen_at, weight, ns, post_id, author_id, channel FROM unmatched";

    public IReadOnlyList<SampledPost> After(long id, int limit)
    {
        var page = new Page<SampledPost>(limit);
        while (page.GoesOn)
        {
            using var rows = db.Ask($"{Columns} WHERE id > ? ORDER BY id LIMIT ?").With(page.Last ?? id).With(limit);
            page.Take(rows, row => row.Long(0), Read);
        }
        return page.Items;
    }

    /// <summary>One that can't be read is there too, without its words: what names somebody can be found and taken away.</summary>
    public IReadOnlyList<SampledPost> Naming(string text)
    {
        using var rows = db.Ask($"{Columns} WHERE id > 0 AND instr(lower(body), ?) > 0").With(ErasureTables.InJson(text));
        var posts = new List<SampledPost>();
        while (rows.Read())
        {
            posts.Add(Read(rows) ?? Bare(rows));
        }
        return posts;
    }

    public SampledPost? Of(long id)
    {
        using var row = db.Ask($"{Columns} WHERE id = ?").With(id);
        return row.Read() ? Read(row) : null;
    }

    public long Count() => db.Number("SELECT count(*) FROM unmatched");

    public DateTimeOffset? Since(int latest)
    {
        using var row = db.Ask("SELECT seen_at FROM unmatched WHERE seen_at > 0 ORDER BY seen_at DESC LIMIT 2 OFFSET ?").With(latest - 1);
        return row.Read() && row.Time(0) is var since && row.Read() ? since : null;
    }

    public long Before(DateTimeOffset since)
    {
        using var row = db.Ask("SELECT id FROM unmatched WHERE seen_at >= ? ORDER BY seen_at, id LIMIT 1").With(since);
        return row.Read() ? row.Long(0) - 1 : long.MaxValue;
    }

    public bool IsWithin(DateTimeOffset before, int size)
    {
        using var oldest = db.Ask("SELECT seen_at FROM unmatched WHERE seen_at < ? LIMIT 1").With(before);
        return !oldest.Read() && Count() <= size;
    }

    public void Add(Post post, double weight, DateTimeOffset now) =>
        db.Ask("INSERT INTO unmatched (ns, post_id, author_id, channel, seen_at, weight, body) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
            .With(post.Key.Namespace).With(post.Key.Id).With(post.Author.Id).With(post.Channel).With(now).With(weight).WithJson(post, StoreJson.Default.Post).Run();

    public void Change(Post post) =>
        db.Ask("UPDATE unmatched SET author_id = ?, body = ? WHERE ns = ? AND post_id = ?")
            .With(post.Author.Id).WithJson(post, StoreJson.Default.Post).With(post.Key.Namespace).With(post.Key.Id).Run();

    public void Remove(PostKey key) => db.Ask("DELETE FROM unmatched WHERE ns = ? AND post_id = ?").With(key.Namespace).With(key.Id).Run();

    public void RemoveOfAuthor(string ns, string authorId) => db.Ask("DELETE FROM unmatched WHERE ns = ? AND author_id = ?").With(ns).With(authorId).Run();

    public int Age(DateTimeOffset before, int limit) =>
        db.Ask("DELETE FROM unmatched WHERE id IN (SELECT id FROM unmatched WHERE seen_at < ? ORDER BY seen_at LIMIT ?)").With(before).With(limit).Changed();

    public int Thin(int size, int limit)
    {
        var (channel, most, all) = Largest();
        var pairs = Math.Min((int)Math.Min(all - size, limit), (int)most / 2);
        if (pairs <= 0)
        {
            return 0;
        }
        foreach (var pair in Lightest(channel, 2 * pairs).Chunk(2))
        {
            db.Ask("DELETE FROM unmatched WHERE id = ?").With(pair[0].Id).Run();
            db.Ask("UPDATE unmatched SET weight = weight + ? WHERE id = ?").With(pair[0].Weight).With(pair[1].Id).Run();
        }
        return pairs;
    }

    private (string Channel, long Posts, long All) Largest()
    {
        var (largest, most, all) = ("", 0L, 0L);
        using var rows = db.Ask("SELECT channel, count(*) FROM unmatched GROUP BY channel");
        while (rows.Read())
        {
            all += rows.Long(1);
            (largest, most) = rows.Long(1) > most ? (rows.Text(0), rows.Long(1)) : (largest, most);
        }
        return (largest, most, all);
    }

    /// <summary>The oldest of those that stand for the fewest.</summary>
    private List<(long Id, double Weight)> Lightest(string channel, int limit)
    {
        using var rows = db.Ask("SELECT id, weight FROM unmatched WHERE channel = ? ORDER BY weight, id LIMIT ?").With(channel).With(limit);
        var lightest = new List<(long, double)>();
        while (rows.Read())
        {
            lightest.Add((rows.Long(0), rows.Double(1)));
        }
        return lightest;
    }

    private static SampledPost? Read(Statement row) =>
        row.TryJson(1, StoreJson.Default.Post, DeadRow.Sampled, row.Long(0)) is { } post ? new SampledPost(row.Long(0), post, row.Time(2), row.Double(3)) : null;

    private static SampledPost Bare(Statement row)
    {
        var post = new Post { Key = new PostKey(row.Text(4), row.Text(5)), Channel = row.Text(7), Kind = "", Text = "", Author = new Author { Id = row.TextOrNull(6) }, Posted = row.Time(2) };
        return new SampledPost(row.Long(0), post, row.Time(2), row.Double(3));
    }
}
