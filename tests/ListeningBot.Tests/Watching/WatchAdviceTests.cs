using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

public sealed class WatchAdviceTests
{
    private static readonly Dictionary<string, string> Kinds = new() { ["sky"] = "bluesky", ["reviews"] = "appstore" };

    [Fact]
    public void Ordinary_watches_need_no_advice() =>
        Assert.Empty(Of(Some.Watch("brand", "nimbus", "nimbus computers", "#nimbusdown") with { Exclude = ["cumulonimbus"] }, Some.Watch("late", "late", "never arrived")));

    [Fact]
    public void A_phrase_that_holds_an_excluded_word_is_named()
    {
        var advice = Assert.Single(Of(Some.Watch("help", "nimbus help", "nimbusbook") with { Exclude = ["nimbus"] }));

        Assert.Equal(("help", "find:0"), (advice.Watch, advice.Key));
        Assert.Equal("can never find \"nimbus help\", because exclude has \"nimbus\"", advice.What);
    }

    [Theory]
    [InlineData("nimbus help", "nimb*")]
    [InlineData("#nimbus", "nimbus")]
    [InlineData("refunded", "~refund")]
    [InlineData("~refund", "refund*")]
    [InlineData("NIMBUS  Hélp", "help")]
    public void A_watch_whose_every_word_is_excluded_can_never_match(string find, string exclude) =>
        Assert.Contains("can never match", Assert.Single(Of(Some.Watch("w", find) with { Exclude = [exclude], Languages = ["en"] })).What, StringComparison.Ordinal);

    [Theory]
    [InlineData("nimbus", "nimbus help")]
    [InlineData("nimbus", "#nimbus")]
    [InlineData("nimb*", "nimbus")]
    [InlineData("can t", "can")]
    [InlineData("nimbus_help", "nimbus")]
    public void What_may_still_be_found_is_not_warned_of(string find, string exclude) => Assert.Empty(Of(Some.Watch("w", find) with { Exclude = [exclude] }));

    [Theory]
    [InlineData("nimbus -nimbus")]
    [InlineData("nimbus help -\"nimb*\"")]
    [InlineData("late NEAR/3 parcel -late")]
    [InlineData("nimbus (lang:de OR lang:fr) lang:en")]
    [InlineData("(\"late again\" OR late) -late")]
    [InlineData("nimbus stars:>4 stars:<2")]
    public void A_query_that_rules_itself_out_can_never_match(string query) =>
        Assert.Contains("can never match", Assert.Single(Of(Asking(query))).What, StringComparison.Ordinal);

    [Theory]
    [InlineData("nimbus -\"nimbus help\"")]
    [InlineData("(late OR lost) -late")]
    [InlineData("stars:>=2 stars:<=2 nimbus")]
    [InlineData("nimbus lang:de")]
    public void A_query_that_may_match_is_not_warned_of(string query) => Assert.Empty(Of(Asking(query)));

    [Fact]
    public void Stars_where_no_channel_has_any_are_told_and_elsewhere_not()
    {
        var advice = Assert.Single(Of(Asking("nimbus stars:<=2") with { Channels = ["sky"] }));

        Assert.Contains("no channel that it listens on has stars", advice.What, StringComparison.Ordinal);
        Assert.Contains("appstore", advice.Cure, StringComparison.Ordinal);
        Assert.Empty(Of(Asking("nimbus stars:<=2")));
        Assert.Empty(Of(Asking("nimbus stars:<=2 OR nimbus down") with { Channels = ["sky"] }));
        Assert.Empty(WatchAdvice.Of([Asking("nimbus stars:<=2")], new Dictionary<string, string>(), ["appstore"]));
    }

    [Fact]
    public void A_channel_or_language_that_the_watch_leaves_out_can_never_match()
    {
        Assert.Single(Of(Asking("nimbus channel:reviews") with { Channels = ["sky"] }));
        Assert.Single(Of(Asking("nimbus lang:de") with { Languages = ["en"] }));
        Assert.Empty(Of(Asking("nimbus channel:appstore") with { Channels = ["reviews"] }));
    }

    [Fact]
    public void A_watch_behind_a_wider_one_adds_nothing()
    {
        var advice = Assert.Single(Of(Some.Watch("wide", "nimbus", "acme"), Some.Watch("narrow", "nimbus computers", "#acme") with { Languages = ["de"], Channels = ["sky"], AlertAt = 0.5 }));

        Assert.Equal(("narrow", "name"), (advice.Watch, advice.Key));
        Assert.Equal("adds nothing: watch \"wide\" hears all that it hears, for the same team and with no higher alert line", advice.What);
    }

    [Fact]
    public void Of_two_watches_that_hear_the_same_the_later_one_is_named() =>
        Assert.Equal("two", Assert.Single(Of(Some.Watch("one", "acme"), Asking("acme", "two"))).Watch);

    [Fact]
    public void A_watch_that_adds_something_is_not_called_hidden()
    {
        var (wide, narrow) = (Some.Watch("wide", "nimbus"), Some.Watch("narrow", "nimbus computers"));

        Assert.Empty(Of(wide, narrow with { AlertAt = 0.2 }));
        Assert.Empty(Of(wide, narrow with { Team = "phones" }));
        Assert.Empty(Of(wide with { Shadow = true }, narrow));
        Assert.Empty(Of(wide with { Channels = ["sky"] }, narrow));
        Assert.Empty(Of(wide with { Languages = ["en"] }, narrow));
        Assert.Empty(Of(wide with { Exclude = ["ad"] }, narrow));
        Assert.Single(Of(wide with { Exclude = ["ad"] }, narrow with { Exclude = ["ad", "job"] }));
    }

    [Fact]
    public void An_excluded_phrase_beside_its_word_is_of_no_account() =>
        Assert.Equal("exclude:1", Assert.Single(Of(Some.Watch("w", "acme") with { Exclude = ["giveaway", "free giveaway"] })).Key);

    private static IReadOnlyList<WatchAdvice> Of(params Watch[] watches) => WatchAdvice.Of(watches, Kinds, ["appstore"]);

    private static Watch Asking(string query, string name = "w") => Some.Watch(name) with { Find = [], Query = new WatchQuery(query, QueryParser.Read(query, null).Root!) };
}
