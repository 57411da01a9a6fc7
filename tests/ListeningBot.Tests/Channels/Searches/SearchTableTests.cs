using ListeningBot.Channels.HackerNews;
using ListeningBot.Channels.Mastodon;
using ListeningBot.Channels.Reddit;
using ListeningBot.Channels.Searches;
using ListeningBot.Channels.StackExchange;
using ListeningBot.Channels.X;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Channels.Searches;

/// <summary>What each service is asked for because of a query. "nothing" stands for no search, "can't" for a watch that can't be searched for.</summary>
public sealed class SearchTableTests
{
    [Theory]
    [InlineData("acme", "(\"acme\" OR #acme OR @acme)")]
    [InlineData("acme refund", "(\"acme\" OR #acme OR @acme) (\"refund\" OR #refund OR @refund)")]
    [InlineData("#acme (#late OR #slow)", "#acme (#late OR #slow)")]
    [InlineData("nimbus-book", "(\"nimbus-book\" OR \"nimbus book\" OR #nimbusbook OR #nimbus_book OR ((#nimbus OR @nimbus) (\"book\" OR #book OR @book)) OR ((#book OR @book) (\"nimbus\" OR #nimbus OR @nimbus)))")]
    [InlineData("\"#acme is down\"", "(\"#acme is down\" OR (#acme (\"down\" OR #down OR @down)))")]
    [InlineData("\"@acme-help me\"", "(\"@acme-help me\" OR (@acme (\"help\" OR #help OR @help)))")]
    [InlineData("#acme -\"#win it\"", "#acme")]
    [InlineData("#acme -giveaway", "#acme -\"giveaway\"")]
    [InlineData("#acme -#win -@win -(win OR prize)", "#acme -#win -@win -\"win\" -\"prize\"")]
    [InlineData("#acme -(win prize)", "#acme")]
    [InlineData("#acme -can", "#acme")]
    [InlineData("#acme (#late OR -#slow)", "#acme")]
    [InlineData("#acme NEAR/5 #late", "#acme #late")]
    [InlineData("#acme /ref.nd/", "#acme")]
    [InlineData("#acme refund*", "#acme")]
    [InlineData("#acme ~box", "#acme (\"box\" OR #box OR @box OR \"boxes\" OR #boxes OR @boxes OR \"boxed\" OR #boxed OR @boxed OR \"boxing\" OR #boxing OR @boxing)")]
    [InlineData("#acme -~box", "#acme -\"box\"")]
    [InlineData("#acme from:@bob", "#acme from:bob")]
    [InlineData("#acme -from:x:bob", "#acme -from:bob")]
    [InlineData("#acme from:12345", "#acme")]
    [InlineData("from:bluesky:bob", "nothing")]
    [InlineData("to:acme", "@acme")]
    [InlineData("url:https://www.acme.example/support", "url:\"acme.example\"")]
    [InlineData("#acme -url:acme.example", "#acme")]
    [InlineData("#acme lang:de", "#acme lang:de")]
    [InlineData("#acme lang:zh", "#acme (lang:zh-CN OR lang:zh-TW)")]
    [InlineData("#acme lang:mt", "#acme")]
    [InlineData("#acme -lang:de", "#acme")]
    [InlineData("#acme has:link", "#acme has:links")]
    [InlineData("#acme is:reply", "#acme is:reply")]
    [InlineData("#acme -is:reply", "#acme -is:reply")]
    [InlineData("#acme is:repost", "nothing")]
    [InlineData("#acme -is:repost", "#acme")]
    [InlineData("#acme stars:<=2", "nothing")]
    [InlineData("#acme followers:>1000 priority:high about:billing", "#acme")]
    [InlineData("(channel:x #acme) OR (channel:mail refund)", "#acme")]
    [InlineData("channel:here #acme", "#acme")]
    [InlineData("-channel:here #acme", "nothing")]
    [InlineData("lang:de has:link", "can't")]
    [InlineData("-giveaway", "can't")]
    [InlineData("#acme OR /ref.nd/", "can't")]
    [InlineData("#acme OR lang:de", "can't")]
    public void X(string query, string asked) =>
        Assert.Equal(asked, Asked(XQueries.Searches(Watches(query), "here", null, reposts: false)).Replace(" -is:retweet", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("#acme -is:reply", "#acme")]
    [InlineData("#acme is:repost", "#acme is:retweet")]
    public void Xs_stream(string query, string asked) => Assert.Equal(asked, Asked(XQueries.Rules(Watches(query), "here", null, reposts: true)));

    [Theory]
    [InlineData("acme OR \"acme support\"", "\"acme\" OR \"acme support\"")]
    [InlineData("acme (refund OR late) -giveaway", "\"acme\" AND (\"refund\" OR \"late\")")]
    [InlineData("acme NEAR/5 late", "\"acme\" AND \"late\"")]
    [InlineData("\"not refund* it\"", "\"not\" AND \"it\"")]
    [InlineData("acme from:@bob", "\"acme\" AND author:bob")]
    [InlineData("acme from:*@acme.example", "\"acme\"")]
    [InlineData("acme has:link url:acme.example lang:de", "\"acme\"")]
    [InlineData("acme is:reply", "nothing")]
    [InlineData("refund*", "can't")]
    public void Reddit(string query, string asked) => Assert.Equal(asked, Asked(RedditSearches.Of(null, Watches(query), "here")));

    [Theory]
    [InlineData("acme OR \"acme support\" OR #win", "acme; \"acme support\"; win")]
    [InlineData("acme (refund OR late)", "acme")]
    [InlineData("acme refunding", "refunding")]
    [InlineData("the OR and", "the; and")]
    [InlineData("the acme", "acme")]
    [InlineData("refund*", "refund")]
    [InlineData("\"acme refund*\"", "refund")]
    [InlineData("c++ OR from:bob", "can't")]
    [InlineData("c++", "\"c++\"")]
    [InlineData("/ref.nd/", "can't")]
    public void Hacker_News(string query, string asked) => Assert.Equal(asked, Asked(HackerNewsChannel.Asked("here", new HackerNewsOptions(), Watches(query)).As(HackerNewsSearch.QueryOf)));

    [Theory]
    [InlineData("acme OR \"user:1\" OR \"[tag]\" OR \"-win\"", "acme; \"user:1\"; \"[tag]\"; \"-win\"")]
    [InlineData("acme refund*", "acme")]
    [InlineData("refund*", "can't")]
    public void Stack_Exchange(string query, string asked) => Assert.Equal(asked, Asked(StackExchangeChannel.Asked("here", new StackExchangeOptions(), Watches(query)).As(StackExchangeChannel.QueryOf)));

    [Theory]
    [InlineData("\"acme support\"", "#acmesupport; search acme support")]
    [InlineData("acme -giveaway", "#acme; search acme")]
    [InlineData("acme refund", "#acme; #refund; search refund")]
    [InlineData("(acme OR nimbus) -giveaway (late OR broken OR \"a b\")", "#acme; #nimbus; #late; #broken; #ab; search acme; search nimbus")]
    [InlineData("acme (a1 OR a2 OR a3 OR a4 OR a5 OR a6 OR a7 OR a8 OR a9 OR a10)", "#acme; search acme")]
    [InlineData("refund*", "can't")]
    public void Mastodon(string query, string asked) => Assert.Equal(asked, Asked(MastodonPlaces.Asked("here", new MastodonOptions { Server = "https://m.example", Token = "t" }, Watches(query))));

    [Fact]
    public void Watches_that_share_a_brand_are_asked_for_by_it_though_each_has_a_longer_word()
    {
        var plan = HackerNewsChannel.Asked("here", new HackerNewsOptions(), Watches("acme refunding", "acme disappointing", "acme unresponsive"));

        Assert.Equal(["acme"], plan.Searches);
    }

    [Fact]
    public void What_is_configured_is_asked_for_whatever_the_watches_want()
    {
        Assert.Equal(["Acme"], HackerNewsChannel.Asked("here", new HackerNewsOptions { Words = [" Acme ", "acme"] }, Watches("/x/")).Searches);
        Assert.Empty(RedditSearches.Of(["acme"], Watches("/x/"), "here").Unsearchable);
        Assert.Empty(MastodonPlaces.Asked("here", new MastodonOptions { Server = "https://m.example", Public = true }, Watches("/x/")).Unsearchable);
    }

    [Fact]
    public void A_watch_that_takes_everything_is_neither_asked_for_nor_warned_of()
    {
        var plan = RedditSearches.Of(null, WatchSet.Build([Some.Watch() with { Find = [], Everything = true, Channels = ["here"] }], Ours.Nobody), "here");

        Assert.Empty(plan.Searches);
        Assert.Empty(plan.Unsearchable);
    }

    private static WatchSet Watches(params string[] queries) => WatchSet.Build(
        [.. queries.Select((query, i) => Some.Watch("w" + i) with { Find = [], Query = new WatchQuery(query, QueryParser.Read(query, null).Root ?? throw new InvalidOperationException(query)) })], Ours.Nobody);

    private static string Asked(SearchPlan plan) => plan.Unsearchable.Count > 0 ? "can't" : plan.Searches.Count == 0 ? "nothing" : string.Join("; ", plan.Searches);
}
