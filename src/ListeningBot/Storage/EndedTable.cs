using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>What ended cases were about, without reading each whole.</summary>
internal sealed class EndedTable(Db db)
{
    /// <summary>The limit counts what is looked at, so that an aspect full of dismissed cases costs no more.</summary>
    public IReadOnlyList<EndedPost> Posts(string aspect, int limit)
    {
        using var rows = db.Ask("""
            SELECT c.id, json_extract(m.body, '$.post.title'), json_extract(m.body, '$.post.text'),
                NOT ifnull(json_extract(c.body, '$.private'), 0) AND NOT ifnull(json_extract(c.body, '$.shadow'), 0) AND json_extract(c.body, '$.mergedInto') IS NULL
                AND ifnull(json_extract(c.body, '$.outcome'), 'NotAComplaint') <> 'NotAComplaint'
                AND NOT ifnull(json_extract(m.body, '$.deleted'), 0) AND NOT ifnull(json_extract(m.body, '$.post.private'), 0)
            FROM cases c JOIN mentions m ON m.id = json_extract(c.body, '$.firstMention')
            WHERE c.aspect = ? AND c.state IN (2, 6, 7) ORDER BY c.id DESC LIMIT ?
            """, """
            SELECT c.id, m.body::json #>> '{post,title}', m.body::json #>> '{post,text}',
                coalesce(c.body::json ->> 'private', 'false') = 'false' AND coalesce(c.body::json ->> 'shadow', 'false') = 'false' AND c.body::json ->> 'mergedInto' IS NULL
                AND coalesce(c.body::json ->> 'outcome', 'NotAComplaint') <> 'NotAComplaint'
                AND coalesce(m.body::json ->> 'deleted', 'false') = 'false' AND coalesce(m.body::json #>> '{post,private}', 'false') = 'false'
            FROM cases c JOIN mentions m ON m.id = CAST(c.body::json ->> 'firstMention' AS bigint)
            WHERE c.aspect = ? AND c.state IN (2, 6, 7) ORDER BY c.id DESC LIMIT ?
            """).With(aspect).With(limit);
        var posts = new List<EndedPost>();
        while (rows.Read())
        {
            if (rows.Int(3) != 0)
            {
                posts.Add(new EndedPost(rows.Long(0), rows.TextOrNull(1), rows.Text(2)));
            }
        }
        return posts;
    }
}
