using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Alerting;

public sealed class DigestFiguresTests
{
    private static readonly DateTimeOffset From = ManualClock.Start;
    private static readonly DateTimeOffset To = From.AddDays(1);
    private static readonly Responder Ana = new("member:ana", "Ana");

    [Fact]
    public void The_first_answer_counts_from_the_customers_post_and_is_told_as_half_and_nearly_all()
    {
        var cases = Enumerable.Range(1, 100).Select(i => Seen(i) with { AnsweredAt = From.AddMinutes(i) }).Append(Seen(101)).ToList();

        var figures = Of(cases);

        Assert.Equal((101, 100, 1), (figures.Came, figures.Answered, figures.Waiting));
        Assert.Equal((TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(95)), (figures.AnswerMedian!.Value, figures.AnswerP95!.Value));
        Assert.Equal(60, Of([.. cases.Select(@case => @case with { Priority = Priority.High })]).InTarget);
    }

    [Fact]
    public void What_hurts_most_comes_first_and_what_was_no_complaint_does_not_hurt()
    {
        var figures = Of([
            Seen(1, "app"), Seen(2, "app"), Seen(3, "app"),
            Seen(4, "safety") with { Priority = Priority.Critical },
            Seen(5, "staff") with { State = CaseState.Closed, Outcome = Outcome.NotAComplaint, ResolvedAt = From.AddHours(1) },
        ]);

        Assert.Equal([("safety", 1, 1), ("app", 3, 0)], figures.Hurts);
        Assert.Equal((5, 1), (figures.Came, figures.NoComplaints));
        Assert.Empty(figures.Ended);
    }

    [Fact]
    public void Endings_promises_and_the_customers_own_words_count_when_they_happened_whenever_the_case_came()
    {
        var old = Seen(1) with { FirstSeen = From.AddDays(-9) };
        var figures = Of([
            old with { State = CaseState.Resolved, Outcome = Outcome.WentBeyond, ResolvedAt = From.AddHours(2) },
            old with { State = CaseState.Closed, Outcome = Outcome.WentAway, ResolvedAt = From.AddHours(3) },
            old with { State = CaseState.Closed, Outcome = Outcome.Solved, ResolvedAt = From.AddDays(-5), Happiness = Happiness.Happy, TheirWordsAt = From.AddHours(4) },
            old with { Promises = [new Promise(Ana, From, "call", From, Kept: false, EndedAt: From.AddHours(1)), new Promise(Ana, From, "part", From, Kept: true, EndedAt: From.AddHours(5))] },
        ]);

        Assert.Equal(0, figures.Came);
        Assert.Equal((1, 1), (figures.Ended[Outcome.WentBeyond], figures.Ended[Outcome.WentAway]));
        Assert.Equal((1, 1, 1), (figures.Happy, figures.PromisesKept, figures.PromisesMissed));
    }

    [Fact]
    public void A_feeling_counts_on_the_day_on_which_it_was_told_and_not_again_with_later_words()
    {
        Transition told = Seen(1).Apply(new SpokeAgain(2, Happiness.Happy, From.AddHours(1)), From.AddHours(1));
        var later = ((Transition.Changed)told).Case.Apply(new SpokeAgain(3, Happiness.Silent, From.AddHours(30)), From.AddHours(30));
        var @case = ((Transition.Changed)later).Case;

        Assert.Equal(1, DigestFigures.Of([@case], From, To, _ => null).Happy);
        Assert.Equal(0, DigestFigures.Of([@case], To, To.AddDays(1), _ => null).Happy);
    }

    [Fact]
    public void A_shadow_and_a_merged_case_count_nowhere()
    {
        Assert.True(Of([Seen(1) with { Shadow = true }, Seen(2) with { MergedInto = 1, State = CaseState.Closed }]).IsEmpty);
    }

    [Fact]
    public void The_card_says_it_in_a_few_lines_and_speaks_of_no_handling_time()
    {
        var figures = Of([Seen(1, "billing") with { Priority = Priority.Critical, AnsweredAt = From.AddMinutes(12) }, Seen(2, "app")]);
        var card = DigestWriter.Write(new CardKey("digest:1", "care"), "care: Friday 20 Nov", figures, []);

        Assert.Equal(
            "What came: 2 cases. | What hurts most: billing: 1, 1 critical; app: 1 | First answer, from the customer's post: half within 12 min, 95 of 100 within 12 min; 1 of 1 in time; 1 still without an answer",
            string.Join(" | ", card.Sections.Select(section => $"{section.Title}: {string.Join("; ", section.Lines)}")));
    }

    private static DigestFigures Of(IReadOnlyList<Case> cases) => DigestFigures.Of(cases, From, To, @case => @case.Posted + Targets.Default.FirstAnswer.Of(@case.Priority));

    private static Case Seen(long id, string aspect = "other") =>
        Case.Open(new Opened(id, id, Priority.Normal, ["care"], From, From.AddSeconds(5)) { Aspect = aspect });
}
