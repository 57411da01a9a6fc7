using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cases;

/// <summary>What Undo leaves without an owner is not left in silence.</summary>
public sealed class TakenBackTests
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Ana = new("discord:1", "Ana");
    private static readonly Team Care = new() { Name = "care" };

    public static TheoryData<string> Presses => ["claimed", "given to a colleague", "put off", "no complaint"];

    /// <summary>The press took the ping back that stood in the room.</summary>
    [Theory]
    [MemberData(nameof(Presses))]
    public void A_case_that_is_free_again_by_undo_is_pinged_again(string how)
    {
        var undone = Do(Do(Pinged(), Press(how), Now.AddMinutes(62)).Case, new Undone(Ana), Now.AddMinutes(64));

        Assert.Equal((CaseState.Unclaimed, null, false), (undone.Case.State, undone.Case.Owner, undone.Case.Pinged));
        Assert.Equal(new DueStep(Now.AddMinutes(60), Step.Ping), Agenda.Next(undone.Case, Care));
        Assert.Equal(how is "claimed" or "given to a colleague" ? "Ana has pressed Undo: this case is free again." : "", string.Join(' ', undone.Words.Select(word => word.Text)));
        Assert.All(undone.Words, word => Assert.Equal((Audience.Room, WordButtons.Claim), (word.To, word.Buttons)));
    }

    /// <summary>Their words were taken back as well.</summary>
    [Fact]
    public void Lead_and_manager_who_were_called_are_called_again()
    {
        var called = Do(Do(Pinged(), new TimeCame(Step.Lead), Now.AddHours(4)).Case, new TimeCame(Step.Manager), Now.AddHours(8)).Case;
        var at = Now.AddHours(8).AddMinutes(4);
        var undone = Do(Do(called, new Claimed(Ana), Now.AddHours(8).AddMinutes(2)).Case, new Undone(Ana), at).Case;

        var steps = new List<Step>();
        while (Agenda.Next(undone, Care) is { } next && next.At <= at)
        {
            steps.Add(next.Step);
            undone = Do(undone, new TimeCame(next.Step), at).Case;
        }

        Assert.Equal([Step.Ping, Step.Lead, Step.Manager], steps.Except([Step.WarnTarget, Step.TargetMissed]));
    }

    [Theory]
    [MemberData(nameof(Presses))]
    public void One_that_was_not_pinged_yet_is_pinged_at_its_time(string how)
    {
        var undone = Do(Do(Open(), Press(how), Now.AddMinutes(2)).Case, new Undone(Ana), Now.AddMinutes(4)).Case;

        Assert.Equal(new DueStep(Now.AddMinutes(60), Step.Ping), Agenda.Next(undone, Care));
    }

    [Fact]
    public void A_press_that_said_nothing_takes_no_ping_back_by_its_undo()
    {
        var undone = Do(Do(Pinged(), new WantsKnown(Ana, "a refund"), Now.AddMinutes(62)).Case, new Undone(Ana), Now.AddMinutes(64));

        Assert.Equal((true, false), (undone.Case.Pinged, undone.WithdrawPings));
    }

    [Fact]
    public void A_case_that_was_answered_and_free_calls_nobody_by_an_undo()
    {
        var answered = Do(Pinged(), new AnsweredByUs("@care", Now.AddMinutes(61)), Now.AddMinutes(61)).Case;

        var undone = Do(Do(answered, new Claimed(Ana), Now.AddMinutes(62)).Case, new Undone(Ana), Now.AddMinutes(64));

        Assert.Equal((CaseState.Answered, 0), (undone.Case.State, undone.Words.Count));
        Assert.Equal(Step.Floor, Agenda.Next(undone.Case, Care)?.Step);
    }

    private static CaseEvent Press(string how) => how switch
    {
        "claimed" => new Claimed(Ana),
        "given to a colleague" => new HandedOver(Ana, new Responder("discord:2", "Ben"), ""),
        "put off" => new Snoozed(Ana, Now.AddDays(2)),
        _ => new Dismissed(Ana),
    };

    private static Case Pinged() => Do(Open(), new TimeCame(Step.Ping), Now.AddMinutes(60)).Case;

    private static Case Open() => Case.Open(new Opened(1, 1, Priority.Normal, ["care"], Now, Now));

    private static Transition.Changed Do(Case @case, CaseEvent happened, DateTimeOffset at) => Assert.IsType<Transition.Changed>(@case.Apply(happened, at));
}
