using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Cases;

public sealed class CaseTests
{
    private static readonly DateTimeOffset Now = ManualClock.Start;
    private static readonly Responder Ana = new("discord:1", "Ana");
    private static readonly Responder Ben = new("discord:2", "Ben");

    [Fact]
    public void Two_claims_give_one_owner_and_a_kind_word_to_the_other()
    {
        var claimed = Changed(Open(), new Claimed(Ana));

        Assert.Equal(Ana, claimed.Case.Owner);
        Assert.True(claimed.WithdrawPings);
        Assert.Contains("Ana has it", Refused(claimed.Case, new Claimed(Ben)), StringComparison.Ordinal);
        Assert.Equal("It is already yours.", Refused(claimed.Case, new Claimed(Ana)));
    }

    [Fact]
    public void Nothing_ends_without_a_claim_and_an_outcome()
    {
        Assert.Contains("Claim", Refused(Open(), new Resolved(Ana, Outcome.Solved)), StringComparison.Ordinal);

        var resolved = Changed(Mine(), new Resolved(Ana, Outcome.WentBeyond, "sent a new one", "a new laptop", "a bag")).Case;

        Assert.Equal((CaseState.Resolved, Outcome.WentBeyond, Ana), (resolved.State, resolved.Outcome, resolved.ClosedBy));
        Assert.Equal(("sent a new one", "a new laptop", "a bag"), (resolved.ClosingNote, resolved.Offered, resolved.Beyond));
    }

    [Theory]
    [InlineData(Outcome.NotOurs, CaseState.Closed)]
    [InlineData(Outcome.NotAComplaint, CaseState.Closed)]
    [InlineData(Outcome.WentAway, CaseState.Resolved)]
    [InlineData(Outcome.Unreachable, CaseState.Resolved)]
    public void What_was_no_trouble_of_ours_needs_no_follow_up(Outcome outcome, CaseState state) =>
        Assert.Equal(state, Changed(Mine(), new Resolved(Ana, outcome)).Case.State);

    [Fact]
    public void Only_the_owner_acts_and_others_are_told_who_that_is()
    {
        CaseEvent[] others =
        [
            new OwnerAnswered(Ben), new WaitsForCustomer(Ben), new WantsKnown(Ben, "a refund"), new Promised(Ben, Now.AddDays(1), "call"), new Released(Ben),
            new Snoozed(Ben, Now.AddHours(1)), new LeaderBrought(Ben, Ana, ""), new StillOnIt(Ben), new Resolved(Ben, Outcome.Solved), new Dismissed(Ben),
        ];

        Assert.All(others, happened => Assert.StartsWith("Ana has it.", Refused(Mine(), happened), StringComparison.Ordinal));
    }

    [Fact]
    public void Not_a_complaint_closes_with_that_outcome_and_later_presses_are_told_who_closed_it()
    {
        var closed = Changed(Open(), new Dismissed(Ben)).Case;

        Assert.Equal((CaseState.Closed, Outcome.NotAComplaint), (closed.State, closed.Outcome));
        Assert.Equal("This case was closed by Ben: not a complaint.", Refused(closed, new Claimed(Ana)));
    }

    [Fact]
    public void A_hand_over_is_counted_and_warm_and_too_many_are_told_the_lead()
    {
        var @case = Mine();
        for (var i = 1; i <= Case.ManyHandOvers; i++)
        {
            var to = i % 2 == 1 ? Ben : Ana;
            var handed = Changed(@case, new HandedOver(Ana, to, "She waits for a call."));
            @case = handed.Case;

            Assert.Equal((to, i), (@case.Owner, @case.HandOvers));
            Assert.Contains(handed.Words, word => word.To == Audience.Owner && word.Text.Contains("She waits for a call.", StringComparison.Ordinal));
            Assert.Equal(i >= Case.ManyHandOvers, handed.Words.Any(word => word.To == Audience.Lead));
        }
    }

