using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Benchmarks.Matching;

/// <summary>Watches as managers write them, each about a name of its own: AND, OR, NOT, NEAR and beginnings, in turns.</summary>
internal static class QueryWatches
{
    private static readonly string[] Shapes =
    [
        "{0} (order OR account OR phone) -day",
        "({0} OR {1}) NEAR/8 (waiting OR help* OR never)",
        "{0}* service -please",
        "{0} AND (never OR \"still waiting\") AND NOT (today OR {1})",
        "{0} OR {1}",
    ];

    public static IReadOnlyList<Query> Queries(int count)
    {
        // Terms of one word, as a phrase would need quotes.
        var names = MadeUpPosts.Terms(count * 2).Select(term => term.Split(' ')[0]).ToArray();
        return [.. Enumerable.Range(0, count).Select(i => QueryParser.Read(string.Format(null, Shapes[i % Shapes.Length], names[i], names[i + count])).Root!)];
    }

    public static WatchSet Compiled(IReadOnlyList<Query> queries) =>
        WatchSet.Build([.. queries.Select((query, i) => new Watch { Name = "w" + i, Team = "care", Query = new WatchQuery(QueryText.Of(query), query) })], Ours.Nobody);
}
