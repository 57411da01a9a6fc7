using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Alerting;

public sealed class CardWriterTests
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly CardKey Key = new("case:1", "care");

    [Fact]
    public void An_unclaimed_card_offers_claim_not_a_complaint_and_more()
    {
        var card = CardWriter.Write(Open(), new CaseFacts(Mention(Some.Post())), Key);

        Assert.Equal(["Claim", "Not a complaint", "More"], card.Buttons.Select(b => b.Label));
        Assert.Equal("says \"died again\"", card.Reason);
        Assert.Equal("Mia Lang (@mia)", card.Who);
    }

    [Fact]
    public void After_the_claim_it_shows_the_owner_and_offers_five_things()
    {
        var claimed = Next(Open(), new Claimed(new Responder("discord:1", "Ana")));
        var card = CardWriter.Write(claimed, new CaseFacts(Mention(Some.Post())), Key);

        Assert.Equal(["Open post", "Answered", "Promise", "Resolve", "More"], card.Buttons.Select(b => b.Label));
        Assert.Equal("https://social.example/1", card.Buttons[0].Url);
        Assert.Equal("Ana", card.Owner);
    }

    [Fact]
    public void A_closed_card_can_be_opened_again()
    {
        var closed = Next(Open(), new Dismissed(new Responder("discord:1", "Ana")));

        Assert.Equal(["Open post", "Reopen"], CardWriter.Write(closed, new CaseFacts(Mention(Some.Post())), Key).Buttons.Select(b => b.Label));
    }

    [Fact]
    public void A_deleted_post_shows_neither_words_nor_name_nor_link()
    {
        var card = CardWriter.Write(Open(), new CaseFacts(Mention(Some.Post()) with { Deleted = true }), Key);

        Assert.Equal(("someone", "", null), (card.Who, card.Quote, card.Url));
        Assert.DoesNotContain("Open post", card.Buttons.Select(b => b.Label));
        Assert.Equal("read like a complaint before it was deleted", card.Reason);
    }

    [Fact]
    public void The_top_reason_is_one_that_means_something_to_a_reader()
    {
        Reason not = new("negation", 2, "says \"not\"");
        Reason praise = new("praise", -3, "says \"great\"");
        Reason waiting = new("waiting", 0.4, "says \"still waiting\"");

        Assert.Equal("says \"still waiting\"", CardWriter.TopReason(Some.Assessment() with { Reasons = [praise, not, waiting] }));
        Assert.Equal("says \"not\"", CardWriter.TopReason(Some.Assessment() with { Reasons = [praise, not] }));
        Assert.Equal("no single word stands out", CardWriter.TopReason(Some.Assessment() with { Reasons = [praise] }));
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("two\r\nlines\tand\u0000a null", "two lines and a null")]
    [InlineData("  padded   out  ", "padded out")]
    public void A_quote_is_one_line(string text, string quote) => Assert.Equal(quote, CardWriter.Quote(Some.Post(text)));

    [Fact]
    public void A_long_quote_is_cut_at_a_word_and_never_inside_a_character()
    {
        Assert.EndsWith("word…", CardWriter.Quote(Some.Post(string.Concat(Enumerable.Repeat("word ", 100)))), StringComparison.Ordinal);
        for (var lead = 0; lead < 3; lead++)
        {
            var quote = CardWriter.Quote(Some.Post(new string('a', lead) + string.Concat(Enumerable.Repeat("😡", 300))));
            Assert.True(quote.Length <= CardWriter.QuoteLength + 1);
            Assert.False(char.IsHighSurrogate(quote[^2]));
        }
    }

    [Fact]
    public void A_title_comes_before_the_text_unless_the_text_repeats_it()
    {
        Assert.Equal("Broken: it broke", CardWriter.Quote(Some.Post("it broke") with { Title = "Broken" }));
        Assert.Equal("Broken again", CardWriter.Quote(Some.Post("Broken again") with { Title = "Broken" }));
    }

    [Theory]
    [InlineData(null, null, null, "someone")]
    [InlineData("did:plc:x", null, null, "did:plc:x")]
    [InlineData("1", "Mia", null, "Mia")]
    [InlineData("1", "Mia", "mia", "@mia")]
    [InlineData("1", "", "mia", "@mia")]
    [InlineData("1", "Mia Lang", "mia@example.org", "Mia Lang (mia@example.org)")]
    public void Who_is_never_empty(string? id, string? name, string? handle, string who) =>
        Assert.Equal(who, CardWriter.Who(new Author { Id = id, Name = name, Handle = handle }));

    private static Case Open() => Case.Open(new Opened(1, 1, Priority.High, ["care"], Now, Now));

    private static Case Next(Case @case, CaseEvent happened) => Assert.IsType<Transition.Changed>(@case.Apply(happened, Now)).Case;

    private static Mention Mention(Post post) => new()
    {
        Id = 1,
        Post = post,
        Posted = Now,
        FirstSeen = Now,
        Assessment = Some.Assessment(),
        Watches = ["acme"],
        Teams = ["care"],
        Standing = Standing.Case,
    };
}
