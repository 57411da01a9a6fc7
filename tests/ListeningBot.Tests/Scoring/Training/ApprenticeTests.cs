using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;
using static ListeningBot.Tests.Scoring.Training.SomeTaught;

namespace ListeningBot.Tests.Scoring.Training;

/// <summary>When what was learned is kept, and when not.</summary>
public class ApprenticeTests
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A team whose false alarms are of one kind.</summary>
    private static readonly Taught[] s_quizTeam = [.. Quizzes(120).Select(text => text.Says(false)), .. Complaints(120).Select(text => text.Says(true))];

    [Fact]
    public void What_judges_the_verdicts_held_back_better_is_kept_with_its_figures()
    {
        var lessons = Apprentice.Learn(s_quizTeam, Plain, Plain, Corpus(), s_now);

        Assert.Null(lessons.WhyNot);
        Assert.Equal(["shipped", "new"], lessons.Rivals.Select(rival => rival.Name));
        var (before, after) = (lessons.Rivals[0].OnVerdicts.Figures, lessons.Rivals[1].OnVerdicts.Figures);
        Assert.True(after.Loss < before.Loss && after.Auc > before.Auc && after.F1 >= before.F1, $"{before} became {after}");
        Assert.Equal(s_quizTeam.Count(one => one.IsHeldBack), after.Texts);
        var manifest = lessons.New.Manifest;
        Assert.Equal((s_quizTeam.Length - after.Texts, before, after, s_now), (manifest.Fitted, manifest.Before, manifest.After, manifest.LearnedAt));
        Assert.Equal(Plain.Manifest.Version, manifest.Parent);
    }

    [Fact]
    public void Verdicts_by_chance_are_seldom_kept()
    {
        var kept = Enumerable.Range(0, 20).Count(seed =>
        {
            var random = new Random(seed);
            return Apprentice.Learn([.. Complaints(50).Concat(Quizzes(50)).Select(text => text.Says(random.Next(2) == 0))], Plain, Plain, Corpus(), s_now).WhyNot is null;
        });

        // Chance alone looks like knowledge once in a while; what it can do then is bounded.
        Assert.InRange(kept, 0, 3);
    }

    [Fact]
    public void What_tells_complaints_from_others_no_better_is_not_kept()
    {
        Taught[] verdicts = [.. Complaints(200).Select((text, i) => text.Says(i % 3 != 0)), .. Quizzes(200).Select((text, i) => text.Says(i % 3 == 0))];

        Assert.Matches("^it (is not surely better|tells complaints from others not surely better) than the shipped model on the verdicts held back", Apprentice.Learn(verdicts, Plain, Plain, Corpus(), s_now).WhyNot);
    }

    [Fact]
    public void Who_dismisses_real_complaints_is_not_followed_though_the_verdicts_held_back_agree()
    {
        Taught[] verdicts = [.. Complaints(400).Select(text => text.Says(false)), .. Quizzes(40).Select(text => text.Says(true))];
        List<CorpusText> others = [.. Complaints(900).Skip(500).Select((text, i) => new CorpusText("some.en.txt", i, "en", text, CorpusLabels.Parse("complaint neg high 2 delivery", out _)!, null)).Where(text => text.IsHeldBack)];

        var lessons = Apprentice.Learn(verdicts, Plain, Plain, others, s_now);

        Assert.True(lessons.Rivals[1].OnVerdicts.Figures.Loss < lessons.Rivals[0].OnVerdicts.Figures.Loss);
        Assert.StartsWith("on texts of everybody's complaints it is worse than the shipped model", lessons.WhyNot);
    }

    [Fact]
    public void Learning_twice_from_the_same_verdicts_gives_the_same_model_and_nothing_drifts()
    {
        var first = Apprentice.Learn(s_quizTeam, Plain, Plain, Corpus(), s_now);
        var second = Apprentice.Learn([.. s_quizTeam.Reverse()], Plain, first.New.OnShipped(), Corpus(), s_now);

        Assert.Equal(first.New.Manifest.Version, second.New.Manifest.Version);
        Assert.Equal(["shipped", "in use", "new"], second.Rivals.Select(rival => rival.Name));
        Assert.Equal("nothing was learned that the model in use does not know", second.WhyNot);
    }

    [Fact]
    public void What_is_held_back_is_never_fitted()
    {
        Taught[] turned = [.. s_quizTeam.Select(one => one.IsHeldBack ? one with { IsComplaint = !one.IsComplaint } : one)];

        Assert.Equal(
            Apprentice.Learn(s_quizTeam, Plain, Plain, Corpus(), s_now).New.Manifest.Version,
            Apprentice.Learn(turned, Plain, Plain, Corpus(), s_now).New.Manifest.Version);
    }

    [Theory]
    [InlineData(0, 0, "40 more in all; 10 more that say \"a complaint\"; 10 more that say \"not a complaint\"")]
    [InlineData(35, 3, "2 more in all; 7 more that say \"not a complaint\"")]
    [InlineData(100, 9, "1 more that say \"not a complaint\"")]
    [InlineData(9, 50, "1 more that say \"a complaint\"")]
    public void Too_few_verdicts_are_refused_with_what_is_missing(int complaints, int others, string missing)
    {
        Taught[] taught = [.. Complaints(complaints).Select(text => text.Says(true)), .. Quizzes(others).Select(text => text.Says(false))];

        Assert.Equal(
            $"There are {complaints + others} verdicts to learn from: {complaints} say \"a complaint\", {others} say \"not a complaint\". At least 40 with 10 of each are needed. Missing: {missing}.",
            Apprentice.TooFew(taught));
    }

    [Fact]
    public void Enough_verdicts_are_enough() =>
        Assert.Null(Apprentice.TooFew([.. Complaints(30).Select(text => text.Says(true)), .. Quizzes(10).Select(text => text.Says(false))]));

    /// <summary>A small one, of complaints in other words and of what is none.</summary>
    private static List<CorpusText> Corpus() =>
    [
        .. from number in Enumerable.Range(0, 150)
           from text in new[]
           {
               ($"the parcel for house {number} was never delivered, still waiting, nobody answers", "complaint neg high 2 delivery"),
               ($"order {number} came broken and you refuse to refund me", "complaint neg normal 1 refund"),
               ($"lovely day number {number} at the beach with friends", "chat pos"),
               ($"do you open at {number} on sundays?", "question neu"),
           }
           select new CorpusText("some.en.txt", number, "en", text.Item1, CorpusLabels.Parse(text.Item2, out _)!, null),
    ];
}
