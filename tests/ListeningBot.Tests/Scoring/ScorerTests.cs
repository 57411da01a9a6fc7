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
}
