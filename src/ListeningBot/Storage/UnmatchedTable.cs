using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>The sample of posts that no watch matched.</summary>
internal sealed class UnmatchedTable(Db db)
{
    public IReadOnlyList<SampledPost> After(long id, int limit)
    {
        using var rows = db.Ask("SELECT id, body, seen_at, weight FROM unmatched WHERE id > ? ORDER BY id LIMIT ?").With(id).With(limit);
        var posts = new List<SampledPost>();
        while (rows.Read())
        {
            posts.Add(new SampledPost(rows.Long(0), rows.Json(1, StoreJson.Default.Post), rows.Time(2), rows.Double(3)));
        }
        return posts;
    }

    public long Count() => db.Number("SELECT count(*) FROM unmatched");
}
