using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;
using ListeningBot.Tests.Teams;

namespace ListeningBot.Tests.Cases;

public sealed class AgendaTests
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Ana = new("discord:1", "Ana");
    private static readonly Team Care = new() { Name = "care" };

    [Fact]
    public void The_clock_runs_from_the_later_of_posted_and_seen_so_that_a_backlog_never_pings_at_once()
    {
        var late = Case.Open(new Opened(1, 1, Priority.Critical, ["care"], Now - TimeSpan.FromHours(5), Now));

        Assert.Equal(new DueStep(Now.AddMinutes(3), Step.Ping), Agenda.Next(late, Care));
    }

    [Theory]
    [InlineData(Priority.Critical, "3 Ping, 10 Lead, 12 WarnTarget, 15 TargetMissed, 20 Manager, 35 Repeat, 50 Repeat, 65 Repeat, 1440 Floor")]
    [InlineData(Priority.High, "15 Ping, 45 Lead, 48 WarnTarget, 60 TargetMissed, 90 Manager, 150 Repeat, 210 Repeat, 270 Repeat, 1440 Floor")]
    [InlineData(Priority.Normal, "60 Ping, 180 Lead, 192 WarnTarget, 240 TargetMissed, 360 Manager, 600 Repeat, 840 Repeat, 1080 Repeat, 1440 Floor")]
    [InlineData(Priority.Low, "480 Lead, 960 Manager, 1152 WarnTarget, 1440 TargetMissed, 1440 Floor")]
    public void A_case_that_nobody_claims_goes_up_the_ladder_each_step_once_and_the_floor_catches_it(Priority priority, string ladder)
    {
        var steps = new List<string>();
        var @case = Open(priority);
        while (Agenda.Next(@case, Care) is { } next && next.At <= Now.AddHours(24))
        {
            steps.Add($"{(next.At - Now).TotalMinutes:0} {next.Step}");
            @case = Assert.IsType<Transition.Changed>(@case.Apply(new TimeCame(next.Step), next.At)).Case;
        }

        Assert.Equal(ladder, string.Join(", ", steps));
        Assert.Equal(Step.Floor, Agenda.Next(@case, Care with { Targets = new Targets { Repeats = 0 } })?.Step);
    }

    [Theory]
    [InlineData(Step.Manager, "15 Ping, 45 Lead, 105 Repeat, 165 Repeat, 225 Repeat, 1440 Floor", "OnCall Lead")]
    [InlineData(Step.Lead, "15 Ping, 75 Repeat, 135 Repeat, 195 Repeat, 1440 Floor", "OnCall")]
    public void Where_managers_are_never_called_everyone_who_was_is_called_again_all_the_same(Step never, string ladder, string called)
    {
        var nobody = new ByPriority(null, null, null, null);
        var team = Care with { Targets = new Targets { Manager = nobody, Lead = never == Step.Lead ? nobody : Targets.Default.Lead, FirstAnswer = nobody } };
        var steps = new List<string>();
        var @case = Open(Priority.High);
        while (Agenda.Next(@case, team) is { } next && next.At <= Now.AddHours(24))
        {
            var taken = Assert.IsType<Transition.Changed>(@case.Apply(new TimeCame(next.Step), next.At));
            steps.Add($"{(next.At - Now).TotalMinutes:0} {next.Step}");
            Assert.True(next.Step != Step.Repeat || called == string.Join(' ', taken.Words.Select(word => word.To)));
            @case = taken.Case;
        }

        Assert.Equal(ladder, string.Join(", ", steps));
    }

    [Fact]
    public void A_case_that_nobody_has_goes_up_the_ladder_anew_when_it_is_called_critical_until_that_is_taken_back()
    {
        var at = Now.AddHours(5);
        var used = Open(Priority.High);
        while (Agenda.Next(used, Care) is { } next && next.At < at)
        {
            used = Do(used, new TimeCame(next.Step), next.At);
        }

        var called = Assert.IsType<Transition.Changed>(used.Apply(new PrioritySet(Ana, Priority.Critical), at));

        var word = Assert.Single(called.Words);
        Assert.Equal((Audience.OnCall, WordButtons.Claim, "Ana says that this case is critical."), (word.To, word.Buttons, word.Text));
        Assert.Equal("10 Lead, 20 Manager, 35 Repeat, 50 Repeat, 65 Repeat", string.Join(", ", Ladder(called.Case).Take(5).Select(step => $"{(step.At - at).TotalMinutes:0} {step.Step}")));

        var undone = Assert.IsType<Transition.Changed>(called.Case.Apply(new Undone(Ana), at.AddMinutes(2)));
        Assert.Equal(Agenda.Next(used, Care), Agenda.Next(undone.Case, Care));
        Assert.Equal([(Audience.Room, "Ana has pressed Undo: this case is not critical.")], undone.Words.Select(said => (said.To, said.Text)));
    }

    [Fact]
    public void A_claim_ends_the_ladder_and_starts_the_idle_clock()
    {
        var claimed = Do(Open(Priority.High), new Claimed(Ana), Now.AddMinutes(2));

        Assert.Equal(new DueStep(Now.AddMinutes(48), Step.WarnTarget), Agenda.Next(claimed, Care));
        var answered = Do(claimed, new OwnerAnswered(Ana), Now.AddMinutes(10));
        Assert.Equal(new DueStep(Now.AddMinutes(10).AddHours(48), Step.AskOwner), Agenda.Next(answered, Care));
    }

    [Fact]
    public void An_idle_owner_is_asked_and_after_as_long_again_the_case_is_free()
    {
        var claimed = Do(Open(Priority.Critical), new Claimed(Ana), Now.AddMinutes(1)) with { AnsweredAt = Now };
        var team = Care;

        Assert.Equal(new DueStep(Now.AddMinutes(21), Step.AskOwner), Agenda.Next(claimed, team));
        var asked = Do(claimed, new TimeCame(Step.AskOwner), Now.AddMinutes(21));
        Assert.Equal(new DueStep(Now.AddMinutes(41), Step.FreeClaim), Agenda.Next(asked, team));
        var busy = Do(asked, new StillOnIt(Ana), Now.AddMinutes(30));
        Assert.Equal(new DueStep(Now.AddMinutes(50), Step.AskOwner), Agenda.Next(busy, team));
    }

    [Fact]
    public void A_promise_is_nudged_before_and_missed_at_its_time_and_nobody_asks_meanwhile()
    {
        var promised = Do(Do(Open(), new Claimed(Ana), Now), new Promised(Ana, Now.AddHours(6), "call"), Now) with { AnsweredAt = Now };

        Assert.Equal(new DueStep(Now.AddMinutes(330), Step.NudgePromise), Agenda.Next(promised, Care));
        var nudged = Do(promised, new TimeCame(Step.NudgePromise), Now.AddMinutes(330));
        Assert.Equal(new DueStep(Now.AddHours(6), Step.PromiseMissed), Agenda.Next(nudged, Care));
    }

    [Fact]
    public void What_is_solved_is_followed_up_and_closes_in_silence()
    {
        var resolved = Do(Do(Open(), new Claimed(Ana), Now), new Resolved(Ana, Outcome.Solved), Now);

        Assert.Equal(new DueStep(Now.AddDays(5), Step.FollowUp), Agenda.Next(resolved, Care));
        var reminded = Do(resolved, new TimeCame(Step.FollowUp), Now.AddDays(5));
        Assert.Equal(new DueStep(Now.AddDays(12), Step.CloseInSilence), Agenda.Next(reminded, Care));
        var asked = Do(reminded, new FollowedUp(Ana), Now.AddDays(6));
        Assert.Equal(new DueStep(Now.AddDays(13), Step.CloseInSilence), Agenda.Next(asked, Care));
        Assert.Null(Agenda.Next(Do(asked, new TimeCame(Step.CloseInSilence), Now.AddDays(13)), Care));
    }

    /// <summary>Solved by phone: nobody pressed Answered, and no first answer is known for the figures.</summary>
    [Theory]
    [InlineData(Outcome.Solved)]
    [InlineData(Outcome.WentBeyond)]
    public void Anger_at_a_solution_makes_no_first_answer_late_though_none_was_noted(Outcome outcome)
    {
        var resolved = Do(Do(Open(), new Claimed(Ana), Now), new Resolved(Ana, outcome), Now.AddHours(1));
        var angry = Do(resolved, new SpokeAgain(2, Happiness.AngryAgain, Now.AddDays(6)), Now.AddDays(6));

        Assert.Equal(new DueStep(Now.AddDays(6).AddHours(4), Step.AskOwner), Agenda.Next(angry, Care));
        Assert.DoesNotContain(Ladder(angry), step => step.Step is Step.WarnTarget or Step.TargetMissed || (step.Step == Step.Floor && step.At < Now.AddDays(8)));
        Assert.Null(angry.AnsweredAt);
        Assert.False(Do(resolved, new SpokeAgain(2, Happiness.Happy, Now.AddHours(2)), Now.AddHours(2)).AwaitsAnswer);

        // Solved before that moment was noted.
        var older = Do(resolved with { AnsweredUntil = null }, new SpokeAgain(2, Happiness.AngryAgain, Now.AddDays(6)), Now.AddDays(6));
        Assert.Equal(Ladder(angry), Ladder(older));
    }

    [Fact]
    public void A_first_answer_is_due_again_when_somebody_takes_the_solution_back()
    {
        var solved = Do(Do(Open(), new Claimed(Ana), Now), new Resolved(Ana, Outcome.Solved), Now.AddMinutes(10));
        var reopened = Do(solved, new Reopened(Ana), Now.AddMinutes(20));

        Assert.Contains(new DueStep(Now.AddHours(4), Step.TargetMissed), Ladder(reopened));
        Assert.Contains(new DueStep(Now.AddHours(24), Step.Floor), Ladder(reopened));

        // What was answered as well stays answered.
        Assert.NotNull(Do(solved with { AnsweredAt = Now.AddMinutes(5) }, new Reopened(Ana), Now.AddMinutes(20)).AnsweredUntil);

        // And what the customer thanked for was a solution.
        var thanked = Do(Do(solved, new SpokeAgain(2, Happiness.Happy, Now.AddDays(1)), Now.AddDays(1)), new Reopened(Ana), Now.AddDays(6));
        Assert.DoesNotContain(Ladder(thanked), step => step.Step is Step.WarnTarget or Step.TargetMissed);
    }

    [Fact]
    public void Whoever_takes_a_solution_back_takes_back_that_one_alone()
    {
        var solved = Do(Do(Open(), new Claimed(Ana), Now), new Resolved(Ana, Outcome.Solved), Now.AddHours(1));
        var angry = Do(solved, new SpokeAgain(2, Happiness.AngryAgain, Now.AddDays(6)), Now.AddDays(6));
        var again = Do(Do(angry, new Resolved(Ana, Outcome.Solved), Now.AddDays(7)), new Reopened(Ana), Now.AddDays(7).AddHours(1));

        // They told us what they think of the first: we have answered once. They wait since then.
        Assert.DoesNotContain(Ladder(again), step => step.Step is Step.WarnTarget or Step.TargetMissed);
        Assert.True(again.AwaitsAnswer);

        // What an answer had answered stays answered.
        var answered = Do(Do(Do(angry, new OwnerAnswered(Ana), Now.AddDays(6).AddHours(1)), new Resolved(Ana, Outcome.Solved), Now.AddDays(7)), new Reopened(Ana), Now.AddDays(7).AddHours(1));
        Assert.False(answered.AwaitsAnswer);
    }

    [Fact]
    public void Anger_from_before_a_solution_says_nothing_of_it()
    {
        var angry = Do(Do(Do(Open(), new Claimed(Ana), Now), new WaitsForCustomer(Ana), Now.AddMinutes(5)), new SpokeAgain(2, Happiness.AngryAgain, Now.AddMinutes(10)), Now.AddMinutes(10));
        var reopened = Do(Do(angry, new Resolved(Ana, Outcome.Solved), Now.AddMinutes(20)), new Reopened(Ana), Now.AddMinutes(30));

        Assert.Contains(new DueStep(Now.AddHours(4), Step.TargetMissed), Ladder(reopened));
    }

    [Fact]
    public void A_first_answer_that_was_called_late_is_not_called_so_again_after_an_end()
    {
        var late = Do(Do(Do(Open(), new Claimed(Ana), Now), new TimeCame(Step.WarnTarget), Now.AddMinutes(192)), new TimeCame(Step.TargetMissed), Now.AddHours(4));
        var angry = Do(Do(late, new Resolved(Ana, Outcome.Unreachable), Now.AddHours(5)), new SpokeAgain(2, Happiness.AngryAgain, Now.AddDays(6)), Now.AddDays(6));

        Assert.DoesNotContain(Ladder(angry), step => step.Step is Step.WarnTarget or Step.TargetMissed);
    }

    [Fact]
    public void Nobody_is_asked_to_follow_up_on_a_day_off()
    {
        var office = SomeTeam.Care("Etc/UTC") with { Hours = [SomeTeam.Hours(SomeTeam.WorkDays, "08:00-18:00")] };
        var resolved = Do(Do(Open(), new Claimed(Ana), Now), new Resolved(Ana, Outcome.Solved), Now);

        Assert.Equal(new DueStep(Now.AddDays(7).AddHours(-1), Step.FollowUp), Agenda.Next(resolved, office));

        // Nor is the case closed before somebody was asked, however short the silence, and however long the program was down.
        var brief = office with { Targets = office.Targets with { Silence = TimeSpan.FromDays(1) } };
        Assert.Equal(Step.FollowUp, Agenda.Next(resolved, brief)?.Step);
        Assert.Equal(Step.FollowUp, Agenda.Next(resolved, brief, Now.AddDays(30).AddHours(12))?.Step);
        Assert.Equal(new DueStep(Now.AddDays(31), Step.CloseInSilence), Agenda.Next(Do(resolved, new TimeCame(Step.FollowUp), Now.AddDays(30)), brief));
    }

    [Fact]
    public void Once_it_is_solved_no_case_is_so_critical_that_its_owner_is_asked_at_night()
    {
        var office = SomeTeam.Care("Etc/UTC") with { Hours = [SomeTeam.Hours(SomeTeam.WorkDays, "08:00-18:00")] };
        var resolved = Do(Do(Open(Priority.Critical), new Claimed(Ana), Now), new Resolved(Ana, Outcome.Solved), Now.AddHours(18));

        var monday = Now.AddDays(7).AddHours(-1);
        Assert.Equal(new DueStep(monday, Step.FollowUp), Agenda.Next(resolved, office));
        Assert.Equal(new DueStep(monday.AddDays(1), Step.FollowUp), Agenda.Next(resolved, office, monday.AddHours(18)));
    }

    [Fact]
    public void While_it_is_the_customers_turn_no_first_answer_is_late()
    {
        var waits = Do(Do(Open(), new Claimed(Ana), Now), new WaitsForCustomer(Ana), Now);

        Assert.DoesNotContain(Agenda.Next(waits, Care)!.Step, new[] { Step.WarnTarget, Step.TargetMissed });
        Assert.Equal(Step.Floor, Agenda.Next(waits, Care)!.Step);
    }

    [Fact]
    public void A_target_that_was_missed_before_we_saw_the_post_is_no_news()
    {
        var late = Case.Open(new Opened(1, 1, Priority.High, ["care"], Now.AddHours(-2), Now));

        Assert.DoesNotContain(Ladder(late), step => step.Step is Step.WarnTarget or Step.TargetMissed);
    }

    [Fact]
    public void A_snoozed_case_asks_nobody_until_it_wakes_but_for_the_floor()
    {
        var snoozed = Do(Open(), new Snoozed(Ana, Now.AddHours(5)), Now);

        Assert.Equal(new DueStep(Now.AddHours(5), Step.WakeUp), Agenda.Next(snoozed, Care));
        Assert.Equal(Step.Floor, Agenda.Next(Do(Open(), new Snoozed(Ana, Now.AddDays(5)), Now), Care)?.Step);
    }

    [Fact]
    public void A_customer_who_wrote_after_our_answer_waits_again_when_nobody_has_the_case()
    {
        var answered = Do(Open(Priority.High), new AnsweredByUs("@care", Now.AddMinutes(1)), Now.AddMinutes(1));
        Assert.Equal(Step.Floor, Agenda.Next(answered, Care)?.Step);

        var spoke = Do(answered, new SpokeAgain(2, Happiness.Silent, Now.AddHours(1)), Now.AddHours(1));

        Assert.Equal(new DueStep(Now.AddHours(1).AddMinutes(15), Step.Ping), Agenda.Next(spoke, Care));
    }

    [Fact]
    public void A_promise_for_next_week_is_left_in_peace_by_the_floor_once_we_have_answered()
    {
        var promised = Do(Do(Do(Open(), new Claimed(Ana), Now), new OwnerAnswered(Ana), Now), new Promised(Ana, Now.AddDays(7), "a part"), Now);

        Assert.Equal(new DueStep(Now.AddDays(7).AddMinutes(-30), Step.NudgePromise), Agenda.Next(promised, Care));
    }

    [Fact]
    public void A_promise_stays_due_when_its_owner_gives_the_case_back()
    {
        var answered = Do(Do(Open(), new Claimed(Ana), Now), new OwnerAnswered(Ana), Now) with { Taken = [new StepTaken(Step.Ping, Now), new StepTaken(Step.Lead, Now), new StepTaken(Step.Manager, Now)] };
        var free = Do(Do(answered, new Promised(Ana, Now.AddHours(2), "a part"), Now), new Released(Ana), Now);

        Assert.Contains(Ladder(free), step => step == new DueStep(Now.AddHours(2), Step.PromiseMissed));
    }

    private static List<DueStep> Ladder(Case @case)
    {
        var steps = new List<DueStep>();
        while (steps.Count < 20 && Agenda.Next(@case, Care) is { } next)
        {
            steps.Add(next);
            @case = Do(@case, new TimeCame(next.Step), next.At);
        }
        return steps;
    }

    private static Case Open(Priority priority = Priority.Normal) => Case.Open(new Opened(1, 1, priority, ["care"], Now, Now));

    private static Case Do(Case @case, CaseEvent happened, DateTimeOffset at) => Assert.IsType<Transition.Changed>(@case.Apply(happened, at)).Case;
}
