using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Scoring;

/// <summary>Stars, thread, repetition and reach raise urgency apart from the words: each named, growing, small, and only as far as it is a complaint.</summary>
public sealed class UrgencyEvidenceTests
{
    private static readonly Scorer s_scorer = new();
    private static readonly string[] s_texts = [.. ScoringSamples.All.Where((_, i) => i % Math.Max(1, ScoringSamples.All.Count / 400) == 0)];

    private static Assessment Assess(string text, Evidence evidence) => s_scorer.Assess(text, evidence);

    public static TheoryData<string> Kinds => new("stars", "thread", "repetition", "reach");

    /// <summary>From nothing to much of one kind of evidence.</summary>
    private static Evidence[] Rising(string kind) => kind switch
    {
        "stars" => [.. new double[] { 5, 4, 3, 2.5, 2, 1.5, 1 }.Select(stars => new Evidence { Stars = stars })],
        "thread" => [Evidence.None, new Evidence { Thread = true }],
        "repetition" => [.. new[] { 0, 1, 2, 3, 4, int.MaxValue }.Select(earlier => new Evidence { Earlier = earlier })],
        _ => [.. new long[] { 0, 999, 1000, 1001, 50_000, 2_000_000, long.MaxValue }.Select(followers => new Evidence { Followers = followers })],
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void More_of_it_is_never_less_urgent(string kind)
    {
        foreach (var text in s_texts)
        {
            var urgency = Rising(kind).Select(evidence => Assess(text, evidence).Urgency).ToList();
            Assert.True(urgency.SequenceEqual(urgency.Order()), $"{kind} {string.Join(' ', urgency)}: {text}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_it_adds_is_named_and_by_itself_less_than_a_step(string kind)
    {
        foreach (var text in s_texts)
        {
            var reasons = Assess(text, Rising(kind)[^1]).PriorityReasons;
            var words = Assess(text, Rising(kind)[^1]);
            var added = reasons.Where(reason => reason.Name == kind).Sum(reason => reason.Weight);
            Assert.True(reasons.Count(reason => reason.Name == kind) == 1 || words.Complaint < 0.01, text);
            Assert.InRange(added, 0, 0.2);
            Assert.InRange((int)words.Priority - (int)Urgency.PriorityOf(words.Urgency - added - 0.001), 0, 1);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Words_without_it_do_not_name_it(string kind)
    {
        foreach (var text in s_texts)
        {
            Assert.DoesNotContain(Assess(text, Rising(kind)[0]).PriorityReasons, reason => reason.Name == kind);
        }
    }

    [Fact]
    public void A_machine_is_never_urgent() =>
        Assert.Equal((0, Priority.Low, 0), Assess("My charger exploded, nobody answers!", new Evidence { Automatic = true, Stars = 1, Thread = true, Earlier = 9, Followers = 1 << 30 }) is var said
            ? (said.Urgency, said.Priority, said.PriorityReasons.Count) : default);

    [Fact]
    public void It_is_told_in_words_with_its_numbers()
    {
        var reasons = Assess("My parcel never arrived and nobody answers", new Evidence { Stars = 1, Thread = true, Earlier = 2, Followers = 12_000 }).PriorityReasons.TakeLast(4);
        Assert.Equal(["gave 1 of 5 stars", "stands in the thread of an open case", "has complained 2 times before", "12,000 people follow them"], reasons.Select(reason => reason.Text));
        Assert.All(reasons, reason => Assert.Equal(Side.For, reason.Side));
    }

    /// <summary>1,010 readers add next to nothing: as a reason it would have no weight and no side.</summary>
    [Fact]
    public void What_adds_next_to_nothing_is_no_reason()
    {
        var nearly = new Evidence { Followers = 1010, Stars = 2.999, Thread = true, Earlier = 1 };
        foreach (var text in s_texts.Append("insulin").Append("Lovely staff, thank you so much for the help yesterday!"))
        {
            Assert.DoesNotContain(Assess(text, nearly).PriorityReasons.Concat(Assess(text, Evidence.None).Knowing(thread: true, earlier: 1).PriorityReasons), reason => reason.Side == Side.Unsure);
        }
    }

    /// <summary>The store learns it later than the scorer: both ways give the same.</summary>
    [Fact]
    public void What_is_known_later_counts_as_if_it_had_been_known_at_once()
    {
        foreach (var text in s_texts)
        {
            var (atOnce, later) = (Assess(text, new Evidence { Thread = true, Earlier = 1 }), Assess(text, Evidence.None).Knowing(thread: true, earlier: 1));
            Assert.Equal(atOnce.Urgency, later.Urgency, 0.0003);
            Assert.Equal(atOnce.PriorityReasons.TakeLast(2).Select(reason => (reason.Name, reason.Text)), later.PriorityReasons.TakeLast(2).Select(reason => (reason.Name, reason.Text)));
        }
    }

    [Fact]
    public void Who_writes_again_is_at_least_as_urgent_as_before()
    {
        var mild = Assess("Still waiting for my parcel", Evidence.None);
        var again = mild.Knowing(thread: false, earlier: 1, before: 0.7);
        Assert.InRange(again.Urgency, 0.7, 0.8);
        Assert.Equal(Priority.High, again.Priority);
        Assert.Equal("has complained once before", again.PriorityReasons[^1].Text);
        Assert.Same(mild, mild.Knowing(thread: false, earlier: 0, before: 0.7));
    }
}
