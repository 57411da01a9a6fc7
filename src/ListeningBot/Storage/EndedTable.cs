using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>What ended cases were about, without making each whole.</summary>
internal sealed class EndedTable(Db db)
{
    /// <summary>The limit counts what is looked at, so that an aspect full of dismissed cases costs no more.</summary>
    public IReadOnlyList<EndedPost> Posts(string aspect, int limit)
    {
        var cases = new List<(long Id, long Mention)>();
        using (var rows = db.Ask("SELECT body, id FROM cases WHERE aspect = ? AND state IN (2, 6, 7) ORDER BY id DESC LIMIT ?").With(aspect).With(limit))
        {
            while (rows.Read())
            {
                if (rows.TryJson(0, StoreJson.Default.EndedBody, "case", rows.Long(1)) is { Private: false, Shadow: false, MergedInto: null, Outcome: not (null or Outcome.NotAComplaint) } ended)
                {
                    cases.Add((rows.Long(1), ended.FirstMention));
                }
            }
        }
        var posts = Mentions([.. cases.Select(@case => @case.Mention)]);
        return [.. cases.Where(@case => posts.ContainsKey(@case.Mention)).Select(@case => new EndedPost(@case.Id, posts[@case.Mention].Title, posts[@case.Mention].Text))];
    }

    private Dictionary<long, EndedWords> Mentions(IReadOnlyList<long> ids)
    {
        using var rows = db.Ask(
            "SELECT id, body FROM mentions WHERE id IN (SELECT value FROM json_each(?))",
            "SELECT id, body FROM mentions WHERE id IN (SELECT CAST(value AS bigint) FROM json_array_elements_text(CAST(? AS json)))").WithJson(ids, StoreJson.Default.IReadOnlyListInt64);
        var posts = new Dictionary<long, EndedWords>();
        while (rows.Read())
        {
            if (rows.TryJson(1, StoreJson.Default.EndedMention, "mention", rows.Long(0)) is { Deleted: false, Post: { Private: false } post })
            {
                posts[rows.Long(0)] = post;
            }
        }
        return posts;
    }
}

/// <summary>A case's JSON as far as it says whether it may be shown as an example.</summary>
internal sealed record EndedBody(bool Private, bool Shadow, long? MergedInto, Outcome? Outcome, long FirstMention);

/// <summary>A mention's JSON without all but what was said.</summary>
internal sealed record EndedMention(bool Deleted, EndedWords Post);

internal sealed record EndedWords(string? Title, string Text, bool Private);
