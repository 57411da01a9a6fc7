using ListeningBot.Core.Scoring;

namespace ListeningBot.Tests.Scoring;

/// <summary>Own texts over many industries, kinds and languages, each with the verdict that it should get.</summary>
public class VerdictTests(ITestOutputHelper output)
{
    private sealed record Verdict(int Line, bool Must, bool Complaint, string Priority, string Aspect, string Text);

    private static readonly Verdict[] s_verdicts = [.. Read()];

    private static IEnumerable<Verdict> Read()
    {
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Scoring", "Fixtures", "verdicts.txt")))
        {
            number++;
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }
            var columns = line.TrimStart('!').Split('|', 4);
            yield return new Verdict(number, line[0] == '!', columns[0] == "yes", columns[1], columns[2], columns[3]);
        }
    }

    [Fact]
    public void There_are_enough_of_them() => Assert.True(s_verdicts.Length >= 150, $"{s_verdicts.Length} texts");

    [Fact]
    public void Complaint_or_not_is_told_right() =>
        Right(0.92, _ => true, verdict => verdict.Complaint ? "yes" : "no", assessment => assessment.IsComplaint ? "yes" : "no");

    [Fact]
    public void Priority_is_told_right() =>
        Right(0.85, verdict => verdict.Priority != "-", verdict => verdict.Priority, assessment => assessment.Priority.ToString().ToLowerInvariant());

    [Fact]
    public void Aspect_is_told_right() =>
        Right(0.8, verdict => verdict.Aspect != "-", verdict => verdict.Aspect, assessment => assessment.Aspect);

    private void Right(double share, Func<Verdict, bool> judged, Func<Verdict, string> expected, Func<Assessment, string> said)
    {
        var scorer = new Scorer();
        var all = s_verdicts.Where(judged).ToList();
        var wrong = all.Where(verdict => said(scorer.Assess(verdict.Text, Evidence.None)) != expected(verdict)).ToList();
        foreach (var verdict in wrong)
        {
            var assessment = scorer.Assess(verdict.Text, Evidence.None);
            output.WriteLine($"line {verdict.Line}{(verdict.Must ? "!" : "")}: {said(assessment)} for {expected(verdict)} ({assessment.Complaint:0.00}, {assessment.Urgency:0.00}): {verdict.Text}");
        }
        Assert.DoesNotContain(wrong, verdict => verdict.Must);
        Assert.True(all.Count - wrong.Count >= share * all.Count, $"{all.Count - wrong.Count} of {all.Count} right, {share:P0} needed");
    }
}
