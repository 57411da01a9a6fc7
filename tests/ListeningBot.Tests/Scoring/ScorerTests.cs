using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Scoring;

public class ScorerTests
{
    private static readonly Scorer s_scorer = new();

    private static Assessment Assess(string text) => s_scorer.Assess(text, Evidence.None);

    [Fact]
    public void Waiting_without_an_answer_is_a_complaint_and_says_so()
    {
        var assessment = Assess("@acme my order is still not here, I have been waiting for three weeks and nobody answers");
        Assert.True(assessment.IsComplaint);
        Assert.Equal("negative", assessment.SentimentLabel);
        Assert.Contains(assessment.Reasons, reason => reason is { Name: "unanswered", Weight: > 0, Text: "says \"nobody answers\"" });
    }

    /// <summary>Words such as "broken", "is" and "shipment" look Dutch or French by their form alone.</summary>
    [Theory]
    [InlineData("acmebikes is broken, nobody answers")]
    [InlineData("screen broken")]
    [InlineData("acme delivery is broken")]
    public void A_short_complaint_in_English_is_not_taken_for_another_language(string text) =>
        Assert.InRange(Assess(text).Complaint, 0.5, 1);

    /// <summary>"order" tells the aspect and no more: it must leave "never" to "never came".</summary>
    [Theory]
    [InlineData("My acme order never came")]
    [InlineData("order never came")]
    [InlineData("The order hasn't arrived")]
    public void An_order_that_never_came_is_a_failure(string text) =>
        Assert.Contains(Assess(text).Reasons, reason => reason is { Name: "failure", Weight: > 0 });

    [Theory]
    [InlineData("My parcel never arrived and the box was crushed")]
    [InlineData("I was charged twice and nobody answers")]
    [InlineData("We are still waiting for our sofa")]
    public void A_link_to_the_authors_own_trouble_costs_little(string text) =>
        Assert.InRange(Assess(text + " https://pic.example/1").Complaint, Assess(text).Complaint - 0.05, Assess(text).Complaint);

    [Fact]
    public void A_link_without_trouble_speaks_against_a_complaint() =>
        Assert.True(Assess("My new shoes https://pic.example/1").Complaint < Assess("My new shoes").Complaint - 0.03);

    [Fact]
    public void A_phrase_that_tells_only_an_aspect_takes_no_words()
    {
        var pieces = new PieceList();
        var lexicon = Lexicon.Of("en");
        pieces.Read("where is order");
        WordFinder.Find(pieces, lexicon);
        var length = new PhraseFinder(pieces, lexicon).Longest(2, 3, out var meaning);
        Assert.Equal(1, length);
        Assert.True(meaning.IsAspectOnly);
        pieces.Read("driver left");
        WordFinder.Find(pieces, lexicon);
        Assert.Equal(1, new PhraseFinder(pieces, lexicon).Longest(0, 2, out meaning));
        Assert.NotEqual(0UL, meaning.Cues & Cue.AspectDelivery.Bit());
    }

    [Fact]
    public void Praise_is_no_complaint()
    {
        var assessment = Assess("Thank you so much for the excellent service, the staff were lovely and my parcel came early!");
        Assert.False(assessment.IsComplaint);
        Assert.Equal("positive", assessment.SentimentLabel);
        Assert.Contains(assessment.Reasons, reason => reason.Weight < 0);
    }

    [Fact]
    public void Reasons_come_heaviest_first()
    {
        var weights = Assess("Thanks for nothing, third outage this week and I was charged twice. Good app otherwise.").Reasons.Select(reason => Math.Abs(reason.Weight)).ToList();
        Assert.True(weights.Count > 2);
        Assert.Equal(weights.OrderDescending(), weights);
    }

    [Fact]
    public void The_same_text_gives_the_same_answer()
    {
        const string text = "Why is my order still not here? I paid £120 for next-day delivery.";
        var first = Assess(text);
        _ = Assess("something else entirely, and longer, so that buffers are used again " + new string('x', 5000));
        var second = Assess(text);
        Assert.Equal(first.Complaint, second.Complaint);
        Assert.Equal(first.Urgency, second.Urgency);
        Assert.Equal(first.Reasons, second.Reasons);
    }

    [Fact]
    public void The_strongest_passage_of_a_letter_counts()
    {
        var polite = string.Concat(Enumerable.Repeat("I have been a happy customer of yours since my studies, and I always enjoyed the friendly people in your shop near the station. ", 8));
        var letter = polite + "This time the parcel never arrived, I was charged twice and nobody answers my emails. I want a refund. " + polite + "Thank you for your time and kind regards.";
        Assert.True(Assess(letter).IsComplaint);
        Assert.False(Assess(polite + polite).IsComplaint);
    }

