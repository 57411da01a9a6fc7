using System.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

public sealed class WatchSetTests
{
    [Theory]
    [InlineData("refund", "I want a REFUND now", true)]
    [InlineData("refund", "#refund", true)]
    [InlineData("refund", "@Refund", true)]
    [InlineData("refund", "refunds", false)]
    [InlineData("cat", "concatenate", false)]
    [InlineData("cat", "cat_food and catfood", false)]
    [InlineData("cat", "a _cat_!", true)]
    [InlineData("acme", "Acme's l'acme", true)]
    [InlineData("acme", "Acme’s", true)]
    [InlineData("acme", "https://acme.example/x", true)]
    [InlineData("can", "I can't and CAN’T", false)]
    [InlineData("can", "I 'can' do it", true)]
    [InlineData("can't", "I CAN’T log in", true)]
    [InlineData("can", "can'table", true)]
    [InlineData("café", "CAFE", true)]
    [InlineData("cafe", "Cafe\u0301", true)]
    [InlineData("refund", "ｒｅｆｕｎｄ", true)]
    [InlineData("refund", "re\u00ADfu\u200Bnd", true)]
    [InlineData("refund", "r\u0435fund", true)]
    [InlineData("возврат", "ВОЗВРАТ!", true)]
    [InlineData("возврат", "возвратный", false)]
    [InlineData("επιστροφή", "ΕΠΙΣΤΡΟΦΗ", true)]
    [InlineData("استرداد", "أريد اِسترداد!", true)]
    public void A_word_is_found_in_all_its_forms_and_only_whole(string term, string text, bool found) => Check(term, text, found);

    [Theory]
    [InlineData("re*", "REfunds", true)]
    [InlineData("ref*", "ref", true)]
    [InlineData("refu*", "no ref", false)]
    [InlineData("refun*", "ＲＥＦＵＮＤ", true)]
    [InlineData("refun*", "r\u00ADefund", true)]
    [InlineData("refun*", "#MyRefunds", true)]
    [InlineData("#refun*", "a #Refunds", true)]
    [InlineData("#refun*", "refunds", false)]
    [InlineData("acme_st*", "ACME_Store", true)]
    [InlineData("acme_st*", "acme_Söhne", false)]
    [InlineData("возвр*", "ВОЗВРАТНЫЙ", true)]
    [InlineData("donaudampfschifffahrtsgesells*", "Donaudampfschifffahrtsgesellschaft", true)]
    [InlineData("donaudampfschifffahrtsgesellschaf*", "Donaudampfschifffahrtsgesellschaftskapitän", true)]
    [InlineData("donaudampfschifffahrtsgesellschaftskapi*", "die Donaudampfschifffahrtsgesellschaftskapitäne", true)]
    [InlineData("donaudampfschifffahrtsgesellschaftskapi*", "die Donaudampfschifffahrtsgesellschaft", false)]
    public void A_beginning_is_found_however_short_or_long_and_however_the_word_is_written(string term, string text, bool found)
    {
        Check(term, text, found);
        var amongOthers = Set(Some.Watch("others", "qu*", "refunding*", "donau*", "donaudampfschifffahrtsgesellschaftskapitänsmütze*"), Some.Watch("w", term));
        Assert.Equal(found, amongOthers.Find(Encoding.UTF8.GetBytes(text), "posts").Any(match => match.Watch.Name == "w"));
    }

    [Theory]
    [InlineData("#refund", "#Refund please", true)]
    [InlineData("#refund", "＃refund", true)]
    [InlineData("#refund", "refund @refund a#refund", false)]
    [InlineData("@acme", "hey @Acme!", true)]
    [InlineData("@acme", "hey @acme.bsky.social", true)]
    [InlineData("@acme.bsky.social", "hey @acme.bsky.social", true)]
    [InlineData("@acme.bsky.social", "hey acme.bsky.social", false)]
    [InlineData("@acme", "mia@acme.example #acme acme", false)]
    [InlineData("@acme", "@acme_help", false)]
    [InlineData("@acme_help", "@acme_help", true)]
    [InlineData("help", "@acme_help @AcmeHelp", false)]
    [InlineData("#返金", "#返金して", true)]
    [InlineData("#返金", "返金", false)]
    [InlineData("#返金", "最悪#返金", true)]
    public void A_term_with_a_sign_finds_only_that_form(string term, string text, bool found) => Check(term, text, found);

