using ListeningBot.Channels.X;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Channels.X;

public sealed class XQueriesTests
{
    [Theory]
    [InlineData("acme", "\"acme\" OR #acme OR @acme")]
    [InlineData("acme support", "\"acme support\" OR #acmesupport OR #acme_support OR ((#acme OR @acme) (\"support\" OR #support OR @support)) OR ((#support OR @support) (\"acme\" OR #acme OR @acme))")]
    [InlineData("#AcmeDown", "#AcmeDown")]
    [InlineData("@acme_help", "@acme_help")]
    [InlineData("@name-with-sign", "\"@name-with-sign\" OR (@name (\"with\" OR #with OR @with))")]
    [InlineData("c++", "\"c++\"")]
    [InlineData("café", "\"café\" OR #café")]
    [InlineData("😡", "\"😡\"")]
    [InlineData("2026", "\"2026\" OR @2026")]
    public void A_word_is_looked_for_in_all_ways_that_its_matcher_finds(string term, string operators) =>
        Assert.Equal((operators.Contains(" OR ", StringComparison.Ordinal) ? $"({operators})" : operators) + " -is:retweet", Assert.Single(Of(Some.Watch(find: term))));

    [Theory]
    [InlineData("OR")]
    [InlineData("acme OR from:me")]
    [InlineData("acme\" OR from:me \"")]
    [InlineData("acme\\\" -is:reply \\")]
    [InlineData("“acme” (from:me)")]
    [InlineData("-acme")]
    [InlineData("is:retweet")]
    [InlineData("lang:en\n-has:links\t(\"")]
    [InlineData("#tag from:me")]
    [InlineData("@me OR from:you")]
    public void Whatever_a_manager_writes_stays_a_word(string term)
    {
        var query = Assert.Single(Of(Some.Watch(find: term)));

        // Outside of quotes there is nothing but our own operators, hashtags and names.
        var quotes = query.Split('"');
        Assert.Equal(1, quotes.Length % 2);
        var outside = string.Concat(quotes.Where((_, i) => i % 2 == 0)).Replace("-is:retweet", "", StringComparison.Ordinal);
        Assert.Matches(@"^[()\s]*((#|@)\w+|OR|[()\s])*$", outside);
        Assert.DoesNotContain("  ", query, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_but_signs_is_not_looked_for() => Assert.Empty(Of(Some.Watch(find: ["\"\"", "...", "\\", "\u0000"])));

    /// <summary>Random words of random length, thousands of them: no query is longer than X takes, none is lost, and each stands whole in one of them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Long_lists_are_split_and_nothing_is_lost(int seed)
    {
        var random = new Random(seed);
        var terms = Enumerable.Range(0, random.Next(1, 500)).Select(i => i + "w" + new string((char)('a' + random.Next(26)), random.Next(0, 150))).ToArray();
        var watch = Some.Watch(find: terms) with { Exclude = [.. terms.Take(20).Select(term => "not " + term)], Languages = ["en", "de"] };
        var set = WatchSet.Build([watch], new Ours(["@acme", "x:acme_help"]));
        foreach (var (queries, longest) in new[]
        {
            (XQueries.Searches(set, "x", "acme", reposts: false).Searches, XQueries.LongestSearch),
            (XQueries.Rules(set, "x", "acme", reposts: false).Searches, XQueries.LongestRule),
        })
        {

            Assert.All(queries, query => Assert.InRange(query.Length, 1, longest));
            Assert.All(terms, term => Assert.Contains(queries, query => query.Contains($"\"{term}\"", StringComparison.Ordinal)));
            Assert.All(queries, query => Assert.Contains("-from:acme -from:acme_help", query, StringComparison.Ordinal));
            Assert.Contains(queries, query => query.StartsWith("@acme ", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Watches_with_the_same_rest_share_a_query_and_others_have_their_own()
    {
        var queries = Of(
            Some.Watch("a", "acme"), Some.Watch("b", "zenith"),
            Some.Watch("c", "nova") with { Exclude = ["bossa nova"] },
            Some.Watch("d", "orbit") with { Languages = ["he", "en"] },
            Some.Watch("elsewhere", "elsewhere") with { Channels = ["blog"] },
            Some.Watch("here", "here") with { Channels = ["X"] });

        Assert.Equal(
            [
                "(\"acme\" OR #acme OR @acme OR \"zenith\" OR #zenith OR @zenith OR \"here\" OR #here OR @here) -is:retweet",
                "(\"nova\" OR #nova OR @nova) -\"bossa nova\" -is:retweet",
                "(\"orbit\" OR #orbit OR @orbit) (lang:iw OR lang:en) -is:retweet",
            ],
            queries);
    }

    [Fact]
    public void A_language_that_X_does_not_know_is_left_to_us() =>
        Assert.Equal("(\"acme\" OR #acme OR @acme) -is:retweet", Assert.Single(Of(Some.Watch(find: "acme") with { Languages = ["en", "mt"] })));

    private static IReadOnlyList<string> Of(params Watch[] watches) => XQueries.Searches(WatchSet.Build(watches, Ours.Nobody), "x", null, reposts: false).Searches;
}