    public static TheoryData<string> Hostile => new(
        "", " ", "\0\0\0", "\uD800", "\uDC00\uD800", "a\uD83D", "\uD83D\uDE21", new string('a', 1 << 20), new string('\uD83D', 30_000), new string('#', 50_000),
        new string('@', 9) + new string('\n', 30_000), "Z̷̢̛͇̗̲a̶̡͖̅l̸̰͑g̴͎̈́o̵̜̔ " + new string('\u0336', 40_000), "שלום אני מחכה כבר שבועיים \u202E!", "http://", "www.", "h", "w", "$", "£", "1", "1.", "'", "a'", "l'", "q", ":", ":-", "<",
        string.Concat(Enumerable.Repeat("not ", 10_000)), string.Concat(Enumerable.Repeat("a.b?c!d,", 10_000)), new string('9', 30_000), new string('*', 30_000));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Any_text_gets_an_answer(string text)
    {
        foreach (var lang in new[] { null, "", "d", "de", "xx", "zh-Hant", "\0\0" })
        {
            var assessment = s_scorer.Assess(text, new Evidence { Lang = lang, Stars = double.NaN, Followers = long.MaxValue, Mail = true });
            Assert.InRange(assessment.Complaint, 0, 1);
            Assert.InRange(assessment.Sentiment, -1, 1);
            Assert.InRange(assessment.Urgency, 0, 1);
        }
    }

    [Fact]
    public void Reading_a_text_allocates_nothing()
    {
        var desk = new Desk();
        const string text = "@acme my order's STILL not here :( I've been waiting for three weeks & nobody answers. Das ist unverschämt! https://a.example #fail 😡";
        desk.Read(text, Evidence.None, Model.Shipped);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            desk.Read(text, Evidence.None, Model.Shipped);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("ｍｙ ｏｒｄｅｒ ｎｅｖｅｒ ａｒｒｉｖｅｄ，ｔｅｒｒｉｂｌｅ ｓｅｒｖｉｃｅ")]
    [InlineData("my or\u200Bder nev\u00ADer arr\u200Dived, terri\u200Bble service")]
    [InlineData("m\u0336y\u0336 o\u0336r\u0336der n\u0336ever a\u0336rrived, t\u0336errible service")]
    [InlineData("MY ORDER NEVER ARRIVED, TERRIBLE SERVICE")]
    [InlineData("my order never arrived, terriiiiible service")]
    [InlineData("My order never arrived, terrible service\r\n\r\n")]
    public void However_it_is_written_it_is_the_same_complaint(string text)
    {
        var plain = Assess("my order never arrived, terrible service");
        var odd = Assess(text);
        Assert.True(odd.IsComplaint);
        Assert.InRange(odd.Complaint, plain.Complaint - 0.1, plain.Complaint + 0.1);
        Assert.Equal(plain.Aspect, odd.Aspect);
    }

    [Theory]
    [InlineData("The tracking page says nothing and nobody answers my emails, where is my parcel?")]
    [InlineData("Lovely staff, thank you so much for the help yesterday!")]
    [InlineData("What time do you open on Sunday?")]
    public void User_names_and_neutral_words_do_not_move_the_verdict_much(string text)
    {
        var plain = Assess(text);
        foreach (var padded in new[] { "@some_name " + text, text + " @other", text + " This was on the blue table near the window.", "On the blue table near the window. " + text })
        {
            Assert.Equal(plain.IsComplaint, Assess(padded).IsComplaint);
            Assert.InRange(Assess(padded).Complaint, plain.Complaint - 0.2, plain.Complaint + 0.2);
        }
    }

    [Fact]
    public void Few_stars_speak_for_a_complaint_and_many_against()
    {
        double With(double? stars) => s_scorer.Assess("Bought it in May.", new Evidence { Stars = stars }).Complaint;
        Assert.True(With(1) > With(null) && With(null) > With(5));
        Assert.True(With(1) >= Scorer.ComplaintLine);
        Assert.Equal("negative", s_scorer.Assess("Bought it in May.", new Evidence { Stars = 1 }).SentimentLabel);
    }

    [Theory]
    [InlineData("Does not open.", "en")]
    [InlineData("Oh well\nDoes not open.", "en")]
    [InlineData("Öffnet nicht.", "de")]
    [InlineData("No abre.", "es")]
    [InlineData("Ne s'ouvre pas.", "fr")]
    [InlineData("Non si apre.", "it")]
    [InlineData("Hmm", null)]
    public void A_single_star_makes_a_few_dry_words_a_complaint_and_is_named(string text, string? lang)
    {
        var assessment = s_scorer.Assess(text, new Evidence { Lang = lang, Stars = 1 });
        Assert.True(assessment.IsComplaint, $"{assessment.Complaint}");
        Assert.Contains(assessment.Reasons, reason => reason is { Name: "low stars", Weight: > 0, Text: "gave few stars" });
    }

