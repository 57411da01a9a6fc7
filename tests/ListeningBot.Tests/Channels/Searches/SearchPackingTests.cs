using ListeningBot.Channels.Reddit;
using ListeningBot.Channels.Searches;
using ListeningBot.Channels.X;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Channels.Searches;

public sealed class SearchPackingTests
{
    [Fact]
    public void A_long_OR_beside_an_AND_is_split_and_each_search_has_the_other_part()
    {
        var ask = Ask.AllOf(One("brand"), Ask.AnyOf(Enumerable.Range(0, 40).Select(i => One("word" + i))));

        var searches = new SearchPacking(" AND ", 100).Of([ask]);

        Assert.All(searches, search => Assert.InRange(search.Length, 1, 100));
        Assert.All(searches, search => Assert.StartsWith("brand AND (", search, StringComparison.Ordinal));
        Assert.All(Enumerable.Range(0, 40), i => Assert.Single(searches, search => search.Split(' ', '(', ')').Contains("word" + i)));
        Assert.InRange(searches.Count, 4, 8);
    }

    [Fact]
    public void Of_two_long_ORs_the_longer_is_split_and_the_other_left_to_the_matcher()
    {
        var ask = Ask.AllOf(Ask.AnyOf(Enumerable.Range(0, 30).Select(i => One("a" + i))), Ask.AnyOf(Enumerable.Range(0, 40).Select(i => One("b" + i))));

        var searches = new SearchPacking(" ", 100).Of([ask]);

        Assert.All(searches, search => Assert.DoesNotContain("a1", search, StringComparison.Ordinal));
        Assert.InRange(searches.Count, 1, 5);
    }

    [Fact]
    public void What_is_ruled_out_goes_first_where_there_is_no_room()
    {
        var ask = Ask.AllOf([One("brand"), .. Enumerable.Range(0, 20).Select(i => new Ask.One("-noise" + i, AskSort.Without))]);

        var search = Assert.Single(new SearchPacking(" ", 60).Of([ask], " -is:retweet"));

        Assert.StartsWith("brand -noise0 ", search, StringComparison.Ordinal);
        Assert.EndsWith(" -is:retweet", search, StringComparison.Ordinal);
        Assert.InRange(search.Length, 30, 60);
    }

    /// <summary>Everything a manager could try to slip into a search: it stays inside quotes, or is no part of the search.</summary>
    [Theory]
    [InlineData("acme\" OR from:me OR \"x")]
    [InlineData("acme\\\" -is:reply")]
    [InlineData("“acme” OR „x")]
    [InlineData("acme) OR (from:me")]
    [InlineData("＂ OR lang:en ＂")]
    [InlineData("OR")]
    [InlineData("author:me AND")]
    public void No_word_becomes_an_operator(string hostile)
    {
        var query = new Query.Term([.. hostile.Split(' ').Select(word => new TermWord(word))], hostile);
        var watches = WatchSet.Build([Some.Watch() with { Find = [], Query = new WatchQuery("", query) }], Ours.Nobody);
        foreach (var search in (string[])[.. XQueries.Searches(watches, "x", null, reposts: true).Searches, .. RedditSearches.Of(null, watches, "r").Searches])
        {
            var parts = search.Split('"');

            Assert.Equal(1, parts.Length % 2);
            Assert.Matches(@"^([\s()]|OR|[#@]\w+)*$", string.Concat(parts.Where((_, i) => i % 2 == 0)));
        }
    }

    private static Ask One(string text) => new Ask.One(text);
}
