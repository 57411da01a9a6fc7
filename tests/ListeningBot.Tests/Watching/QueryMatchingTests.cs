using System.Text;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

/// <summary>What queries find, one construct after the other; <see cref="RandomQueriesTests"/> mixes them.</summary>
public sealed class QueryMatchingTests
{
    [Theory]
    [InlineData("refund*", "REFUNDING it", true)]
    [InlineData("refund*", "refund", true)]
    [InlineData("refund*", "prerefund, re fund", false)]
    [InlineData("refund*", "ｒｅｆｕｎｄｓ", true)]
    [InlineData("refund*", "re\u00ADfu\u200Bnded", true)]
    [InlineData("refund*", "r\u0435funds", true)]
    [InlineData("refund*", "#RefundNow", true)]
    [InlineData("refund*", "#NoRefunds", true)]
    [InlineData("refund*", "@refundhelp", true)]
    [InlineData("\"#refund*\"", "#refundnow", true)]
    [InlineData("\"#refund*\"", "refundnow @refundnow", false)]
    [InlineData("café*", "CAFETERIA", true)]
    [InlineData("cafe*", "Cafe\u0301s", true)]
    [InlineData("возвра*", "ВОЗВРАТЫ", true)]
    [InlineData("возвра*", "невозврат", false)]
    [InlineData("επιστροφ*", "ΕΠΙΣΤΡΟΦΈΣ", true)]
    [InlineData("استرد*", "اِستردادُ المال", true)]
    [InlineData("返金*", "全額返金して", true)]
    [InlineData("환불*", "환불을", true)]
    [InlineData("พัง*", "เครื่องพังแล้ว", true)]
    [InlineData("\"not work*\"", "it is NOT -- working", true)]
    [InlineData("\"refund* now\"", "refunds, now", true)]
    [InlineData("\"refund* now\"", "refunds right now", false)]
    [InlineData("can*", "I can't", true)]
    [InlineData("e-ma*", "my e-mails", true)]
    [InlineData("~refund", "they refunded me", true)]
    [InlineData("~refund", "refundable", false)]
    [InlineData("\"~refund now\"", "refunding now", true)]
    [InlineData("~refund", "#RefundedMe", true)]
    public void Words_are_found_by_how_they_begin_and_in_their_forms(string query, string text, bool found) => Check(query, text, found);

    [Theory]
    [InlineData("refund NEAR/2 late", "late, a very big refund", false)]
    [InlineData("refund NEAR/2 late", "late, a big refund", true)]
    [InlineData("refund NEAR/2 late", "refund too late", true)]
    [InlineData("refund NEAR/0 late", "refund late", true)]
    [InlineData("refund NEAR/0 refund", "refund", false)]
    [InlineData("refund NEAR/0 refund", "refund refund", true)]
    [InlineData("acme NEAR/0 down", "#AcmeDown", true)]
    [InlineData("acme NEAR/1 down", "acme #SuchBadNews down", true)]
    [InlineData("acm* NEAR/0 down", "#AcmeDown", true)]
    [InlineData("acme NEAR/0 down", "acme #SuchBadNews down", false)]
    [InlineData("acme NEAR/1 down", "acme 👩‍💻 down", true)]
    [InlineData("acme NEAR/1 down", "acme 😡😡 down", false)]
    [InlineData("返金 NEAR/1 遅", "返金が遅い", true)]
    [InlineData("返金 NEAR/0 遅", "返金が遅い", false)]
    [InlineData("возвр* NEAR/1 долго", "ВОЗВРАТА очень ДОЛГО", true)]
    [InlineData("επιστροφή NEAR/1 αργή", "ΑΡΓΉ η επιστροφη", true)]
    [InlineData("ｒｅｆｕｎｄ NEAR/0 café", "r\u0435fund Cafe\u0301", true)]
    [InlineData("(late OR slow) NEAR/3 (refund* OR ~deliver)", "delivered far too slow", true)]
    [InlineData("\"acme pay\" NEAR/0 down", "down: acme pay", true)]
    [InlineData("can NEAR/3 help", "can't help", false)]
    public void What_stands_near_is_found_whichever_comes_first(string query, string text, bool found) => Check(query, text, found);

