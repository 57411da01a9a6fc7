using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Scoring.Training;

public class PublicSetsTests
{
    private static List<Lesson> Read(string set, params string[] lines) =>
        PublicSets.Read(PublicSets.Named(set + ".jsonl")!, new StringReader(string.Join('\n', lines)));

    private static string Line(string label, string extra = "{}") => $$"""{"id":"1","text":"some words","lang":"en","label":"{{label}}","extra":{{extra}}}""";

    [Theory]
    [InlineData("vader_amazon", "negative", 1f, 1f)]
    [InlineData("vader_amazon", "positive", 0f, 0f)]
    [InlineData("vader_nyt", "negative", 0f, 1f)]
    [InlineData("vader_tweets", "negative", float.NaN, 1f)]
    [InlineData("vader_tweets", "neutral", 0f, 0f)]
    [InlineData("sms_spam", "spam", 0f, float.NaN)]
    [InlineData("disaster_messages", "request", float.NaN, float.NaN)]
    public void A_label_teaches_what_it_tells_and_no_more(string set, string label, float complaint, float negative)
    {
        var targets = Assert.Single(Read(set, Line(label))).Targets;
        Assert.Equal((complaint, negative), (targets[(int)Head.Complaint], targets[(int)Head.Negative]));
    }

    [Fact]
    public void A_reviews_stars_are_its_feeling_and_its_evidence()
    {
        var lesson = Assert.Single(Read("appreviews_maalej", Line("bug", """{"complaint":1,"stars":2}""")));
        Assert.Equal((1, 1, 0, 2d), (lesson.Targets[(int)Head.Complaint], lesson.Targets[(int)Head.Negative], lesson.Targets[(int)Head.Positive], lesson.Evidence.Stars));
    }

    [Fact]
    public void All_texts_of_a_set_together_count_no_more_than_they_may()
    {
        var lessons = Read("mooc_urgency", [.. Enumerable.Repeat(Line("post", """{"urgent":1}"""), 400)]);
        Assert.Equal(100, lessons.Sum(lesson => lesson.Weight), 0.01);
        Assert.Equal(1, Assert.Single(Read("mooc_urgency", Line("post"))).Weight);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"id\":\"1\"}")]
    [InlineData("{\"id\":\"1\",\"text\":null,\"lang\":\"en\",\"label\":\"negative\"}")]
    [InlineData("{\"id\":\"1\",\"text\":7,\"lang\":\"en\",\"label\":\"negative\"}")]
    public void What_is_no_line_of_the_set_is_told_with_its_place(string line) =>
        Assert.StartsWith("vader_nyt.jsonl, line 2: ", Assert.Throws<FormatException>(() => Read("vader_nyt", Line("negative"), line, Line("neutral"))).Message);

    [Fact]
    public void A_set_that_nobody_knows_has_no_name() => Assert.Null(PublicSets.Named("airline.jsonl"));
}
