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
    public void A_resolved_card_offers_the_follow_up_and_a_merged_one_only_says_where_it_went_on()
    {
        var resolved = After(new Claimed(Ana), new OwnerAnswered(Ana), new Resolved(Ana, Outcome.Solved));

        Assert.Equal(["Open post", "Followed up", "Reopen"], Labels(resolved));
        Assert.Equal(["Open post", "Reopen"], Labels(After(new Claimed(Ana), new Resolved(Ana, Outcome.Solved), new FollowedUp(Ana))));
        Assert.Equal(["Open post"], Labels(After(new Merged(Ana, 34))));
        Assert.Equal("Goes on as case 34", Of(After(new Merged(Ana, 34))).NextStep);
    }

    [Fact]
    public void A_case_that_an_account_of_ours_answered_is_still_free_to_claim()
    {
        var answered = Next(Open() with { For = Ana }, new AnsweredByUs("@acme", Now));

        Assert.Equal(["Claim", "Not a complaint", "More"], Labels(answered));
        Assert.Equal("Ana: see that the answer helps", Of(answered).NextStep);
    }

    [Fact]
    public void A_free_card_names_whom_it_is_for_in_one_line_of_a_phone()
    {
        foreach (var priority in Enum.GetValues<Priority>())
        {
            var named = Of(Open() with { Priority = priority, For = Ana });
            Assert.StartsWith("Ana: ", named.NextStep, StringComparison.Ordinal);
            Assert.Equal("Ana", named.For);
            Assert.InRange(named.NextStep.Length, 10, 33);
            Assert.DoesNotContain("Ana", Of(Open() with { Priority = priority }).NextStep);
        }
        Assert.Null(Of(After(new Claimed(Ana)) with { For = Ana }).For);
        Assert.StartsWith(string.Concat(Enumerable.Repeat("🙂", 11)) + "…:", Of(Open() with { For = new Responder("m", string.Concat(Enumerable.Repeat("🙂", 30))) }).NextStep, StringComparison.Ordinal);
    }

    public static TheoryData<string, CaseEvent[]> Steps => new()
    {
        { "Answer, ask what they want, then press Answered", [new Claimed(Ana)] },
        { "Answer, then press Answered", [new Claimed(Ana), new WantsKnown(Ana, "a refund")] },
        { "Keep the promise, then press Answered", [new Claimed(Ana), new Promised(Ana, Now.AddDays(1), "call")] },
        { "A promise was not kept: say so to the customer, and when it will be", [new Claimed(Ana), new Promised(Ana, Now.AddDays(1), "call"), new TimeCame(Step.PromiseMissed)] },
        { "Put off: until then nobody is asked", [new Claimed(Ana), new Snoozed(Ana, Now.AddDays(1))] },
        { "Solve it, then press Resolve; press Promise if it takes time", [new Claimed(Ana), new OwnerAnswered(Ana)] },
        { "@acme has answered: make sure that it helps, then press Resolve", [new Claimed(Ana), new AnsweredByUs("@acme", Now)] },
        { "It is the customer's turn: while they are silent, you are asked in time", [new Claimed(Ana), new WaitsForCustomer(Ana)] },
        { "They thank: if all is solved, press Resolve", [new Claimed(Ana), new OwnerAnswered(Ana), new SpokeAgain(2, Happiness.Happy, Now)] },
        { "Answer again, then press Answered", [new Claimed(Ana), new OwnerAnswered(Ana), new SpokeAgain(2, Happiness.Silent, Now)] },
        { "They are angry again: answer now, then press Answered", [new Claimed(Ana), new OwnerAnswered(Ana), new Resolved(Ana, Outcome.Solved), new SpokeAgain(2, Happiness.AngryAgain, Now)] },
        { "In some days, ask them in person whether all is well", [new Claimed(Ana), new Resolved(Ana, Outcome.Solved)] },
        { "Ask them in person whether all is well, then press Followed up", [new Claimed(Ana), new Resolved(Ana, Outcome.Solved), new TimeCame(Step.FollowUp)] },
        { "Asked in person: now we listen to what they say", [new Claimed(Ana), new Resolved(Ana, Outcome.Solved), new FollowedUp(Ana)] },
        { "They are happy: nothing is left to do", [new Claimed(Ana), new Resolved(Ana, Outcome.Solved), new SpokeAgain(2, Happiness.Happy, Now)] },
        { "Closed: solved", [new Claimed(Ana), new Resolved(Ana, Outcome.Solved), new TimeCame(Step.CloseInSilence)] },
        { "Closed: not a complaint", [new Dismissed(Ana)] },
    };

    [Theory]
    [MemberData(nameof(Steps))]
    public void Each_state_says_what_to_do_next(string step, CaseEvent[] events) => Assert.Equal(step, Of(events.Aggregate(Open(), Next)).NextStep);

    [Fact]
    public void What_we_say_and_what_they_say_are_two_things()
    {
        var resolved = After(new Claimed(Ana), new OwnerAnswered(Ana), new Resolved(Ana, Outcome.Solved));

        Assert.Null(Of(Open()).TheirWords);
        Assert.Null(Of(After(new Claimed(Ana))).TheirWords);
        Assert.Equal("No word from them yet", Of(After(new Claimed(Ana), new OwnerAnswered(Ana))).TheirWords);
        Assert.Equal("Silent: not a word from them since", Of(resolved).TheirWords);
        Assert.Equal("Silent: not a word from them since", Of(Next(resolved, new TimeCame(Step.CloseInSilence))).TheirWords);
        Assert.Equal("Happy by them: they thanked us", Of(Next(resolved, new SpokeAgain(2, Happiness.Happy, Now))).TheirWords);
        Assert.Equal("They wrote again, neither thanks nor anger", Of(Next(resolved, new SpokeAgain(2, Happiness.Silent, Now))).TheirWords);
        Assert.Equal("Angry again, in their own words", Of(Next(resolved, new SpokeAgain(2, Happiness.AngryAgain, Now))).TheirWords);
        Assert.Null(Of(After(new Dismissed(Ana))).TheirWords);
    }

    [Fact]
    public void A_feeling_is_of_the_words_that_told_it_and_not_of_later_ones()
    {
        var answered = After(new Claimed(Ana), new OwnerAnswered(Ana));
        var neutral = new SpokeAgain(3, Happiness.Silent, Now.AddHours(2));
        var thanked = Next(Next(answered, new Resolved(Ana, Outcome.Solved)), new SpokeAgain(2, Happiness.Happy, Now.AddHours(1)));
        var angry = Next(Next(Next(answered, new SpokeAgain(2, Happiness.AngryAgain, Now.AddHours(1))), new OwnerAnswered(Ana)), neutral);

        Assert.Equal(("They thanked us, and have written again since", "They have written again: see what they need"), (Of(Next(thanked, neutral)).TheirWords, Of(Next(thanked, neutral)).NextStep));
        Assert.Equal(("They were angry again, and have written since", "Answer again, then press Answered"), (Of(angry).TheirWords, Of(angry).NextStep));
        Assert.Equal("They were angry again, and have written since", Of(Next(Next(angry, new Resolved(Ana, Outcome.WentAway)), new TimeCame(Step.CloseInSilence))).TheirWords);
        Assert.Equal("Happy by them: they thanked us", Of(Next(Next(thanked, neutral), new SpokeAgain(4, Happiness.Happy, Now.AddHours(3)))).TheirWords);
    }

    /// <summary>They thanked, asked for one thing more, and got that too.</summary>
    [Fact]
    public void Words_that_were_answered_before_the_solution_ask_for_nothing_more()
    {
        var wrote = After(new Claimed(Ana), new OwnerAnswered(Ana), new SpokeAgain(2, Happiness.Happy, Now.AddHours(1)), new SpokeAgain(3, Happiness.Silent, Now.AddHours(2)));
        var solved = ((Transition.Changed)wrote.Apply(new Resolved(Ana, Outcome.Solved), Now.AddHours(3))).Case;

        Assert.Equal("In some days, ask them in person whether all is well", Of(solved).NextStep);
        Assert.Equal("They have written again: see what they need", Of(Next(solved, new SpokeAgain(4, Happiness.Silent, Now.AddHours(4)))).NextStep);
        Assert.Equal("They are happy: nothing is left to do", Of(Next(solved, new SpokeAgain(4, Happiness.Happy, Now.AddHours(4)))).NextStep);
    }

    /// <summary>They are heard after the thanks that came after them.</summary>
    [Fact]
    public void Older_words_that_are_heard_later_are_no_word_since()
    {
        var thanked = After(new Claimed(Ana), new OwnerAnswered(Ana), new SpokeAgain(2, Happiness.Happy, Now.AddHours(2)));

        Assert.Equal("Happy by them: they thanked us", Of(Next(thanked, new SpokeAgain(3, Happiness.Silent, Now.AddHours(1)))).TheirWords);
    }

    [Fact]
    public void Where_answers_cannot_be_seen_silence_says_nothing_and_the_card_says_so()
    {
        var resolved = After(new Claimed(Ana), new OwnerAnswered(Ana), new Resolved(Ana, Outcome.Solved));
        var unseen = new CaseFacts(Mention(Some.Post() with { AnswersUnseen = true }));

        Assert.Equal("Their answers can't be seen where they posted: only asking tells", CardWriter.Write(resolved, unseen, Key).TheirWords);
        Assert.Equal("Happy by them: they thanked us", CardWriter.Write(Next(resolved, new SpokeAgain(2, Happiness.Happy, Now)), unseen, Key).TheirWords);
    }

    [Fact]
    public void A_card_shows_wants_promise_hand_overs_and_what_is_known_beside_the_case()
    {
        var due = Now.AddDays(1);
        var card = CardWriter.Write(
            After(new Claimed(Ana), new WantsKnown(Ana, "a refund"), new HandedOver(Ana, new Responder("discord:2", "Jo"), "knows"), new Promised(new Responder("discord:2", "Jo"), due, "we call")),
            new CaseFacts(Mention(Some.Post())) { LateBecause = "bluesky was dark", History = "2nd case" },
            Key);

        Assert.Equal(("a refund", due, "we call", 1, "bluesky was dark", "2nd case"), (card.Wants, card.PromiseDue, card.Promise, card.HandOvers, card.LateBecause, card.History));
    }

    [Fact]
    public void What_is_private_shows_nothing_that_tells_who_it_is()
    {
        var post = Some.Post("Order 88-4711-223 never came, call +49 170 1234567 or write to mia.lang@example.org. Mia Lang") with
        {
            Private = true,
            Title = "Mia Lang, order 884711223",
            Url = "https://mail.example/mia.lang@example.org/884711223",
            Author = new Author { Id = "mia.lang@example.org", Name = "Mia Lang", Handle = "mia.lang@example.org" },
        };
        var mention = Mention(post) with { Assessment = Some.Assessment() with { Reasons = [new Reason("numbers", 1, "says \"order 884711223\"")], PriorityReasons = [new Reason("deadline", 1, "says \"call 0170 1234567\"")] } };
        var @case = After(new Claimed(Ana), new WantsKnown(Ana, "call her on 0170 1234567"), new Promised(Ana, Now.AddDays(1), "mail to mia.lang@example.org")) with { Private = true };

        string[] texts = [CardWriter.Write(@case, new CaseFacts(mention) { History = "promise of a call to 0170 1234567 kept" }, Key).ToString(), MoreWriter.Write(@case, new CaseFacts(mention))];

        Assert.All(texts, text => Assert.DoesNotMatch("(?i)lang|example|4711|1234|8847", text));
        Assert.Equal("M. L. (•••@•••)", CardWriter.Write(@case, new CaseFacts(mention), Key).Who);
        Assert.True(CardWriter.Write(@case, new CaseFacts(mention), Key).Private);
    }

    [Fact]
    public void More_says_in_full_what_a_small_card_has_no_room_for()
    {
        var more = MoreWriter.Write(Open(), new CaseFacts(Mention(Some.Post())) { LateBecause = "bluesky was not heard from 10:00 to 10:20 (connection lost)", History = "2nd case in 30 days" });

        Assert.Contains("Late because bluesky was not heard from 10:00 to 10:20 (connection lost)\n", more);
        Assert.Contains("This customer: 2nd case in 30 days\n", more);
        Assert.InRange(MoreWriter.Write(Open(), new CaseFacts(Mention(Some.Post())) { History = string.Concat(Enumerable.Repeat("🙂", 2000)) }).Length, 1000, 1501);
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
    [InlineData("did:plc:x", null, null, "someone")]
    [InlineData("4711", null, null, "someone")]
    [InlineData("mia@example.org", null, null, "mia@example.org")]
    [InlineData("https://mia.example/", null, null, "https://mia.example/")]
    [InlineData("1", "Mia", null, "Mia")]
    [InlineData("1", "Mia", "mia", "@mia")]
    [InlineData("1", "", "mia", "@mia")]
    [InlineData("1", "Mia Lang", "mia@example.org", "Mia Lang (mia@example.org)")]
    public void Who_is_never_empty(string? id, string? name, string? handle, string who) =>
        Assert.Equal(who, CardWriter.Who(new Author { Id = id, Name = name, Handle = handle }));

    private static readonly Responder Ana = new("discord:1", "Ana");

    private static CaseCard Of(Case @case) => CardWriter.Write(@case, new CaseFacts(Mention(Some.Post())), Key);

    private static IEnumerable<string> Labels(Case @case) => Of(@case).Buttons.Select(button => button.Label);

    private static Case After(params CaseEvent[] events) => events.Aggregate(Open(), Next);

    private static Case Open() => Case.Open(new Opened(1, 1, Priority.High, ["care"], Now, Now));

    private static Case Next(Case @case, CaseEvent happened) => Assert.IsType<Transition.Changed>(@case.Apply(happened, happened is TimeCame ? Now.AddDays(1) : Now)).Case;

    [Fact]
    public void It_says_which_watch_heard_it_by_which_words_in_one_short_line()
    {
        string? HeardBy(Mention mention) => CardWriter.Write(Open(), new CaseFacts(mention), Key).HeardBy;
        var mention = Mention(Some.Post()) with { Found = [new FoundBy("acme", ["acme", "down"]), new FoundBy("on trial", ["laptop"])] };

        Assert.Equal("acme: acme, down", HeardBy(mention));
        Assert.Null(HeardBy(Mention(Some.Post())));
        Assert.Null(HeardBy(mention with { Deleted = true }));
        Assert.Equal(80, HeardBy(mention with { Found = [new FoundBy("acme", [new string('a', 200)])] })!.Length);
        Assert.Equal("acme: from:•••@•••", HeardBy(mention with { Post = mention.Post with { Private = true }, Found = [new FoundBy("acme", ["from:mia@home.example"])] }));
        Assert.Equal("acme, takes everything", HeardBy(mention with { Watches = ["acme, takes everything"], Found = [new FoundBy("acme, takes everything", [])] }));
    }

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