    [Fact]
    public void A_colleagues_answer_counts_from_its_true_time_and_the_owner_is_told()
    {
        var answered = Changed(Mine(), new AnsweredByUs("@care", Now - TimeSpan.FromMinutes(1)));

        Assert.Equal((CaseState.Answered, Now - TimeSpan.FromMinutes(1), "@care"), (answered.Case.State, answered.Case.AnsweredAt, answered.Case.AnsweredBy));
        Assert.Contains("Nobody needs to answer twice", Assert.Single(answered.Words, word => word.To == Audience.Owner).Text, StringComparison.Ordinal);
        Assert.IsType<Transition.Unchanged>(answered.Case.Apply(new AnsweredByUs("@care2", Now), Now));
        var earlier = Changed(answered.Case, new AnsweredByUs("@care3", Now - TimeSpan.FromMinutes(5))).Case;
        Assert.Equal((Now - TimeSpan.FromMinutes(5), "@care3"), (earlier.AnsweredAt, earlier.AnsweredBy));
    }

    [Fact]
    public void An_answer_older_than_the_customers_last_words_answers_nothing()
    {
        var waiting = Changed(Changed(Mine(), new AnsweredByUs("@care", Now)).Case, new SpokeAgain(2, Happiness.Silent, Now.AddMinutes(10)), Now.AddMinutes(10)).Case;

        Assert.Equal(CaseState.Claimed, waiting.State);
        Assert.IsType<Transition.Unchanged>(waiting.Apply(new AnsweredByUs("@care", Now.AddMinutes(5)), Now.AddMinutes(11)));
    }

    [Fact]
    public void Renewed_anger_opens_a_resolved_case_again_and_its_owner_is_told()
    {
        var resolved = Changed(Mine(), new Resolved(Ana, Outcome.Solved, "fixed")).Case;

        var angry = Changed(resolved, new SpokeAgain(2, Happiness.AngryAgain, Now.AddDays(1)), Now.AddDays(1));

        Assert.Equal((CaseState.Claimed, Ana, null, Happiness.AngryAgain), (angry.Case.State, angry.Case.Owner, angry.Case.Outcome, angry.Case.Happiness));
        Assert.Equal(Audience.Owner, Assert.Single(angry.Words).To);
    }

    [Fact]
    public void Happy_by_them_is_kept_apart_from_closed_by_us()
    {
        var resolved = Changed(Mine(), new Resolved(Ana, Outcome.Solved)).Case;
        var silent = Changed(resolved, new TimeCame(Step.CloseInSilence), Now.AddDays(12)).Case;
        var happy = Changed(silent, new SpokeAgain(2, Happiness.Happy, Now.AddDays(13)), Now.AddDays(13)).Case;

        Assert.Equal((CaseState.Closed, Outcome.Solved, Happiness.Silent), (silent.State, silent.Outcome, silent.Happiness));
        Assert.Equal((CaseState.Closed, Outcome.Solved, Happiness.Happy), (happy.State, happy.Outcome, happy.Happiness));
    }