    [Theory]
    [InlineData("acme down", "#AcmeDown", true)]
    [InlineData("acme down", "#acme_down", true)]
    [InlineData("acme down", "#acmedown", false)]
    [InlineData("acme down", "acme #DownAgain", true)]
    [InlineData("down again", "#AcmeDown again", true)]
    [InlineData("server", "#HTTPServerDown", true)]
    [InlineData("acmedown", "#AcmeDown", true)]
    [InlineData("down", "#Acme\u200BDown", true)]
    [InlineData("cafe down", "#Cafe\u0301Down", true)]
    [InlineData("cat", "#Concatenate", false)]
    [InlineData("#down", "#AcmeDown", false)]
    public void The_words_of_a_hashtag_count(string term, string text, bool found) => Check(term, text, found);

    [Theory]
    [InlineData("not working", "NOT   working", true)]
    [InlineData("not working", "not\n\t--- working", true)]
    [InlineData("not working", "not... \"working\"", true)]
    [InlineData("not working", "not really working", false)]
    [InlineData("not working", "not workings", false)]
    [InlineData("e-mail", "my e-mail, e mail", true)]
    [InlineData("crème brûlée", "creme BRULEE", true)]
    [InlineData("acme x200 pro", "the acme acme x200 pro", true)]
    public void A_phrase_is_found_across_white_space_and_punctuation(string term, string text, bool found) => Check(term, text, found);

    [Theory]
    [InlineData("返金", "全額返金してください", true)]
    [InlineData("返金", "返 金", false)]
    [InlineData("返金", "返。金", false)]
    [InlineData("バス", "ﾊﾞｽが来ない", true)]
    [InlineData("iPhone 返品", "iPhone返品", true)]
    [InlineData("환불", "환불을 원해요", true)]
    [InlineData("พัง", "เครื่องพังแล้ว", true)]
    [InlineData("😡", "so bad😡😡", true)]
    [InlineData("👍", "👍🏽", true)]
    [InlineData("❤", "❤️", true)]
    [InlineData("❤", "❤️‍🔥", false)]
    [InlineData("down 😡", "down!!!😡", true)]
    public void Writing_without_spaces_is_found_inside_and_an_emoji_is_a_word(string term, string text, bool found) => Check(term, text, found);

    [Fact]
    public void Every_place_is_told_in_bytes_of_the_text()
    {
        var text = "Crème: #Refund, acme’s refund"u8;
        var match = Assert.Single(Set(Some.Watch("w", "refund", "#refund", "creme")).Find(text, "posts"));

        Assert.Equal(
            [new WatchHit("creme", 0, 6), new WatchHit("#refund", 8, 7), new WatchHit("refund", 9, 6), new WatchHit("refund", 26, 6)],
            match.Hits.OrderBy(hit => hit.Start));
    }

    [Fact]
    public void An_exclusion_rules_out_its_own_watch_only()
    {
        var both = Set(Some.Watch("a", "acme") with { Exclude = ["hiring"] }, Some.Watch("b", "acme"));
        Assert.Equal(["b"], both.Find("acme is hiring"u8, "posts").Select(m => m.Watch.Name));
        Assert.Equal(["a", "b"], both.Find("acme is down"u8, "posts").Select(m => m.Watch.Name));

        var one = Set(Some.Watch("a", "acme") with { Exclude = ["hiring"] });
        Assert.False(one.Matches("acme is hiring"u8, "posts"));
        Assert.False(one.Matches("hiring at acme"u8, "posts"));
        Assert.True(one.Matches("acme is down"u8, "posts"));
    }

    [Fact]
    public void Everything_holds_on_its_channels_unless_excluded()
    {
        var set = Set(new Watch { Name = "inbox", Team = "care", Everything = true, Channels = ["mail"], Exclude = ["newsletter"] });

        Assert.True(set.Matches("hello"u8, "mail"));
        Assert.Empty(Assert.Single(set.Find(""u8, "mail")).Hits);
        Assert.False(set.Matches("our Newsletter"u8, "mail"));
        Assert.Empty(set.Find("our Newsletter"u8, "mail"));
        Assert.False(set.Matches("hello"u8, "posts"));
    }

    [Fact]
    public void A_watch_hears_only_its_channels()
    {
        var set = Set(Some.Watch("w", "acme") with { Channels = ["blogs", "sky"] });

        Assert.True(set.Matches("acme"u8, "blogs"));
        Assert.True(set.Matches("acme"u8, "SKY"));
        Assert.False(set.Matches("acme"u8, "mail"));
        Assert.Empty(set.Find("acme"u8, "mail"));
    }