    [Theory]
    [InlineData("acme (down OR late) -hiring", "acme is down", true)]
    [InlineData("acme (down OR late) -hiring", "acme is fine", false)]
    [InlineData("acme (down OR late) -hiring", "acme is late, and hiring", false)]
    [InlineData("NOT (acme OR nimbus)", "others", true)]
    [InlineData("NOT (acme OR nimbus)", "nimbus", false)]
    [InlineData("NOT (acme NEAR/1 down)", "acme was not quite down", true)]
    [InlineData("acme NOT \"acme pay\"", "acme", true)]
    [InlineData("acme NOT \"acme pay\"", "acme, acme pay", false)]
    [InlineData("/order #?\\d{4}/", "My ORDER 12345", true)]
    [InlineData("/order #?\\d{4}/", "my order", false)]
    [InlineData("acme -/order #?\\d{4}/", "acme order #1234", false)]
    [InlineData("to:acme", "@bob @Acme hello", true)]
    [InlineData("to:acme", "hello @acme", false)]
    [InlineData("to:acme", "@acme_help hello", false)]
    [InlineData("has:link", "see https://acme.example/x", true)]
    [InlineData("has:link", "see acme.example", false)]
    [InlineData("url:acme.example/sup", "see https://www.help.acme.example/Support", true)]
    [InlineData("url:acme.example", "see https://notacme.example", false)]
    public void Parts_are_joined_and_turned_round(string query, string text, bool found)
    {
        var set = Set(query);
        Assert.Equal(found, set.Find(Some.Post(text), null).Count == 1);
        Assert.True(set.Matches(Encoding.UTF8.GetBytes(text), "posts") || !found);
    }

    [Theory]
    [InlineData("stars:<=2", true)]
    [InlineData("stars:3", false)]
    [InlineData("followers:>1k", true)]
    [InlineData("from:@mia", true)]
    [InlineData("from:tom", false)]
    [InlineData("channel:reviews", true)]
    [InlineData("channel:appstore", true)]
    [InlineData("channel:mail", false)]
    [InlineData("lang:de", true)]
    [InlineData("lang:en", false)]
    [InlineData("about:billing", true)]
    [InlineData("priority:high", true)]
    [InlineData("priority:=high", false)]
    [InlineData("is:reply", false)]
    [InlineData("is:repost", false)]
    [InlineData("has:link", true)]
    [InlineData("url:acme.example/x", true)]
    public void What_the_post_tells_is_asked_too(string fact, bool fits)
    {
        var post = Some.Post("acme", channel: "reviews") with { Kind = "appstore", Stars = 2, Author = new Author { Handle = "mia", Followers = 2000 }, Links = ["https://acme.example/x/y"] };
        var assessment = Some.Assessment(priority: Priority.Critical) with { Lang = "de", Aspect = "billing" };

        Assert.Equal(fits, Set("acme " + fact).Find(post, assessment).Count == 1);
        Assert.Equal(!fits, Set("acme -" + fact).Find(post, assessment).Count == 1);
        Assert.Equal(fits ? [QueryText.Of(QueryParser.Read(fact).Root!)] : [], Set("acme OR " + fact).Find(post, assessment).Single().Fitted);
        var unknown = Some.Post("acme") with { Author = Author.Unknown };
        Assert.Empty(Set("acme " + fact).Find(unknown, null));
        Assert.Single(Set("acme -" + fact).Find(unknown, null));
    }

    [Fact]
    public void What_a_text_can_not_tell_counts_as_fitting_but_its_words_and_its_channel_do_not()
    {
        var kinds = new Dictionary<string, string> { ["inbox"] = "mail" };
        bool May(string query, string text, string channel) => WatchSet.Build([Watching(query)], Ours.Nobody, kinds).Matches(Encoding.UTF8.GetBytes(text), channel);

        Assert.True(May("acme stars:1 -priority:high", "acme", "inbox"));
        Assert.False(May("acme stars:1", "others", "inbox"));
        Assert.True(May("acme channel:mail", "acme", "inbox"));
        Assert.False(May("acme channel:x", "acme", "inbox"));
        Assert.True(May("acme channel:x", "acme", "an unknown channel"));
        Assert.False(May("to:acme", "others", "inbox"));
    }

