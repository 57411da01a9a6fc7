using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

public sealed class IntakeTests
{
    private readonly Intake _intake = new(new ScorerBook(), new OpenThreads());
    private readonly WatchSet _watches = WatchSet.Build([Some.Watch()], Ours.Nobody);

    [Fact]
    public void A_chain_of_answers_is_heard_to_its_end()
    {
        var first = Some.Post("acme broke my lamp", "1");
        var second = Some.Post("which one?", "2") with { InReplyTo = first.Key };
        var third = Some.Post("the green one", "3") with { InReplyTo = second.Key };

        Assert.Equal(["1"], Take(first));
        Assert.Equal(["2"], Take(second));
        Assert.Equal(["3"], Take(third));
    }

    [Fact]
    public void An_answer_in_the_same_batch_is_heard()
    {
        var first = Some.Post("acme broke my lamp", "1");

        Assert.Equal(["1", "2"], Take(first, Some.Post("which one?", "2") with { InReplyTo = first.Key }, Some.Post("good morning", "3") with { Author = new Author { Id = "ben" } }));
    }

    [Fact]
    public void What_is_heard_names_the_model_that_judged_it_from_the_moment_that_another_is_taken_up()
    {
        var scorers = new ScorerBook();
        var intake = new Intake(scorers, new OpenThreads());
        string? JudgedBy() => intake.Listen(ChangeKind.Added, Some.Post(), _watches).Assessment.JudgedBy;

        Assert.Equal(Model.Shipped.Manifest.Version, JudgedBy());
        scorers.Swap(new Scorer(Empty("0123456789ab")));
        Assert.Equal("0123456789ab", JudgedBy());
    }

    [Fact]
    public void What_is_heard_says_by_which_words_of_which_watch_a_few_and_each_short()
    {
        var many = Some.Watch("many", "one", "two", "three", "four", "five", "six", new string('x', 60));
        var set = WatchSet.Build([Some.Watch("pro", "acme pro", "acme"), many, Some.Watch("none", "lamp")], Ours.Nobody);

        var found = _intake.Listen(ChangeKind.Added, Some.Post($"Acme Pro, the acme of {new string('x', 60)} one two three four five six"), set).Found;

        Assert.Equal($"pro: acme, acme pro | many: {new string('x', 39)}…, one, two, three, four", string.Join(" | ", found));
    }

    private static Model Empty(string version) => new(
        new float[Features.Count * Heads.Count], new sbyte[Grams.Buckets * Heads.Count], new float[Heads.Count], new Calibration[Heads.Count], Model.Shipped.Lines,
        Model.Shipped.Manifest with { Version = version });

    private string[] Take(params Post[] posts) => [.. _intake.Take("posts", PostBatch.Of(posts, new Cursor("1")), _watches).Heard.Select(heard => heard.Post.Key.Id)];
}
