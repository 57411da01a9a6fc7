using ListeningBot.Core.Scoring.Training;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

public sealed class CommonWordsTests(ITestOutputHelper output)
{
    [Fact]
    public void A_word_in_one_of_twenty_texts_is_named_with_its_share()
    {
        var advice = Assert.Single(CommonWords.Of([Some.Watch("w", "nimbus", "late"), Some.Watch("other", "nimbus")], Texts(100)));

        Assert.Equal(("w", "find:1"), (advice.Watch, advice.Key));
        Assert.Equal("finds 10 of 100 sample posts; \"late\" alone finds 10", advice.What);
    }

    [Fact]
    public void A_little_less_is_not_told() => Assert.Empty(CommonWords.Of([Some.Watch("w", "late")], Texts(49)));

    [Fact]
    public void Only_texts_in_the_languages_of_the_watch_count()
    {
        var texts = Texts(100).Concat(Enumerable.Repeat(("ich warte", "de"), 9000)).ToList();

        Assert.Empty(CommonWords.Of([Some.Watch("w", "late")], texts));
        Assert.Single(CommonWords.Of([Some.Watch("w", "late") with { Languages = ["en"] }], texts));
    }

    [Fact]
    public void Many_rare_words_together_are_told_without_naming_one()
    {
        var texts = Enumerable.Range(0, 1000).Select(i => ($"word{i % 100} here", "en"));

        var advice = Assert.Single(CommonWords.Of([Some.Watch("w", [.. Enumerable.Range(0, 6).Select(i => $"word{i}")])], texts));

        Assert.Equal(("name", "finds 6 of 100 sample posts"), (advice.Key, advice.What));
    }

    [Fact]
    public void A_common_word_that_others_must_stand_beside_is_not_blamed()
    {
        var texts = Texts(100).ToList();

        Assert.Equal("finds 10 of 100 sample posts; \"late\" alone finds 10", Assert.Single(CommonWords.Of([Asking("nimbus OR late")], texts)).What);
        Assert.Equal("finds 10 of 100 sample posts", Assert.Single(CommonWords.Of([Asking("(late OR nimbus) it")], texts)).What);
        Assert.Empty(CommonWords.Of([Asking("is well late"), Asking("(nimbus is) OR (well NOT is)", "b")], texts));
    }

    [Fact]
    public void What_a_text_does_not_tell_is_not_found() =>
        Assert.Empty(CommonWords.Of([Asking("late stars:<=2"), Asking("late priority:high", "b"), Some.Watch("all") with { Find = [], Everything = true, Channels = ["inbox"] }], Texts(1000)));

    [Fact]
    public void Of_the_corpus_common_words_are_told_and_complaints_are_not()
    {
        var advice = CommonWords.Of(
            [Some.Watch("the", "the") with { Languages = ["en"] }, Some.Watch("ich", "ich") with { Languages = ["de"] }, Some.Watch("refund", "~refund", "broken"), Asking("the refund", "both")],
            Corpus.Texts());
        advice.ToList().ForEach(one => output.WriteLine($"{one.Watch} {one.What}"));

        Assert.Equal(["the", "ich"], advice.Select(one => one.Watch));
    }

    private static Watch Asking(string query, string name = "w") => Some.Watch(name) with { Find = [], Query = new WatchQuery(query, QueryParser.Read(query, null).Root!) };

    /// <summary>A thousand, so many of them with "late".</summary>
    private static IEnumerable<(string Text, string Lang)> Texts(int late) => Enumerable.Range(0, 1000).Select(i => (i < late ? "it is late" : "all is well", "en"));
}
