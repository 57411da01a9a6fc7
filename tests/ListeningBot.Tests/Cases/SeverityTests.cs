using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Storage;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cases;

/// <summary>How much it hurts: money, time, harm and how often they told us already; read from what the real scorer says.</summary>
public sealed class SeverityTests
{
    private static readonly Scorer Scorer = new();

    [Theory]
    [InlineData("My Acme laptop has a scratch", 0, "small")]
    [InlineData("Still waiting for my parcel, @acme", 1, "noticeable")]
    [InlineData("@acme you charged me twice for my order", 2, "serious")]
    [InlineData("@acme you charged me twice and nobody answers my mails, still waiting", 3, "grave")]
    [InlineData("the battery of my acme laptop caught fire and burned my hand", 3, "grave")]
    [InlineData("My Acme account was hacked", 3, "grave")]
    [InlineData("Die Lieferung kommt nicht, ich warte seit Wochen, keiner antwortet", 2, "serious")]
    public void Words_tell_how_much_it_hurts(string text, int level, string words)
    {
        var severity = Severity.Of(Case(), [Scored(text) with { Severity = null }]);

        Assert.True(level == severity.Level, $"{severity.Level}: {string.Join("; ", severity.Pains)} of {string.Join("; ", Scored(text).Reasons)}");
        Assert.Equal(words, severity.InWords());
        Assert.InRange(Severity.Of(Case(), [Scored(text)]).Level, level - 1, level + 1);
    }

    [Theory]
    [InlineData("charged", 2.9, 2)]
    [InlineData("charged", 3, 3)]
    [InlineData("charged", 1.1, 2)]
    [InlineData("charged", 0, 1)]
    [InlineData("waiting", 3, 2)]
    [InlineData("praise", 0.9, 0)]
    [InlineData("praise", 2.5, 1)]
    public void The_words_as_a_whole_correct_what_was_seen_by_one_step_where_they_are_far_off(string seen, double heard, int level) =>
        Assert.Equal(level, Severity.Of(Case(), [Said((seen, 1)) with { Severity = heard }]).Level);

    [Fact]
    public void What_was_seen_counts_whatever_the_model_made_of_it_but_not_in_words_that_complain_of_nothing()
    {
        var seen = Said() with { Seen = ["charged"] };
        var thanks = seen with { Complaint = 0.1, IsComplaint = false, Seen = ["injury"] };

        Assert.Equal(2, Severity.Of(Case(), [seen with { Reasons = [new Reason("charged", -0.3, "says so")] }]).Level);
        Assert.Equal(2, Severity.Of(Case(), [seen, thanks]).Level);
        Assert.Equal(3, Severity.Of(Case(), [thanks]).Level);
    }

    [Fact]
    public void Each_pain_says_why()
    {
        var severity = Severity.Of(Case() with { Voices = 4 }, [Scored("@acme you charged me twice and nobody answers my mails") with { Severity = null }], earlier: 2);

        Assert.Equal(
            ["money lost 2: they were charged", "reported before 2: nobody answered them, they wrote 4 times, they had 2 cases before, it is not the first time"],
            severity.Pains.Select(pain => $"{pain.Kind} {pain.Level}: {pain.Because}"));
    }

    [Theory]
    [InlineData("charged", 1, 2)]
    [InlineData("charged", -1, 0)]
    [InlineData("waiting", 1, 1)]
    [InlineData("danger", 1, 3)]
    [InlineData("praise", 1, 0)]
    public void Only_what_speaks_for_a_complaint_hurts(string reason, double weight, int level) =>
        Assert.Equal(level, Severity.Of(Case(), [Said((reason, weight))]).Level);

    [Fact]
    public void Two_kinds_of_equal_pain_hurt_more_than_one_and_two_of_a_kind_do_not()
    {
        Assert.Equal(1, Severity.Of(Case(), [Said(("waiting", 1), ("outage", 1), ("time", 1))]).Level);
        Assert.Equal(2, Severity.Of(Case(), [Said(("waiting", 1), ("money", 1))]).Level);
        Assert.Equal(2, Severity.Of(Case(), [Said(("waiting", 1)), Said(("refund", 1))]).Level);
        Assert.Equal(2, Severity.Of(Case(), [Said(("charged", 1), ("waiting", 1))]).Level);
        Assert.Equal(3, Severity.Of(Case(), [Said(("charged", 1), ("unanswered", 1))]).Level);
        Assert.Equal(3, Severity.Of(Case(), [Said(("danger", 1), ("money", 1), ("waiting", 1))]).Level);
    }

    [Fact]
    public void A_trifle_is_believed_unless_somebody_may_come_to_harm()
    {
        Assert.Equal(1, Severity.Of(Case(), [Said(("charged", 1), ("waiting", 1), ("trifle", 0.2))]).Level);
        Assert.Equal(2, Severity.Of(Case(), [Said(("charged", 1), ("waiting", 1))]).Level);
        Assert.Equal(3, Severity.Of(Case(), [Said(("charged", 1), ("unanswered", 1))]).Level);
        Assert.Equal(3, Severity.Of(Case(), [Said(("danger", 1), ("trifle", 0.2))]).Level);
    }

    [Fact]
    public void What_we_did_to_them_counts_too()
    {
        var broken = new Promise(new Responder("member:ana", "Ana"), ManualClock.Start, "a call", ManualClock.Start, Kept: false);

        Assert.Equal(0, Severity.Of(Case(), []).Level);
        Assert.Equal(2, Severity.Of(Case() with { Priority = Priority.Critical }, []).Level);
        Assert.Equal(1, Severity.Of(Case(), [], earlier: 1).Level);
        Assert.Equal(2, Severity.Of(Case(), [], earlier: 2).Level);
        Assert.Equal(1, Severity.Of(Case() with { HandOvers = 1 }, []).Level);
        Assert.Equal(2, Severity.Of(Case() with { Promises = [broken] }, []).Level);
        Assert.Equal(0, Severity.Of(Case() with { Promises = [broken with { Kept = true }] }, []).Level);
    }

    private static Case Case() => SomeStored.Case(1) with { Priority = Priority.Normal };

    private static Assessment Scored(string text) => Scorer.Assess(text, Evidence.None);

    private static Assessment Said(params (string Name, double Weight)[] reasons) => Some.Assessment() with { Reasons = [.. reasons.Select(reason => new Reason(reason.Name, reason.Weight, "says so"))] };
}
