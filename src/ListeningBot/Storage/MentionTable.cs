using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Storage;

/// <summary>Posts that matched, each kept once for its key.</summary>
internal sealed class MentionTable(Db db)
{
    private const string Columns = "SELECT id, body FROM mentions";

    public Mention? Of(PostKey key)
    {
        using var row = db.Ask($"{Columns} WHERE (ns = ? AND post_id = ?) OR (ns = ? AND post_id = ?)")
            .With(key.Namespace).With(key.Id).With(ErasedPost.Namespace).With(ErasedPost.KeyOf(key).Id);
        return row.Read() ? Read(row) : null;
    }

    public Mention? Of(long id)
    {
        using var row = db.Ask($"{Columns} WHERE id = ?").With(id);
        return row.Read() ? Read(row) : null;
    }

    public Mention? At(string address)
    {
        using var row = db.Ask($"{Columns} WHERE address = ? ORDER BY id LIMIT 1").With(address);
        return row.Read() ? Read(row) : null;
    }

    public IReadOnlyList<Mention> OfCase(long caseId, int limit)
    {
        using var rows = db.Ask($"{Columns} WHERE case_id = ? ORDER BY id LIMIT ?").With(caseId).With(limit);
        return All(rows);
    }

    public IReadOnlyList<Mention> OfAuthor(string ns, string authorId)
    {
        using var rows = db.Ask($"{Columns} WHERE ns = ? AND author_id = ? ORDER BY id").With(ns).With(authorId);
        return All(rows);
    }

    public long Add(Mention mention)
    {
        // Where the store counts, the answer need not be waited for.
        var id = db.CountsMentions ? db.Next("mention") : (long?)null;
        var insert = db.Ask(
            "INSERT INTO mentions (ns, post_id, author_id, case_id, first_seen, address, body, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            "INSERT INTO mentions (ns, post_id, author_id, case_id, first_seen, address, body, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
            .With(mention.Post.Key.Namespace).With(mention.Post.Key.Id).With(mention.Post.Author.Id).With(mention.CaseId)
            .With(mention.FirstSeen).With(WebAddress.Of(mention.Post.Url)).WithJson(mention, StoreJson.Default.Mention).With(id);
        if (id is { } counted)
        {
            insert.Run();
            return counted;
        }
        return insert.NewId();
    }

    public void Update(Mention mention)
    {
        var stored = Of(mention.Id) ?? throw new InvalidOperationException($"There is no mention {mention.Id} to update.");
        Replace(mention with { FirstSeen = stored.FirstSeen, Post = mention.Post with { Key = stored.Post.Key } });
    }

    /// <summary>What stays: which post it was, whose, when, and what was thought of it; nothing that the author wrote.</summary>
    public Mention Blank(long id)
    {
        var mention = Of(id) ?? throw new InvalidOperationException($"There is no mention {id} to blank.");
        var blank = mention with
        {
            Deleted = true,
            Found = [],
            Post = mention.Post with { Text = "", Title = null, Place = null, Links = null },
            Assessment = mention.Assessment.WithoutWords(),
        };
        Replace(blank);
        return blank;
    }

    private void Replace(Mention mention) =>
        db.Ask("UPDATE mentions SET author_id = ?, case_id = ?, address = ?, body = ? WHERE id = ?")
            .With(mention.Post.Author.Id).With(mention.CaseId).With(WebAddress.Of(mention.Post.Url)).WithJson(mention, StoreJson.Default.Mention).With(mention.Id).Run();

    internal static List<Mention> All(Statement rows)
    {
        var mentions = new List<Mention>();
        while (rows.Read())
        {
            if (Read(rows) is { } mention)
            {
                mentions.Add(mention);
            }
        }
        return mentions;
    }

    /// <summary>Rows of "id, body". Null for one that can't be read, which is noted.</summary>
    internal static Mention? Read(Statement row) => row.TryJson(1, StoreJson.Default.Mention, "mention", row.Long(0)) is { } mention ? mention with { Id = row.Long(0) } : null;
}