    [Fact]
    public void Every_place_is_told_with_what_was_asked_for()
    {
        var text = "Späte #RefundNow, 12 days; @acme: order 77"u8;
        var match = Assert.Single(Set("(spat* NEAR/3 ~refund) (/order \\d+/ OR nothing) \"@acme\" -hiring").Find(text, "posts"));

        Assert.Equal([new WatchHit("spat*", 0, 6), new WatchHit("~refund", 8, 6), new WatchHit("@acme", 28, 5), new WatchHit("order \\d+", 35, 8)], match.Hits);
    }

    [Fact]
    public void Pieces_mean_what_they_stand_for()
    {
        var pieces = QueryPieces.Read([("brand", "acme OR nimbus"), ("noise", "hiring OR $jobs"), ("jobs", "job*")]);
        var set = WatchSet.Build([Watching("$brand down -$noise", pieces)], Ours.Nobody);

        Assert.True(set.Matches("nimbus is down"u8, "posts"));
        Assert.False(set.Matches("nimbus is down, jobs"u8, "posts"));
    }

    [Fact]
    public void Exclusions_hold_for_queries_and_lists_take_beginnings_and_forms()
    {
        var set = WatchSet.Build([Watching("acme") with { Exclude = ["hir*"] }, Some.Watch("list", "refund* now", "~late")], Ours.Nobody);

        Assert.Equal(["query"], set.Find("acme"u8, "posts").Select(match => match.Watch.Name));
        Assert.Empty(set.Find("acme hires"u8, "posts"));
        Assert.Equal(["list"], set.Find("refunds now"u8, "posts").Select(match => match.Watch.Name));
    }

    private static void Check(string query, string text, bool found)
    {
        var set = Set(query);
        var amid = Encoding.UTF8.GetBytes("Some words before it, \n\n " + text + " ... and behind: twice as many words as there were before");
        Assert.Equal(found, set.Matches(Encoding.UTF8.GetBytes(text), "posts"));
        Assert.Equal(found, set.Matches(amid, "posts"));
        Assert.Equal(found, set.Find(Some.Post(text), null).Count == 1);
        Assert.Equal(!found, Set($"NOT ({query})").Matches(Encoding.UTF8.GetBytes(text), "posts"));
    }

    /// <summary>The first word in any form stands below the second word, the second such word below the first: their edges were once the same.</summary>
    [Fact]
    public void Forms_below_one_word_are_not_those_of_another_word_below_another()
    {
        var set = WatchSet.Build([Watching("\"a b ~refund\""), Watching("\"a ~late\"")], Ours.Nobody);

        Assert.Equal("\"a b ~refund\"", Assert.Single(set.Find(Some.Post("a b refunded"), null)).Watch.Query!.Text);
        Assert.Equal("\"a ~late\"", Assert.Single(set.Find(Some.Post("a later"), null)).Watch.Query!.Text);
    }

    [Fact]
    public void A_link_far_down_in_a_long_mail_is_seen()
    {
        var mail = Some.Post(string.Concat(Enumerable.Repeat("so it goes on ", 1_000)) + "https://acme.example/help");

        Assert.Single(Set("url:acme.example/help").Find(mail, null));
        Assert.Empty(Set("goes -has:link").Find(mail, null));
    }

    private static WatchSet Set(string query) => WatchSet.Build([Watching(query)], Ours.Nobody);

    internal static Watch Watching(string query, QueryPieces? pieces = null)
    {
        var reading = QueryParser.Read(query, pieces);
        Assert.True(reading.Root is not null, $"{query}: {string.Join("; ", reading.Problems)}");
        return new Watch { Name = "query", Team = "care", Query = new WatchQuery(query, reading.Root) };
    }
}