    [Fact]
    public void A_promise_is_kept_by_an_answer_in_time_and_missed_by_the_clock()
    {
        var answered = Changed(Mine(), new OwnerAnswered(Ana)).Case;
        var promised = Changed(answered, new Promised(Ana, Now.AddDays(2), "call her")).Case;

        var kept = Changed(promised, new OwnerAnswered(Ana), Now.AddDays(1)).Case;
        var missed = Changed(promised, new TimeCame(Step.PromiseMissed), Now.AddDays(2));

        Assert.True(Assert.Single(kept.Promises).Kept);
        Assert.False(Assert.Single(missed.Case.Promises).Kept);
        Assert.Contains(missed.Words, word => word.To == Audience.Lead);
        Assert.Contains("passed", Refused(Mine(), new Promised(Ana, Now, "call")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_answer_gives_a_promise_and_keeps_none()
    {
        var promised = Changed(Mine(), new Promised(Ana, Now.AddDays(2), "a call")).Case;

        var pressed = Changed(promised, new OwnerAnswered(Ana), Now.AddMinutes(5)).Case;
        var heard = Changed(promised, new AnsweredByUs("@care", Now.AddMinutes(-1)), Now.AddMinutes(5)).Case;
        var again = Changed(Changed(pressed, new SpokeAgain(2, Happiness.Silent, Now.AddMinutes(-2)), Now.AddHours(1)).Case, new AnsweredByUs("@care", Now.AddMinutes(-1)), Now.AddHours(2));

        Assert.Equal((CaseState.Answered, "a call"), (pressed.State, pressed.OpenPromise?.What));
        Assert.Equal((CaseState.Answered, "a call"), (heard.State, heard.OpenPromise?.What));
        Assert.Equal((CaseState.Answered, "a call"), (again.Case.State, again.Case.OpenPromise?.What));
    }

    [Fact]
    public void An_idle_claim_is_free_again_and_the_room_is_told()
    {
        var free = Changed(Changed(Mine(), new TimeCame(Step.AskOwner), Now.AddHours(4)).Case, new TimeCame(Step.FreeClaim), Now.AddHours(8));

        Assert.True(free.Case.IsFree);
        Assert.Null(free.Case.Owner);
        Assert.Equal((Audience.Room, WordButtons.Claim), (Assert.Single(free.Words).To, free.Words[0].Buttons));
    }

    [Fact]
    public void Ones_own_last_press_can_be_undone_for_some_minutes_and_nobody_elses()
    {
        var resolved = Changed(Mine(), new Resolved(Ana, Outcome.Solved, "fixed")).Case;

        var undone = Changed(resolved, new Undone(Ana), Now.AddMinutes(4)).Case;

        Assert.Equal((CaseState.Claimed, Ana, null, null), (undone.State, undone.Owner, undone.Outcome, undone.ClosingNote));
        Assert.Contains("nothing of yours", Refused(resolved, new Undone(Ben)), StringComparison.Ordinal);
        Assert.Contains("too long ago", Refused(resolved, new Undone(Ana), Now.AddMinutes(6)), StringComparison.Ordinal);
        Assert.Contains("nothing of yours", Refused(undone, new Undone(Ana), Now.AddMinutes(4)), StringComparison.Ordinal);
    }

    [Fact]
    public void What_moved_meanwhile_is_not_undone()
    {
        var answered = Changed(Mine(), new AnsweredByUs("@care", Now)).Case;

        Assert.Contains("nothing of yours", Refused(answered, new Undone(Ana)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_merged_case_says_where_it_goes_on_and_is_not_opened_again()
    {
        var merged = Changed(Mine(), new Merged(Ana, 7)).Case;

        Assert.Equal("This case goes on as case 7.", Refused(merged, new Claimed(Ben)));
        Assert.StartsWith("This case goes on as case 7.", Refused(merged, new Reopened(Ben)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_nobody_has_takes_the_owner_of_the_one_merged_into_it_and_keeps_its_own()
    {
        var absorbed = new Absorbed(Ben, 7, 1, Priority.Normal, ["care"], Now) { Owner = Ben };

        var taken = Changed(Open(), absorbed);

        Assert.Equal((CaseState.Claimed, Ben, true), (taken.Case.State, taken.Case.Owner, taken.WithdrawPings));
        Assert.Equal(Ana, Changed(Mine(), absorbed).Case.Owner);
    }

    [Fact]
    public void A_calm_second_post_neither_adds_a_voice_nor_lowers_the_priority()
    {
        var calm = Changed(Open(Priority.High), new MentionJoined(2, Priority.Low, Complains: false, [])).Case;
        var loud = Changed(calm, new MentionJoined(3, Priority.Critical, Complains: true, ["legal"])).Case;

        Assert.Equal((1, Priority.High), (calm.Voices, calm.Priority));
        Assert.Equal((2, Priority.Critical), (loud.Voices, loud.Priority));
        Assert.Equal(["care", "legal"], loud.Teams);
    }

    [Fact]
    public void The_first_room_that_shows_it_changes_no_card()
    {
        var shown = Changed(Open(), new CardShown("care"));

        Assert.Equal((CaseState.Shown, Now, false), (shown.Case.State, shown.Case.ShownAt, shown.Shows));
        Assert.IsType<Transition.Unchanged>(shown.Case.Apply(new CardShown("legal"), Now));
    }

    [Fact]
    public void Undo_keeps_what_the_clock_did_meanwhile_so_that_nothing_is_said_twice()
    {
        var wanted = Changed(Open(Priority.Critical), new WantsKnown(Ana, "a refund")).Case;
        var pinged = Changed(wanted, new TimeCame(Step.Ping), Now.AddMinutes(3)).Case;

        var undone = Changed(pinged, new Undone(Ana), Now.AddMinutes(4)).Case;

        Assert.Equal((null, true, Now.AddMinutes(3)), (undone.Wants, undone.Pinged, undone.TakenAt(Step.Ping)));
    }

    [Fact]
    public void What_the_customer_made_more_urgent_or_the_floor_woke_is_not_undone()
    {
        var low = Changed(Open(Priority.High), new PrioritySet(Ben, Priority.Low)).Case;
        var asleep = Changed(Changed(Open(), new Snoozed(Ana, Now.AddDays(9))).Case, new WantsKnown(Ben, "a refund")).Case;
        CaseEvent[] graver = [new MentionJoined(2, Priority.Critical, Complains: true, []), new PostEdited(1, Priority.Critical)];

        foreach (var moved in graver.Select(words => Changed(low, words).Case).Concat(graver.Append(new TimeCame(Step.Floor)).Select(waking => Changed(asleep, waking).Case)))
        {
            Assert.Null(moved.SnoozedUntil);
            Assert.Contains("nothing of yours", Refused(moved, new Undone(Ben), Now.AddMinutes(2)), StringComparison.Ordinal);
        }
        Assert.Equal(Priority.High, Changed(Changed(low, new MentionJoined(2, Priority.Low, Complains: true, [])).Case, new Undone(Ben)).Case.Priority);
    }

    [Fact]
    public void A_case_that_came_back_is_not_put_to_sleep_again_by_undo()
    {
        var asleep = Changed(Mine(), new Snoozed(Ana, Now.AddMinutes(10)), Now).Case;
        var wanted = Changed(asleep, new WantsKnown(Ana, "a refund"), Now.AddMinutes(9)).Case;
        var awake = Changed(wanted, new TimeCame(Step.WakeUp), Now.AddMinutes(10)).Case;

        Assert.Contains("nothing of yours", Refused(awake, new Undone(Ana), Now.AddMinutes(11)), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_from_before_a_promise_does_not_keep_it()
    {
        var promised = Changed(Mine(), new Promised(Ana, Now.AddDays(2), "a refund")).Case;

        var answered = Changed(promised, new AnsweredByUs("@care", Now.AddMinutes(-2)), Now.AddMinutes(1)).Case;

        Assert.Equal((CaseState.Answered, "a refund"), (answered.State, answered.OpenPromise?.What));
    }

    [Fact]
    public void A_promise_of_a_case_that_was_given_back_is_told_to_whoever_is_on_call_and_missed_all_the_same()
    {
        var free = Changed(Changed(Mine(), new Promised(Ana, Now.AddDays(2), "call her")).Case, new Released(Ana)).Case;

        var near = Changed(free, new TimeCame(Step.NudgePromise), Now.AddDays(2).AddMinutes(-30));
        var missed = Changed(near.Case, new TimeCame(Step.PromiseMissed), Now.AddDays(2));

        Assert.Equal((Audience.OnCall, WordButtons.Claim), (Assert.Single(near.Words).To, near.Words[0].Buttons));
        Assert.Contains("Ana promised: call her", near.Words[0].Text, StringComparison.Ordinal);
        Assert.Equal([Audience.OnCall, Audience.Lead], missed.Words.Select(word => word.To));
    }

    [Fact]
    public void An_owner_who_writes_in_the_thread_has_answered_whether_they_are_still_on_it()
    {
        var asked = Changed(Mine(), new TimeCame(Step.AskOwner), Now.AddHours(4)).Case;

        Assert.Null(Changed(asked, new Noted(Ana, "I have her on the phone", Now.AddHours(5)), Now.AddHours(5)).Case.TakenAt(Step.AskOwner));
        Assert.NotNull(Changed(asked, new Noted(Ben, "poor her", Now.AddHours(5)), Now.AddHours(5)).Case.TakenAt(Step.AskOwner));
    }

    [Fact]
    public void A_customer_who_writes_again_wakes_a_case_that_was_put_off()
    {
        var again = Changed(Changed(Mine(), new OwnerAnswered(Ana)).Case, new SpokeAgain(2, Happiness.Silent, Now.AddMinutes(1)), Now.AddMinutes(1)).Case;
        var asleep = Changed(again, new Snoozed(Ana, Now.AddDays(9)), Now.AddMinutes(2)).Case;

        var woken = Changed(asleep, new SpokeAgain(3, Happiness.AngryAgain, Now.AddHours(1)), Now.AddHours(1));

        Assert.Equal((CaseState.Claimed, null, Audience.Owner), (woken.Case.State, woken.Case.SnoozedUntil, Assert.Single(woken.Words).To));
        Assert.Null(Changed(Changed(Open(), new Snoozed(Ana, Now.AddDays(9))).Case, new MentionJoined(2, Priority.Critical, Complains: true, [])).Case.SnoozedUntil);
    }

    [Fact]
    public void Whoever_takes_over_a_customer_who_wrote_after_our_answer_has_an_answer_to_give()
    {
        var spoke = new SpokeAgain(2, Happiness.Silent, Now.AddHours(1));
        var free = Changed(Changed(Open(), new AnsweredByUs("@care", Now)).Case, spoke, Now.AddHours(1)).Case;
        var owned = Changed(Changed(Mine(), new OwnerAnswered(Ana)).Case, spoke, Now.AddHours(1)).Case;
        var given = Changed(owned, new Released(Ana), Now.AddHours(2)).Case;

        foreach (var (@case, takesOver) in new (Case, CaseEvent)[]
        {
            (free, new Claimed(Ben)), (given, new Claimed(Ben)), (free, new HandedOver(Ana, Ben, "")), (owned, new HandedOver(Ana, Ben, "")),
            (free, new Absorbed(Ben, 7, 1, Priority.Normal, ["care"], Now) { Owner = Ben }),
        })
        {
            var taken = Changed(@case, takesOver, Now.AddHours(3)).Case;
            Assert.Equal((CaseState.Claimed, Ben), (taken.State, taken.Owner));
            Assert.Equal(new DueStep(Now.AddHours(7), Step.AskOwner), Agenda.Next(taken, new Team { Name = "care" }));
        }
    }

    [Fact]
    public void Whoever_takes_over_a_customer_whose_last_words_we_answered_has_none_to_give()
    {
        var spoke = Changed(Changed(Mine(), new OwnerAnswered(Ana)).Case, new SpokeAgain(2, Happiness.Silent, Now.AddHours(1)), Now.AddHours(1)).Case;
        foreach (var again in new CaseEvent[] { new OwnerAnswered(Ana), new AnsweredByUs("@care", Now.AddHours(2)) })
        {
            var answered = Changed(spoke, again, Now.AddHours(2)).Case;
            var waits = Changed(answered, new WaitsForCustomer(Ana), Now.AddHours(3)).Case;

            Assert.Equal(CaseState.Answered, Changed(answered, new HandedOver(Ana, Ben, ""), Now.AddHours(3)).Case.State);
            Assert.Equal(CaseState.Waiting, Changed(waits, new HandedOver(Ana, Ben, ""), Now.AddHours(3)).Case.State);
            Assert.Equal(CaseState.Answered, Changed(Changed(answered, new Released(Ana), Now.AddHours(3)).Case, new Claimed(Ben), Now.AddHours(4)).Case.State);
        }
    }

    [Fact]
    public void Whoever_waits_again_goes_up_the_ladder_again()
    {
        var pinged = Changed(Changed(Open(), new TimeCame(Step.Ping), Now.AddHours(1)).Case, new TimeCame(Step.Lead), Now.AddHours(3)).Case;
        var answered = Changed(pinged, new AnsweredByUs("@care", Now.AddHours(4)), Now.AddHours(4)).Case;

        var spoke = Changed(answered, new SpokeAgain(2, Happiness.Silent, Now.AddHours(5)), Now.AddHours(5)).Case;
        var angry = Changed(Changed(pinged, new Dismissed(Ana), Now.AddHours(5)).Case, new SpokeAgain(2, Happiness.AngryAgain, Now.AddHours(6)), Now.AddHours(6)).Case;

        Assert.Equal((false, null), (spoke.Pinged, spoke.TakenAt(Step.Lead)));
        Assert.Equal((CaseState.Shown, false, null), (angry.State, angry.Pinged, angry.TakenAt(Step.Lead)));
    }

    [Fact]
    public void An_owner_who_promised_when_asked_is_asked_anew_after_the_promise_was_missed()
    {
        var asked = Changed(Mine(), new TimeCame(Step.AskOwner), Now.AddHours(4)).Case;

        var promised = Changed(asked, new Promised(Ana, Now.AddDays(2), "call her"), Now.AddHours(5)).Case;

        Assert.Null(promised.TakenAt(Step.AskOwner));
        var missed = Changed(promised, new TimeCame(Step.PromiseMissed), Now.AddDays(2)).Case;
        var again = Changed(missed, new Promised(Ana, Now.AddDays(4), "call her again"), Now.AddDays(3)).Case;
        Assert.Equal(Step.PromiseMissed, Assert.Single(Changed(again, new TimeCame(Step.PromiseMissed), Now.AddDays(4)).Case.Taken).Step);
    }

    [Fact]
    public void An_owners_word_that_our_own_post_bears_out_is_not_taken_back()
    {
        var said = Changed(Mine(), new OwnerAnswered(Ana)).Case;
        var heard = Changed(said, new AnsweredByUs("@care", Now.AddMinutes(1)), Now.AddMinutes(2)).Case;

        Assert.Contains("nothing of yours", Refused(heard, new Undone(Ana), Now.AddMinutes(3)), StringComparison.Ordinal);
        Assert.Equal((CaseState.Answered, Now), (heard.State, heard.AnsweredAt));
    }

    [Fact]
    public void A_merge_loses_no_promise()
    {
        var promised = Changed(Mine(), new Promised(Ana, Now.AddDays(2), "call her")).Case;

        Assert.Contains("merge the other way round", Refused(promised, new Merged(Ana, 7)), StringComparison.Ordinal);
        Assert.Equal(7, Changed(Changed(promised, new PromiseKept(Ana)).Case, new Merged(Ana, 7)).Case.MergedInto);
    }

    private static Case Open(Priority priority = Priority.Normal) => Case.Open(new Opened(1, 1, priority, ["care"], Now, Now));

    private static Case Mine() => Changed(Open(), new Claimed(Ana)).Case;

    private static Transition.Changed Changed(Case @case, CaseEvent happened, DateTimeOffset? at = null) =>
        Assert.IsType<Transition.Changed>(@case.Apply(happened, at ?? Now));

    private static string Refused(Case @case, CaseEvent happened, DateTimeOffset? at = null) =>
        Assert.IsType<Transition.Unchanged>(@case.Apply(happened, at ?? Now)).Why;
}
