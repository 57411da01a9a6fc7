using ListeningBot.Core.Alerting;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Alerting;

public sealed class ReasonLinesTests
{
    private static readonly Assessment Said = Some.Assessment(priority: Priority.High) with
    {
        Reasons = [.. Enumerable.Range(1, 8).Select(i => new Reason($"r{i}", 9 - i, $"says {i}")), new Reason("uncertain", 0, "it is near the line")],
        PriorityReasons = [new Reason("deadline", 1.2, "says \"tomorrow\""), new Reason("trifle", -0.3, "says \"small\""), new Reason("reach", 0.05, "12,000 people follow them")],
    };

    [Fact]
    public void A_card_has_the_five_heaviest_then_the_doubt_then_the_priority_in_one_line() =>
        Assert.Equal(
            ["for (+8.0) r1: says 1", "for (+7.0) r2: says 2", "for (+6.0) r3: says 3", "for (+5.0) r4: says 4", "for (+4.0) r5: says 5", "unsure: it is near the line", "high priority: says \"tomorrow\", 12,000 people follow them"],
            ReasonLines.Of(Said));

    [Fact]
    public void All_means_all()
    {
        var lines = ReasonLines.Of(Said, all: true).ToList();
        Assert.Equal(12, lines.Count);
        Assert.Equal(["for (+1.0) r8: says 8", "unsure: it is near the line", "high priority for (+1.2) deadline: says \"tomorrow\"", "high priority against (-0.3) trifle: says \"small\""], lines[7..11]);
    }

    [Fact]
    public void Of_a_low_priority_it_says_what_speaks_against_more() =>
        Assert.Equal(["low priority: says \"small\""], ReasonLines.OfPriority(Said with { Priority = Priority.Low }));

    [Fact]
    public void Where_nothing_is_known_nothing_is_said() => Assert.Empty(ReasonLines.OfPriority(Some.Assessment()));
}
