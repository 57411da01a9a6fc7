using System.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

public sealed class WatchBookTests
{
    private const int Swaps = 2_000;
    private static readonly byte[] s_text = Encoding.UTF8.GetBytes("acme sends refunds late, with #NoExcuse at all");

    /// <summary>Each answer is wholly that of one set, however often sets are built and swapped meanwhile.</summary>
    [Fact]
    public async Task A_hot_swap_misses_nothing_and_doubles_nothing()
    {
        var book = new WatchBook();
        book.Swap(One());
        string[] answers = [Answer(One()), Answer(Other())];
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Read(book, answers, stop.Token), TestContext.Current.CancellationToken)).ToList();

        for (var i = 0; i < Swaps; i++)
        {
            book.Swap(i % 2 == 0 ? Other() : One());
        }
        await stop.CancelAsync();

        Assert.All(await Task.WhenAll(readers), seen => Assert.Subset(answers.ToHashSet(), seen));
        Assert.NotEqual(answers[0], answers[1]);
    }

    private static HashSet<string> Read(WatchBook book, string[] answers, CancellationToken ct)
    {
        var seen = new HashSet<string>();
        do
        {
            seen.Add(Answer(book.Current));
        }
        while (!ct.IsCancellationRequested && seen.IsSubsetOf(answers));
        return seen;
    }

    private static string Answer(WatchSet set)
    {
        var matches = set.Matches(s_text, "posts");
        return $"{matches}: {string.Join("; ", set.Find(s_text, "posts").Select(match => $"{match.Watch.Name} {string.Join(',', match.Hits.Select(hit => $"{hit.Term}@{hit.Start}"))}"))}";
    }

    private static WatchSet One() => WatchSet.Build([.. Queries("refund* NEAR/3 late", "acme -hiring", "NOT excuses")], Ours.Nobody);

    private static WatchSet Other() => WatchSet.Build([.. Queries("excuse", "~refund OR nothing"), Some.Watch("list", "late", "acme")], Ours.Nobody);

    private static IEnumerable<Watch> Queries(params string[] queries) => queries.Select(query => QueryMatchingTests.Watching(query));
}
