using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Scoring;

/// <summary>The judgement without texts: it costs no allocation, says the same as the assessment, and its grounds point at the customer's own words.</summary>
public sealed class JudgeTests
{
    private static readonly Scorer s_scorer = new();
    private static readonly Evidence s_everything = new() { Lang = "de-AT", Stars = 1, Followers = 50_000, Thread = true, Earlier = 2 };

    [Fact]
    public void Judging_allocates_nothing()
    {
        string[] texts =
        [
            "@acme my order's STILL not here :( I've been waiting for three weeks & nobody answers. Das ist unverschämt! https://a.example #fail 😡",
            "Öffnet nicht.", "Öffnet nicht.\n\nMit freundlichen Grüßen\nKim", "Great, third outage this week", "", "Acme to close two depots, 300 jobs affected https://n.example/1",
            string.Concat(Enumerable.Repeat("I was a happy customer for years, but the parcel never came and nobody answers. ", 60)),
        ];
        double JudgeAll(Evidence evidence) => texts.Sum(text => s_scorer.Judge(text, evidence).Complaint);
        var sum = 0.0;
        for (var round = 0; round < 3; round++)
        {
            sum = JudgeAll(Evidence.None) + JudgeAll(s_everything);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var text in texts)
        {
            sum += s_scorer.Judge(text, Evidence.None).Complaint + s_scorer.Judge(text, s_everything).Complaint;
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(sum > 0);
    }

    [Fact]
    public void An_assessment_says_what_the_judgement_says()
    {
        foreach (var text in ScoringSamples.All)
        {
            var (judgement, assessment) = (s_scorer.Judge(text, s_everything), s_scorer.Assess(text, s_everything));
            Assert.Equal(
                (judgement.Complaint, judgement.IsComplaint, judgement.Sentiment, judgement.SentimentLabel, judgement.Urgency, judgement.Priority, judgement.Aspect, judgement.Lang),
                (assessment.Complaint, assessment.IsComplaint, assessment.Sentiment, assessment.SentimentLabel, assessment.Urgency, assessment.Priority, assessment.Aspect, assessment.Lang));
            Assert.Equal(judgement.Severity, assessment.Severity);
            Assert.InRange(judgement.Severity, 0, 3);
            Assert.Equal(judgement.Grounds.Count, assessment.Reasons.Count(reason => reason.Side != Side.Unsure));
            Assert.Equal(judgement.PriorityGrounds.Count, assessment.PriorityReasons.Count);
            Assert.Equal(judgement.Doubts != Doubts.None, assessment.Uncertain is not null);
        }
    }

    [Fact]
    public void Grounds_point_at_the_words_that_show_them()
    {
        const string text = "😡 @acme Überraschung: my order is late and nobody answers 😡";
        var unanswered = Enumerable.Range(0, GroundList.Most).Select(i => s_scorer.Judge(text, Evidence.None).Grounds[i]).First(ground => ground.Name == "unanswered");
        Assert.Equal("nobody answers", text.Substring(unanswered.Start, unanswered.Length));
        foreach (var sample in ScoringSamples.All)
        {
            var judgement = s_scorer.Judge(sample, Evidence.None);
            for (var i = 0; i < judgement.Grounds.Count; i++)
            {
                Assert.InRange(judgement.Grounds[i].Start, 0, sample.Length);
                Assert.InRange(judgement.Grounds[i].Start + judgement.Grounds[i].Length, 0, sample.Length);
            }
        }
    }

    /// <summary>What the words of a stretch add is told by reading each piece alone: a piece gives as many grams wherever it stands.</summary>
    [Fact]
    public void A_piece_has_as_many_grams_alone_as_among_others()
    {
        var (pieces, into) = (new PieceList(), new int[1024]);
        foreach (var text in ScoringSamples.All)
        {
            pieces.Read(text);
            var alone = Enumerable.Range(0, pieces.Count).Sum(i => Grams.Read(pieces, i, i + 1, ref into));
            Assert.Equal(Grams.Read(pieces, 0, pieces.Count, ref into), alone);
        }
    }
}

/// <summary>Texts to hold rules against: those with written verdicts, and the built-in corpus.</summary>
internal static class ScoringSamples
{
    public static readonly IReadOnlyList<string> All = [.. Verdicts(), .. Corpus.Read().Texts.Select(text => text.Text)];

    private static IEnumerable<string> Verdicts() =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Scoring", "Fixtures", "verdicts.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('|', 4)[3]);
}
