using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Alerting;

public sealed class HistoryWriterTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);
    private static readonly Responder Anna = new("member:anna", "Anna");
    private static readonly Case ThisOne = Seen(9, Now);

    [Fact]
    public void Somebody_new_has_no_history() => Assert.Null(HistoryWriter.Line(ThisOne, [ThisOne]));

    [Fact]
    public void The_last_case_is_told_with_its_end_its_promise_and_their_own_words()
    {
        var solved = Seen(4, Now.AddDays(-19)) with
        {
            State = CaseState.Closed,
            Outcome = Outcome.Solved,
            ResolvedAt = Now.AddDays(-17),
            Promises = [new Promise(Anna, Now.AddDays(-18), "a call by noon.", Now.AddDays(-19), Kept: true)],
            Happiness = Happiness.Happy,
        };

        Assert.Equal("2nd case in 30 days; the last one: solved on 3 Nov; promise of a call by noon kept; happy by them", HistoryWriter.Line(ThisOne, [solved]));
    }

    [Fact]
    public void What_is_long_ago_is_counted_with_its_year_and_a_missed_promise_and_anger_are_not_hidden()
    {
        var gone = Seen(1, Now.AddDays(-400)) with
        {
            State = CaseState.Closed,
            Outcome = Outcome.WentAway,
            ResolvedAt = Now.AddDays(-399),
            Promises = [new Promise(Anna, Now, "a refund", Now, Kept: false)],
            Happiness = Happiness.AngryAgain,
        };

        Assert.Equal("2nd case; the last one: the customer went away on 17 Oct 2025; promise of a refund missed; angry again since", HistoryWriter.Line(ThisOne, [gone]));
    }

    [Fact]
    public void An_open_case_is_told_with_who_has_it() =>
        Assert.Equal(
            "3rd case in 30 days; the last one: open since 19 Nov, with Anna",
            HistoryWriter.Line(ThisOne, [Seen(5, Now.AddDays(-3)), Seen(6, Now.AddDays(-1)) with { State = CaseState.Claimed, Owner = Anna }]));

    [Fact]
    public void What_was_no_complaint_or_was_merged_or_came_later_is_no_history() =>
        Assert.Null(HistoryWriter.Line(ThisOne, [
            Seen(4, Now.AddDays(-1)) with { State = CaseState.Closed, Outcome = Outcome.NotAComplaint },
            Seen(5, Now.AddDays(-1)) with { State = CaseState.Closed, MergedInto = 9 },
            Seen(10, Now.AddDays(1)),
        ]));

    [Fact]
    public void The_dossier_lists_them_with_what_was_given_and_whom_they_claim_to_be()
    {
        var beyond = Seen(4, Now.AddDays(-19)) with { Aspect = "delivery", State = CaseState.Closed, Outcome = Outcome.WentBeyond, ResolvedAt = Now.AddDays(-17), Beyond = "a year of free delivery" };

        Assert.Equal(
            ["Case 4, delivery, solved, and we went beyond on 3 Nov; beyond the fix: a year of free delivery", "Their profile says that they are also Mia on bluesky, which does not link back: it may be somebody else."],
            HistoryWriter.Lines(ThisOne, [beyond], ["Mia on bluesky"]));
    }

    [Fact]
    public void Many_cases_are_cut_and_counted()
    {
        var lines = HistoryWriter.Lines(ThisOne with { Id = 99 }, [.. Enumerable.Range(1, 14).Select(id => Seen(id, Now.AddDays(-id)))], []);

        Assert.Equal((11, "and 4 earlier ones"), (lines.Count, lines[^1]));
    }

    private static Case Seen(long id, DateTimeOffset at) => SomeStored.Case(id) with { FirstSeen = at, Posted = at };
}
