using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;
using static ListeningBot.Tests.Scoring.Training.SomeTaught;

namespace ListeningBot.Tests.Scoring.Training;

/// <summary>What verdicts can do to judgement, and what they can't.</summary>
public class RefitTests
{
    [Fact]
    public void Ten_thousand_equal_verdicts_move_no_text_further_than_it_may_be_moved()
    {
        var verdicts = Enumerable.Range(0, 10_000).Select(i => $"my {Complaints(50).ElementAt(i % 50)} #{i}".Says(isComplaint: false)).ToList();

        var team = On(Fit(verdicts));

        Assert.All([.. Complaints(200), .. Quizzes(200), .. verdicts.Take(500).Select(one => one.Text)], text =>
        {
            var moved = Logit(Plain, text) - Logit(team, text);
            Assert.InRange(Math.Abs(moved), 0, Lean.MostOf(Head.Complaint) + 1e-3);
        });
        Assert.Contains(Complaints(50), text => Logit(Plain, text) - Logit(team, text) > 1);
    }

    [Fact]
    public void Who_dismisses_everything_makes_nothing_grave_harmless()
    {
        var verdicts = Grave.SelectMany(text => Enumerable.Range(0, 200).Select(i => $"{text} {i}")).Concat(Grave).Concat(Complaints(400)).Select(text => text.Says(isComplaint: false)).ToList();

        var (shipped, team) = (new Scorer(), new Scorer(Model.Shipped.With(Refit.Of(Model.Shipped, verdicts, [], RefitSettings.Default), Model.Shipped.Manifest)));

        Assert.All(Grave, text =>
        {
            var (before, after) = (shipped.Assess(text, Evidence.None), team.Assess(text, Evidence.None));
            Assert.True(after.IsComplaint, $"{text}: {before.Complaint} became {after.Complaint}");
            Assert.Equal((before.Complaint, before.Priority), (after.Complaint, after.Priority));
        });
    }

    [Fact]
    public void However_texts_are_put_together_the_bound_holds()
    {
        var words = Complaints(50).Concat(Quizzes(50)).SelectMany(text => text.Split(' ')).ToArray();
        var team = On(Fit([.. Complaints(300).Select(text => text.Says(false)), .. Quizzes(300).Select(text => text.Says(true, Priority.Critical))]));
        var random = new Random(7);

        for (var i = 0; i < 500; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(1, 300)).Select(_ => words[random.Next(words.Length)])) + (i % 3 == 0 ? "\n\n" + string.Join(' ', words) : "");
            foreach (var head in Lean.Taught)
            {
                Assert.InRange(Math.Abs(Logit(Plain, text, head) - Logit(team, text, head)), 0, Lean.MostOf(head) + 1e-3);
            }
        }
    }

    [Fact]
    public void What_the_team_calls_no_complaint_is_scored_lower_and_what_it_never_spoke_of_stays_about_where_it_was()
    {
        var (shipped, team) = (new Scorer(Plain), new Scorer(On(Fit([.. Quizzes(100).Select(text => text.Says(false)), .. Complaints(100).Select(text => text.Says(true))]))));
        double Change(string text) => team.Assess(text, Evidence.None).Complaint - shipped.Assess(text, Evidence.None).Complaint;

        Assert.True(Change("the acme quiz was a disaster for us, we lost everything") < -0.1);
        Assert.True(Change("my parcel was lost and nobody answers") > -0.02);
        Assert.InRange(Change("lovely weather today, off to the beach"), -0.05, 0.05);
    }

    [Fact]
    public void What_is_rehearsed_keeps_the_shipped_models_word_be_it_right_or_wrong()
    {
        Taught[] verdicts = [.. Quizzes(100).Select(text => text.Says(false)), .. Complaints(30).Select(text => text.Says(true))];
        List<CorpusText> rehearsed = [.. Enumerable.Range(0, 300).Select(i => new CorpusText("some.en.txt", i, "en", $"terrible luck with the weather on day {i}, we are furious", CorpusLabels.Parse("chat neg", out _)!, null))];
        double Moved(Lean lean) => Logit(On(lean), "terrible luck with the weather today, we are furious") - Logit(Plain, "terrible luck with the weather today, we are furious");

        var (without, with) = (Moved(Fit(verdicts)), Moved(Refit.Of(Plain, verdicts, rehearsed, RefitSettings.Default)));

        Assert.True(without < -0.4, $"{without}");
        Assert.InRange(with, -0.15, 0.15);
    }

    [Fact]
    public void A_priority_that_people_set_is_learned()
    {
        var team = On(Fit([.. Complaints(100).Select(text => text.Says(true, text.Contains("router", StringComparison.Ordinal) ? Priority.Critical : Priority.Low))]));
        double Change(string text) => Logit(team, text, Head.Critical) - Logit(Plain, text, Head.Critical);

        Assert.True(Change("the router is broken again") > Change("the invoice is broken again") + 0.2);
    }

    [Fact]
    public void The_same_verdicts_give_the_same_weights()
    {
        Taught[] verdicts = [.. Quizzes(60).Select(text => text.Says(false)), .. Complaints(60).Select(text => text.Says(true))];

        Assert.Equal(TeamModel.VersionOf(Fit(verdicts), "parent"), TeamModel.VersionOf(Fit(verdicts), "parent"));
        Assert.NotEqual(TeamModel.VersionOf(Fit(verdicts), "parent"), TeamModel.VersionOf(Fit(verdicts), "other"));
    }

    [Fact]
    public void A_reason_says_what_the_team_taught()
    {
        var team = new Scorer(On(Fit([.. Quizzes(100).Select(text => text.Says(false)), .. Complaints(100).Select(text => text.Says(true))])));

        var reason = Assert.Single(team.Assess(Quizzes(1).Single(), Evidence.None).Reasons, reason => reason.Name == "team's verdicts");
        Assert.True(reason.Weight < 0);
        Assert.Equal("your team said that such posts are no complaints", reason.Text);
        Assert.DoesNotContain(new Scorer(Plain).Assess(Quizzes(1).Single(), Evidence.None).Reasons, one => one.Name == "team's verdicts");
    }

    private static Lean Fit(IReadOnlyList<Taught> taught) => Refit.Of(Plain, taught, [], RefitSettings.Default);

    private static Model On(Lean lean) => Plain.With(lean, Plain.Manifest with { Version = "0123456789ab" });

    /// <summary>Calibrated.</summary>
    private static double Logit(Model model, string text, Head head = Head.Complaint)
    {
        var desk = new Desk();
        desk.Read(text, Evidence.None, model);
        var calibration = model.Calibrations[(int)head];
        return calibration.Slope * desk.Logits[(int)head] + calibration.Offset;
    }
}
