using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cases;

/// <summary>"Are you still on it?" is asked when somebody is idle, and a case is taken from nobody who had no time to answer.</summary>
public sealed class AskedOwnersTests
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Ana = new("discord:1", "Ana");
    private static readonly Responder Ben = new("discord:2", "Ben");
    private static readonly Team Care = new() { Name = "care" };

    [Fact]
    public void An_owner_who_was_asked_before_the_customer_wrote_has_their_time_anew()
    {
        var spoke = Do(Asked(), new SpokeAgain(2, Happiness.Silent, Now.AddHours(60)), Now.AddHours(60));

        Assert.Equal(new DueStep(Now.AddHours(64), Step.AskOwner), Agenda.Next(spoke, Care));
    }

    [Fact]
    public void An_owner_who_was_asked_before_a_waiting_customer_was_merged_in_has_their_time_anew()
    {
        var more = Do(Asked(), new Absorbed(Ben, 7, 1, Priority.Normal, ["care"], Now) { WaitsSince = Now.AddHours(59) }, Now.AddHours(60));

        Assert.Equal(new DueStep(Now.AddHours(64), Step.AskOwner), Agenda.Next(more, Care));
    }

    [Fact]
    public void An_owner_who_takes_a_press_back_is_on_it_though_they_were_asked_before()
    {
        var claimed = Do(Open(Priority.Critical), new Claimed(Ana), Now) with { AnsweredAt = Now };
        var waits = Do(Do(claimed, new TimeCame(Step.AskOwner), Now.AddMinutes(20)), new WaitsForCustomer(Ana), Now.AddMinutes(38));

        var undone = Do(waits, new Undone(Ana), Now.AddMinutes(41));

        Assert.Equal((CaseState.Claimed, new DueStep(Now.AddMinutes(61), Step.AskOwner)), (undone.State, Agenda.Next(undone, Care)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_promise_keeps_nobody_from_a_customer_who_writes_that_it_burns(bool answered)
    {
        var claimed = Do(Open(Priority.Normal), new Claimed(Ana), Now);
        var promised = Do(answered ? Do(claimed, new OwnerAnswered(Ana), Now) : claimed, new Promised(Ana, Now.AddDays(5), "a part"), Now.AddMinutes(1));
        var at = Now.AddHours(2);
        var burns = Do(promised, new MentionJoined(2, Priority.Critical, Complains: true, []) { TheirWordsAt = at }, at);
        burns = answered ? Do(burns, new SpokeAgain(2, Happiness.AngryAgain, at), at) : burns;

        var steps = new List<Step>();
        while (Agenda.Next(burns, Care, at) is { } next && next.At <= Now.AddHours(3))
        {
            steps.Add(next.Step);
            at = next.At > at ? next.At : at;
            burns = Do(burns, new TimeCame(next.Step), at);
        }

        Assert.Equal([Step.AskOwner, Step.FreeClaim, Step.Ping, Step.Lead], steps.Except([Step.WarnTarget, Step.TargetMissed]).Take(4));
    }

    [Fact]
    public void A_promise_leaves_its_owner_in_peace_once_its_customer_is_answered_or_thanks()
    {
        var promised = Do(Do(Do(Open(Priority.Normal), new Claimed(Ana), Now), new OwnerAnswered(Ana), Now), new Promised(Ana, Now.AddDays(5), "a part"), Now.AddHours(1));
        var nudge = new DueStep(Now.AddDays(5).AddMinutes(-30), Step.NudgePromise);

        var thanked = Do(promised, new SpokeAgain(2, Happiness.Happy, Now.AddHours(2)), Now.AddHours(2));
        var asked = Do(promised, new SpokeAgain(2, Happiness.Silent, Now.AddHours(2)), Now.AddHours(2));
        var again = Do(asked, new Promised(Ana, Now.AddDays(5), "a part"), Now.AddHours(3));

        Assert.Equal((nudge, nudge), (Agenda.Next(thanked, Care), Agenda.Next(again, Care)));
        Assert.Equal(new DueStep(Now.AddHours(6), Step.AskOwner), Agenda.Next(asked, Care));
    }

    [Theory]
    [InlineData(false, Step.NudgePromise)]
    [InlineData(true, Step.AskOwner)]
    public void Thanks_for_a_promise_leave_its_owner_in_peace_unless_something_was_asked_after_it(bool asksAgain, Step next)
    {
        var answered = Do(Do(Open(Priority.Normal), new Claimed(Ana), Now), new OwnerAnswered(Ana), Now);
        var asked = Do(answered, new SpokeAgain(2, Happiness.Silent, Now.AddHours(1)), Now.AddHours(1));
        var promised = Do(asked, new Promised(Ana, Now.AddDays(5), "a part"), Now.AddHours(2));
        promised = asksAgain ? Do(promised, new SpokeAgain(3, Happiness.Silent, Now.AddHours(3)), Now.AddHours(3)) : promised;

        var thanked = Do(promised, new SpokeAgain(4, Happiness.Happy, Now.AddHours(4)), Now.AddHours(4));

        Assert.Equal(next, Agenda.Next(thanked, Care)?.Step);
    }

    /// <summary>Answered, and after two days of silence asked.</summary>
    private static Case Asked()
    {
        var answered = Do(Do(Open(Priority.Normal), new Claimed(Ana), Now), new OwnerAnswered(Ana), Now);
        Assert.Equal(new DueStep(Now.AddHours(48), Step.AskOwner), Agenda.Next(answered, Care));
        return Do(answered, new TimeCame(Step.AskOwner), Now.AddHours(48));
    }

    private static Case Open(Priority priority) => Case.Open(new Opened(1, 1, priority, ["care"], Now, Now));

    private static Case Do(Case @case, CaseEvent happened, DateTimeOffset at) => Assert.IsType<Transition.Changed>(@case.Apply(happened, at)).Case;
}
