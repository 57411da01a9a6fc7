using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>What a post can have that a watch asks for, as <see cref="WatchMatch"/> names it.</summary>
public static class WatchWords
{
    /// <summary>Each once, in the order in which they were written; nothing of what it rules out.</summary>
    public static IReadOnlyList<string> Of(Watch watch) =>
        [.. (watch.Query is { } query ? Of(query.Root) : watch.Find.Select(entry => entry.Trim())).Distinct(StringComparer.Ordinal)];

    /// <summary>Of a post that matched: each once, in the order of the text.</summary>
    public static IReadOnlyList<string> Of(WatchMatch match) => [.. match.Hits.Select(hit => hit.Term.Trim()).Concat(match.Fitted).Distinct(StringComparer.Ordinal)];

    private static IEnumerable<string> Of(Query query) => query switch
    {
        Query.Not or Query.Anything => [],
        Query.All all => all.Parts.SelectMany(Of),
        Query.Any any => any.Parts.SelectMany(Of),
        Query.Near near => Of(near.Left).Concat(Of(near.Right)),
        Query.Piece piece => Of(piece.Means),
        Query.Term term => [term.Text.Trim()],
        Query.Pattern pattern => [pattern.Regex],
        _ => [QueryText.Of(query)],
    };
}
