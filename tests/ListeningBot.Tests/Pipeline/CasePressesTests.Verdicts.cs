using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Presses that say how urgent a case is, or that it is none: each is a verdict until it is undone.</summary>
public sealed partial class CasePressesTests
{
    [Fact]
    public async Task Who_knows_better_says_how_urgent_it_is_and_that_is_a_verdict_until_it_is_undone()
    {
        await MineAsync();
        var asked = await PressAsync(PressAction.Priority, ByBen);
        Assert.Equal(["critical", "high", "low"], asked.Ask.Select(choice => choice.Label));

        var said = await ChooseAsync(asked, "critical", ByBen);
        Assert.StartsWith("It is critical now.", said.Say, StringComparison.Ordinal);
        Assert.Equal(Priority.Critical, (await CaseAsync()).Priority);
        Assert.Equal(new Verdict(true, Priority.Critical), await VerdictAsync());
        Assert.Equal("It is critical already.", (await ChooseAsync(asked, "critical", ByBen)).Say);
        Assert.Single(await _temp.ReadAsync(view => view.VerdictsOn(1)));
        Assert.Contains(MoreLabels(await PressAsync(PressAction.More)), label => label == "How urgent");

        await PressAsync(PressAction.Undo, ByBen);
        Assert.Equal(Priority.Normal, (await CaseAsync()).Priority);
        Assert.Equal(Verdict.None, await VerdictAsync());
    }

    [Fact]
    public async Task How_urgent_it_is_is_a_verdict_on_the_post_that_made_it_so_and_so_is_taking_that_back()
    {
        await MineAsync();
        await RecordAsync(Some.Post("my Acme laptop smokes now", "2"), Priority.Critical);
        Assert.Equal(Priority.Critical, (await CaseAsync()).Priority);

        await ChooseAsync(await PressAsync(PressAction.Priority), "high");
        Assert.Equal((Verdict.None, new Verdict(true, Priority.High)), (await VerdictAsync(), await VerdictAsync(2)));

        await PressAsync(PressAction.Undo);
        Assert.Equal((Verdict.None, Verdict.None), (await VerdictAsync(), await VerdictAsync(2)));
    }

    [Fact]
    public async Task A_case_that_has_ended_is_no_more_or_less_urgent()
    {
        await MineAsync();
        var asked = await PressAsync(PressAction.Priority);
        await PressAsync(PressAction.NotAComplaint);

        Assert.Contains("not a complaint", (await ChooseAsync(asked, "low")).Say, StringComparison.Ordinal);
        Assert.Contains("not a complaint", (await PressAsync(PressAction.Priority)).Say, StringComparison.Ordinal);
        Assert.Equal((false, null), ((await VerdictAsync()).Complaint, (await VerdictAsync()).Priority));
    }

    [Fact]
    public async Task Opening_a_case_again_takes_back_that_it_was_none_and_undoing_that_says_it_again()
    {
        await MineAsync();
        await PressAsync(PressAction.NotAComplaint);
        await PressAsync(PressAction.Reopen);
        Assert.Null((await VerdictAsync()).Complaint);

        await PressAsync(PressAction.Undo);
        Assert.False((await VerdictAsync()).Complaint);
    }

    [Fact]
    public async Task Undoing_a_follow_up_takes_no_verdict_back()
    {
        await MineAsync();
        await SubmitAsync((await ChooseAsync(await PressAsync(PressAction.Resolve), "solved")).Form!, ("note", "called"));
        await PressAsync(PressAction.FollowedUp);

        await PressAsync(PressAction.Undo);

        Assert.Equal(CaseState.Resolved, (await CaseAsync()).State);
        Assert.Equal(["complaint"], (await _temp.ReadAsync(view => view.VerdictsOn(1))).Select(given => given.Verdict));
    }

    private Task<Verdict> VerdictAsync(long mention = 1) => _temp.ReadAsync(view => Verdict.Of(view.VerdictsOn(mention)));

    private static IEnumerable<string> MoreLabels(PressAnswer more) => more.Ask.Select(choice => choice.Label);
}
