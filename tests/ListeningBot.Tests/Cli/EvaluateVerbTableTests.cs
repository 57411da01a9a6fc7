using ListeningBot.Cli;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Scoring.Training;

namespace ListeningBot.Tests.Cli;

/// <summary>What people read of texts in the corpus' form, and of the worst verdicts.</summary>
public sealed class EvaluateVerbTableTests
{
    private static readonly EvaluateVerbCase[] s_cases =
    [
        Case(1, "complaint neg critical 3 safety", "It exploded", 0.9, "negative", Priority.High, "safety"),
        Case(2, "complaint neg critical 3 safety", "Lovely weather", 0.1, "positive", Priority.Low, "quality"),
        Case(3, "complaint neg low 0 app", "Meh", 0.7, "neutral", Priority.Low, "app"),
        Case(4, "praise pos", "No refund?\nNo problem!", 0.8, "negative", Priority.Critical, "refund"),
        Case(5, "news neu", "The shop opens", 0.2, "neutral", Priority.Low, "other"),
    ];

    private static EvaluateVerbCase Case(int line, string labels, string text, double complaint, string sentiment, Priority priority, string aspect)
    {
        var from = Assert.Single(CorpusFile.Read("mail.en.txt", new StringReader($"{labels} | {text}"), [])) with { Line = line };
        var feeling = from.Labels.Sentiment switch { "neg" => "negative", "pos" => "positive", _ => "neutral" };
        return new EvaluateVerbCase($"mail.en.txt:{line}", from.Labels.Kind, feeling, text, new Assessment
        {
            Complaint = complaint,
            IsComplaint = complaint >= 0.5,
            Sentiment = sentiment switch { "negative" => -0.8, "positive" => 0.6, _ => 0 },
            SentimentLabel = sentiment,
            Urgency = 0.25,
            Priority = priority,
            Aspect = aspect,
            Lang = "en",
            Reasons = [new Reason("refund", 1.24, "says \"refund\""), new Reason("praise", -0.31, "says \"problem\"")],
            PriorityReasons = [new Reason("deadline", 0.5, "says \"now\"")],
        }, from);
    }

    [Fact]
    public void Priorities_kinds_and_languages_are_counted()
    {
        using var output = new StringWriter();
        EvaluateVerbCorpusTable.Write(output, s_cases);
        var table = output.ToString();
        Assert.Matches(@"priority \\ said\s+critical\s+high\s+normal\s+low\s+no complaint", table);
        Assert.Matches(@"(?m)^  critical\s+0\s+1\s+0\s+0\s+1", table);
        Assert.Matches(@"(?m)^  no complaint\s+1\s+0\s+0\s+0\s+1", table);
        Assert.Matches(@"(?m)^  high or critical, called a complaint too\s+2\s+2\s+50\.0%\s+50\.0%\s+50\.0%", table);
        Assert.Matches(@"(?m)^  critical, of the complaints\s+2\s+0\s+0\.0%\s+-\s+0\.0%", table);
        Assert.Matches(@"aspect accuracy\s+66\.7%", table);
        Assert.Matches(@"praise\s+1\s+1\s+100\.0%\s+news\s+1\s+0\s+0\.0%", table);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_worst_are_named_with_their_texts_only_when_asked(bool texts)
    {
        using var output = new StringWriter();
        var set = new EvaluateVerbSet("mail.en.txt", s_cases);
        EvaluateVerbWorst.Write(output, set, new EvaluateVerbFigures(s_cases, "complaint"), 1, texts);
        var list = output.ToString();
        Assert.Contains("missed complaints: 1 of 1", list, StringComparison.Ordinal);
        Assert.Contains("mail.en.txt:2: complaint, negative, critical, safety; said 0.100, positive 0.60, low 0.25, quality; refund +1.2, praise -0.3", list, StringComparison.Ordinal);
        Assert.Matches(@"false alarms: 1 of 1\s+mail\.en\.txt:4: praise, positive; said 0\.800", list);
        Assert.Matches(@"taken too well: 1 of 2\s+mail\.en\.txt:2:", list);
        Assert.Matches(@"taken too badly: 1 of 1\s+mail\.en\.txt:4:", list);
        Assert.Matches(@"taken too calmly: 1 of 2\s+mail\.en\.txt:2:.*; deadline \+0\.5", list);
        Assert.Matches(@"taken as too urgent: 1 of 1\s+mail\.en\.txt:4:", list);
        Assert.Matches(@"another aspect: 1 of 1\s+mail\.en\.txt:2:", list);
        Assert.Equal(texts, list.Contains("      No refund? No problem!", StringComparison.Ordinal));
    }
}