    [Fact]
    public void Nothing_is_allocated_for_a_text_that_does_not_match()
    {
        var set = Set(Some.Watch("w", "acme", "not working", "#fail", "返金") with { Exclude = ["hiring"] }, Some.Watch("v", "hiring at") with { Channels = ["mail"] });
        var texts = new[]
        {
            "nothing to see here, not yet working, acme_x, hiring",
            "Crème brûlée 😡 返 金 r\u0435fund #AcmyDown @acme_help won’t hiring",
            string.Concat(Enumerable.Repeat("a long text about other things, é 😡 ", 200)),
        }.Select(Encoding.UTF8.GetBytes).ToArray();
        Assert.Equal(0, CountMatching(set, texts));
        var before = GC.GetAllocatedBytesForCurrentThread();

        var matching = CountMatching(set, texts);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(0, matching);
    }

    [Fact]
    public void Nothing_is_allocated_for_queries_that_do_not_match_although_many_of_their_words_are_there()
    {
        string[] queries =
        [
            "acme NEAR/2 (late OR slow)", "refund* -money", "acme down stars:1", "\"not work*\" ~deliver hiring", "(acme OR nimbus) AND NOT (refund OR late OR money)",
            "(a OR b) NEAR/1 (c OR d)", "to:acme down", "acme channel:mail", "NOT acme",
        ];
        var set = WatchSet.Build([.. queries.Select(query => QueryMatchingTests.Watching(query))], Ours.Nobody, new Dictionary<string, string> { ["posts"] = "x" });
        var texts = new[]
        {
            "acme sent my money as refunds, not working, delivered very late",
            string.Concat(Enumerable.Repeat("acme and b sent é some money 😡, late x y c refunds ", 200)),
        }.Select(Encoding.UTF8.GetBytes).ToArray();
        Assert.Equal(0, CountMatching(set, texts));
        var before = GC.GetAllocatedBytesForCurrentThread();

        CountMatching(set, texts);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Ruling_out_by_an_exclusion_allocates_nothing_either()
    {
        var set = Set(Some.Watch("w", "acme") with { Exclude = ["hiring"] });
        var texts = new[] { Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("acme hiring ", 300))) };
        Assert.Equal(0, CountMatching(set, texts));
        var before = GC.GetAllocatedBytesForCurrentThread();
        CountMatching(set, texts);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Broken_text_and_odd_terms_do_no_harm()
    {
        var set = Set(Some.Watch("w", "", "!!!", "\u200B", "\ud800", "#", new string('a', 300), new string('é', 200)) with { Exclude = ["", "?"] });
        var random = new Random(5);
        var text = new byte[300];
        for (var round = 0; round < 5_000; round++)
        {
            random.NextBytes(text);
            set.Matches(text.AsSpan(0, random.Next(300)), "posts");
        }
        Assert.True(set.Matches(Encoding.UTF8.GetBytes(new string('e', 200)), "posts"));
    }

    [Fact]
    public void A_word_is_found_wherever_it_stands_in_a_text_of_any_length()
    {
        var set = Set(Some.Watch("w", "needle", "extraordinarilylongneedle"));
        for (var before = 0; before < 200; before++)
        {
            foreach (var needle in new[] { "Needle", "ExtraordinarilyLongNeedle" })
            {
                foreach (var after in new[] { "", "!", " and some more words behind it, so that it ends in no block's last bytes" })
                {
                    var text = Encoding.UTF8.GetBytes(new string('x', before) + " " + needle + after);
                    var hit = Assert.Single(Assert.Single(set.Find(text, "posts")).Hits);
                    Assert.Equal((before + 1, needle.Length), (hit.Start, hit.Length));
                }
            }
        }
    }

    private static int CountMatching(WatchSet set, byte[][] texts)
    {
        var count = 0;
        foreach (var text in texts)
        {
            count += set.Matches(text, "posts") ? 1 : 0;
        }
        return count;
    }

    private static void Check(string term, string text, bool found)
    {
        var set = Set(Some.Watch("w", term));
        Assert.Equal(found, set.Matches(Encoding.UTF8.GetBytes(text), "posts"));
        Assert.Equal(found, set.Find(Encoding.UTF8.GetBytes(text), "posts").Count == 1);
        var amid = Encoding.UTF8.GetBytes("Some words before it, \n\n " + text + " ... and behind: twice as many words as there were before");
        Assert.Equal(found, set.Matches(amid, "posts"));
    }

    private static WatchSet Set(params Watch[] watches) => WatchSet.Build(watches, Ours.Nobody);
}
