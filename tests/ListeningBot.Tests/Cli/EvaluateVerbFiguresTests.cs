using ListeningBot.Cli;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Cli;

/// <summary>Every figure against a small example done by hand.</summary>
public sealed class EvaluateVerbFiguresTests
{
    private static Assessment Said(double complaint, string sentiment = "neutral", Priority priority = Priority.Low, string aspect = "other", double severity = 0) => new()
    {
        Complaint = complaint,
        IsComplaint = complaint >= 0.5,
        Sentiment = 0,
        SentimentLabel = sentiment,
        Urgency = 0.1,
        Priority = priority,
        Aspect = aspect,
        Severity = severity,
        Lang = "en",
        Reasons = [],
    };

    private static EvaluateVerbCase Case(double complaint, string label) => new("1", label, null, "", Said(complaint));

    private static EvaluateVerbCase Feeling(string label, string said) => new("1", label, label, "", Said(0.1, said));

    /// <param name="labels">As the corpus writes them.</param>
    private static EvaluateVerbCase Labelled(string labels, Assessment said)
    {
        var text = Assert.Single(CorpusFile.Read("a.en.txt", new StringReader(labels + " | text"), []));
        return new EvaluateVerbCase("1", text.Labels.Kind, "neutral", text.Text, said, text);
    }

    [Fact]
    public void Areas_and_rates_of_complaints()
    {
        var figures = new EvaluateVerbFigures([Case(0.9, "yes"), Case(0.6, "no"), Case(0.6, "yes"), Case(0.2, "no"), Case(0.1, "yes")], "yes");
        Assert.Equal(2 / 3.0, figures.Complaints.Precision, 9);
        Assert.Equal(2 / 3.0, figures.Complaints.Recall, 9);
        Assert.Equal(2 / 3.0, figures.Complaints.F1, 9);
        Assert.Equal(3.5 / 6, figures.RocAuc, 9);
        Assert.Equal((1 + 2 / 3.0 + 3 / 5.0) / 3, figures.PrAuc, 9);
        Assert.False(figures.HasFeelings);
    }

    [Fact]
    public void The_calibration_error_weighs_each_tenth_by_its_texts()
    {
        var figures = new EvaluateVerbFigures([Case(0.95, "yes"), Case(0.95, "no"), Case(0.15, "no"), Case(1, "yes")], "yes");
        Assert.Equal((3 * (2.9 / 3 - 2 / 3.0) + 1 * 0.15) / 4, figures.CalibrationError, 9);
    }

    [Fact]
    public void Feelings_are_averaged_over_those_that_occur()
    {
        var figures = new EvaluateVerbFigures([Feeling("negative", "negative"), Feeling("negative", "neutral"), Feeling("positive", "positive"), Feeling("positive", "negative"), Feeling("positive", "positive")], "negative");
        Assert.True(figures.HasFeelings);
        Assert.Equal((1 / 2.0 + 2 / 3.0) / 2, figures.MacroRecall, 9);
        Assert.Equal(2 * 1.0 / (2 + 2), figures.NegativeF1, 9);
        Assert.Equal((2 * 1.0 / (2 + 2) + 2 * 2.0 / (2 + 3)) / 2, figures.MacroF1, 9);
    }

    [Fact]
    public void What_is_urgent_is_counted_end_to_end_and_of_the_complaints_alone()
    {
        var labels = new EvaluateVerbLabels([
            Labelled("complaint neg critical 3 safety", Said(0.9, priority: Priority.Critical, aspect: "safety")),
            Labelled("complaint neg critical 2 outage", Said(0.3, priority: Priority.High, aspect: "app")),
            Labelled("complaint neg low 0 app", Said(0.9, priority: Priority.High, aspect: "app")),
            Labelled("news neu", Said(0.9, priority: Priority.Critical))]);
        Assert.Equal(new EvaluateVerbHits(1, 3, 2), labels.EndToEnd(Priority.High));
        Assert.Equal(new EvaluateVerbHits(2, 3, 2), labels.OfComplaints(Priority.High));
        Assert.Equal(new EvaluateVerbHits(1, 2, 2), labels.EndToEnd(Priority.Critical));
        Assert.Equal(new EvaluateVerbHits(1, 1, 2), labels.OfComplaints(Priority.Critical));
        Assert.Equal(2 / 3.0, labels.AspectAccuracy, 9);
    }

    [Fact]
    public void Severity_is_compared_by_distance_and_by_order()
    {
        var labels = new EvaluateVerbLabels([
            Labelled("complaint neg low 0 app", Said(0.9, severity: 0.5)),
            Labelled("complaint neg low 1 app", Said(0.9, severity: 1)),
            Labelled("complaint neg low 1 app", Said(0.2, severity: 2.5)),
            Labelled("complaint neg low 3 app", Said(0.9, severity: 2)),
            Labelled("praise pos", Said(0.2, severity: 3))]);
        Assert.Equal((0.5 + 0 + 1.5 + 1) / 4, labels.SeverityError, 9);
        // ranks said 0 1 3 2, true 0 1.5 1.5 3
        Assert.Equal((2.25 + 0 + 0 + 0.75) / Math.Sqrt(5 * 4.5), labels.SeverityOrder, 9);
    }

    [Fact]
    public void Kinds_that_raise_most_false_alarms_come_first()
    {
        var labels = new EvaluateVerbLabels([Labelled("news neu", Said(0.1)), Labelled("joke pos", Said(0.8)), Labelled("joke pos", Said(0.2)), Labelled("complaint neg low 0 app", Said(0.9))]);
        Assert.Equal([("joke", 2, 1), ("news", 1, 0)], labels.AlarmsByKind);
    }

    [Fact]
    public void False_alarms_are_what_lies_above_the_line_that_finds_enough()
    {
        var alarms = new EvaluateVerbAlarms(0.75, [new("brand", [0.9, 0.2, 0.8, 0.6], [0.7, 0.1]), new("news", [], [0.6, 0.59, 0.1]), new("ads", [], [0.9])]);
        Assert.True(alarms.CanBeTold);
        Assert.Equal(0.6, alarms.Line);
        Assert.Equal((0.75, 0.5), alarms.Sets[0].From(alarms.Line));
        Assert.Equal(1 / 3.0, alarms.Sets[1].From(alarms.Line).Alarms, 9);
        Assert.Equal(2 / 4.0, alarms.Together, 9);
    }

    [Fact]
    public void False_alarms_need_sets_with_and_without_complaints()
    {
        Assert.False(new EvaluateVerbAlarms(0.9, [new("brand", [0.9], [0.1])]).CanBeTold);
        Assert.False(new EvaluateVerbAlarms(0.9, [new("news", [], [0.1])]).CanBeTold);
    }
}