    [Fact]
    public void Each_star_less_speaks_more_for_a_complaint_and_none_overrules_clear_words()
    {
        double With(string text, double? stars) => s_scorer.Assess(text, new Evidence { Stars = stars }).Complaint;
        foreach (var text in new[] { "Bought it in May.", "Does not open.", "Ok", "Love it, works great!", "Stopped working after the update, lost all my notes, nobody answers." })
        {
            Assert.Equal([.. Enumerable.Range(1, 5).Select(stars => With(text, stars)).OrderDescending()], Enumerable.Range(1, 5).Select(stars => With(text, stars)));
            Assert.InRange(With(text, 3), With(text, null) - 0.05, With(text, null) + 0.2);
        }
        Assert.True(With("Stopped working after the update, lost all my notes, nobody answers.", 5) >= Scorer.ComplaintLine);
        Assert.True(With("Love it, works great!", 5) < 0.05);
    }

    [Fact]
    public void Reach_raises_urgency_a_little_but_only_of_a_complaint()
    {
        double Urgency(string text, long? followers) => s_scorer.Assess(text, new Evidence { Followers = followers }).Urgency;
        const string complaint = "My parcel never arrived and the box was crushed";
        Assert.InRange(Urgency(complaint, 2_000_000) - Urgency(complaint, null), 0.01, 0.1);
        Assert.InRange(Urgency("Love it!", 2_000_000) - Urgency("Love it!", null), 0, 0.02);
        Assert.True(s_scorer.Assess("Love it!", new Evidence { Followers = long.MaxValue }).Priority == Priority.Low);
    }

    [Theory]
    [InlineData("Automatic reply: I am out of the office, still waiting for my new laptop. In urgent cases please call me now.")]
    [InlineData("Undelivered mail returned to sender. Your message could not be delivered. Permanent failure, nobody answers, the mailbox is full.")]
    [InlineData("My charger exploded and caught fire, I am in hospital, you charged me twice, nobody answers, terrible service, you will hear from my solicitor!!!")]
    public void What_a_machine_wrote_is_no_complaint_and_says_so(string text)
    {
        var assessment = s_scorer.Assess(text, new Evidence { Automatic = true, Mail = true, Stars = 1, Followers = long.MaxValue });
        Assert.InRange(assessment.Complaint, 0, 0.05);
        Assert.False(assessment.IsComplaint);
        Assert.Equal(Priority.Low, assessment.Priority);
        Assert.Contains(assessment.Reasons, reason => reason is { Name: "automatic", Weight: < 0, Text: "a machine wrote it" });
        Assert.DoesNotContain(Assess(text).Reasons, reason => reason.Name == "automatic");
    }

    [Fact]
    public void What_stands_beyond_the_cap_is_not_read()
    {
        var filler = string.Concat(Enumerable.Repeat("The sea was calm. ", Scorer.MostCharacters / 18 + 1));
        Assert.Equal(Assess(filler[..Scorer.MostCharacters]).Complaint, Assess(filler[..Scorer.MostCharacters] + " My order never arrived, terrible service!").Complaint);
    }

    [Theory]
    [InlineData("Seit drei Wochen warte ich auf mein Paket, niemand antwortet", null, "de")]
    [InlineData("Still waiting for my parcel, nobody answers", "en", "en")]
    [InlineData("kaputt", "de-AT", "de")]
    [InlineData("Мій ноутбук зламався, ніхто не відповідає", "uk", "uk")]
    [InlineData("Мой ноутбук сломался, никто не отвечает", "ru", "ru")]
    [InlineData("Мой ноутбук сломался, никто не отвечает", "en", "ru")]
    [InlineData("لپ‌تاپ من خراب شد و هیچ کس جواب نمی‌دهد", "fa", "fa")]
    [InlineData("返品対応最悪電話繋不可能", "ja", "ja")]
    [InlineData("Acme svarer ikke på epostene mine og ingen tar telefonen", "nb", "no")]
    public void The_language_is_told(string text, string? claimed, string expected) =>
        Assert.Equal(expected, s_scorer.Assess(text, new Evidence { Lang = claimed }).Lang);

    [Fact]
    public async Task Many_threads_get_the_same_answers()
    {
        string[] texts = ["My order never arrived, terrible service", "Love it, thank you", "Die App stürzt ständig ab, sehr enttäuscht", "Great, third outage this week."];
        var alone = texts.Select(text => Assess(text).Complaint).ToArray();
        var together = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => Assess(texts[i % texts.Length]).Complaint)));
        Assert.Equal(Enumerable.Range(0, 64).Select(i => alone[i % texts.Length]), together);
    }
}
