namespace ListeningBot.Core.Cases;

/// <summary>What people do to a case.</summary>
public sealed partial record Case
{
    /// <summary>From so many hand-overs on, the lead is told: a customer wants one person to talk to.</summary>
    public const int ManyHandOvers = 3;

    private Transition Press(Pressed press, DateTimeOffset now) => press switch
    {
        Claimed claim => Claim(claim.By, now),
        Dismissed dismissed => Dismiss(dismissed.By, now),
        WantsKnown wants => IsFree || IsOwn(wants.By) ? Change(Acted(now) with { Wants = wants.Text }) : RefuseOther(),
        Snoozed snoozed => IsFree || IsOwn(snoozed.By) ? Change(Acted(now) with { SnoozedUntil = snoozed.Until }, withdraw: true) : RefuseOther(),
        HandedOver handed => HandOver(handed, now),
        Escalated escalated => HasEnded ? Refuse(HowItEnded())
            : Change(Acted(now) with { Taken = [.. Taken, new StepTaken(Step.Lead, now)] }, words: new Word(Audience.Lead, "escalated", $"{escalated.By.Name} asks for your help: {escalated.Why}")),
        PrioritySet set => HasEnded ? Refuse(HowItEnded())
            : set.Priority == Priority ? Refuse($"It is {Priority.ToString().ToLowerInvariant()} already.")
            : Change(Acted(now) with { Priority = set.Priority, SnoozedUntil = set.Priority > Priority ? null : SnoozedUntil }),
        Reopened reopened => Reopen(reopened.By, now),
        FollowedUp follow => State == CaseState.Resolved ? Change(this with { State = CaseState.FollowedUp, FollowedUpAt = now }, withdraw: true)
            : Refuse(State == CaseState.FollowedUp ? "The follow-up was done already." : HasEnded ? HowItEnded() : "A follow-up comes after the case is resolved."),
        _ when !IsHeld => Refuse(HasEnded ? HowItEnded() : "Nobody has it yet. Press Claim first, so that the customer has one person to talk to."),
        _ when !IsOwn(press.By) => RefuseOther(),
        OwnerAnswered answered => Change(KeepByAnswer(now) with { State = CaseState.Answered, AnsweredAt = AnsweredAt ?? now, AnsweredBy = AnsweredBy ?? answered.By.Name, AnsweredUntil = now }, withdraw: true),
        WaitsForCustomer => Change(Acted(now) with { State = CaseState.Waiting }, withdraw: true),
        Promised promised => Promise(promised, now),
        PromiseKept => OpenPromise is null ? Refuse("No promise is open.") : Change(Keep(now), withdraw: true),
        Released released => Change(Freed(now), withdraw: true, new Word(Audience.Room, "released", $"{released.By.Name} gives this case back. It is free.") { Buttons = WordButtons.Claim }),
        LeaderBrought brought => Change(
            Acted(now) with { Leader = brought.Leader },
            words: new Word(Audience.Leader, "leader", $"{brought.By.Name} asks {brought.Leader.Name} to write to this customer in person. A draft: {brought.Draft}")),
        StillOnIt => Change(Acted(now), withdraw: true),
        Resolved resolved => Resolve(resolved, now),
        _ => throw new ArgumentOutOfRangeException(nameof(press), press.GetType().Name, "not known"),
    };

    private Transition Claim(Responder by, DateTimeOffset now) =>
        IsFree ? Change(
            Acted(now) with { State = InHands, Owner = by, ClaimedAt = ClaimedAt ?? now, Taken = Lasting, SnoozedUntil = null }, withdraw: true)
        : HasEnded ? Refuse(HowItEnded())
        : Refuse(IsOwn(by) ? "It is already yours." : $"{Owner?.Name} has it already. Thank you for being quick.");

    private Transition Dismiss(Responder by, DateTimeOffset now) =>
        HasEnded ? Refuse(HowItEnded())
        : IsFree || IsOwn(by) ? Change(End(by, Cases.Outcome.NotAComplaint, CaseState.Closed, now), withdraw: true)
        : RefuseOther();

    private Transition Resolve(Resolved resolved, DateTimeOffset now)
    {
        var atOnce = resolved.Outcome is Cases.Outcome.NotAComplaint or Cases.Outcome.NotOurs;
        return Change(
            End(resolved.By, resolved.Outcome, atOnce ? CaseState.Closed : CaseState.Resolved, now) with
            {
                AnsweredUntil = resolved.Outcome.Solves() ? now : AnsweredUntil,
                ClosingNote = resolved.Note,
                Offered = resolved.Offered,
                Beyond = resolved.Beyond,
            },
            withdraw: true);
    }

    private Case End(Responder by, Outcome outcome, CaseState state, DateTimeOffset now) => Keep(now) with
    {
        State = state,
        Outcome = outcome,
        ResolvedAt = now,
        ClosedAt = state == CaseState.Closed ? now : null,
        ClosedBy = by,
        AnsweredBeforeEnd = AnsweredUntil,
        SnoozedUntil = null,
        Taken = Lasting,
    };

    private Transition Promise(Promised promised, DateTimeOffset now) =>
        promised.Due <= now ? Refuse("That time has passed. When will it be?")
        : Change(Acted(now) with
        {
            Promises = [.. OpenPromise is null ? Promises : Promises.Take(Promises.Count - 1), new Promise(promised.By, promised.Due, promised.What, now)],
            Taken = [.. Taken.Where(taken => taken.Step is not (Step.AskOwner or Step.NudgePromise or Step.PromiseMissed))],
            SnoozedUntil = null,
        });

    private Transition HandOver(HandedOver handed, DateTimeOffset now)
    {
        if (HasEnded)
        {
            return Refuse(HowItEnded());
        }
        if (handed.To.Id == Owner?.Id)
        {
            return Refuse($"{handed.To.Name} has it already.");
        }
        var count = Owner is null ? HandOvers : HandOvers + 1;
        var next = Acted(now) with { State = InHands, Owner = handed.To, ClaimedAt = ClaimedAt ?? now, HandOvers = count, Taken = Lasting, SnoozedUntil = null };
        var words = new List<Word> { new(Audience.Owner, "handed-over", $"{handed.By.Name} hands this case over to {handed.To.Name}. {handed.Summary}") };
        if (count >= ManyHandOvers && Owner is not null)
        {
            words.Add(new Word(Audience.Lead, "hand-overs", $"This case has changed hands {count} times: the customer wants one person to talk to."));
        }
        return Change(next, withdraw: true, words);
    }

    /// <summary>Whoever presses takes the solution back, and no more: where nobody has answered before it, the first answer is due.</summary>
    private Transition Reopen(Responder by, DateTimeOffset now) =>
        MergedInto is not null ? Refuse(HowItEnded() + " Split takes posts out of it again.")
        : Erased ? Refuse(HowItEnded())
        : !HasEnded ? Refuse("It is open.")
        : Change(Revived(now) with { State = CaseState.Claimed, Owner = by, ClaimedAt = ClaimedAt ?? now, AnsweredUntil = IsThankedFor ? AnsweredUntil : new[] { AnsweredBeforeEnd, AnsweredAt }.Max() });

    /// <summary>The customer has thanked since this solution: that there was one is not taken back with a press. What they felt about an earlier one says nothing of it.</summary>
    private bool IsThankedFor => Happiness == Cases.Happiness.Happy && TheirWordsAt >= ResolvedAt;

    /// <summary>Open again, with what was given and said kept.</summary>
    private Case Revived(DateTimeOffset now) => Acted(now) with { Outcome = null, ResolvedAt = null, FollowedUpAt = null, ClosedAt = null, ClosedBy = null, WaitingSince = now, Taken = Lasting, Pinged = false };

    private Case Freed(DateTimeOffset now) => this with { State = CaseState.Shown, Owner = null, WaitingSince = now, LastAction = now, Taken = Lasting, Pinged = false };

    /// <summary>The ladder begins anew, with a word to whoever is on call as its ping.</summary>
    private Case CalledAnew(DateTimeOffset now) => this with { WaitingSince = now, Taken = [.. Lasting, new StepTaken(Step.Ping, now)], Pinged = true };

    private Case Acted(DateTimeOffset now) => this with { LastAction = now, Taken = Without(Step.AskOwner) };

    private IReadOnlyList<StepTaken> Without(Step step) => [.. Taken.Where(taken => taken.Step != step)];

    /// <summary>The first answer keeps no promise, it gives it ("you hear from me by Friday"); no more does one from before the promise was noted.</summary>
    private Case KeepByAnswer(DateTimeOffset at) => AnsweredAt is null || at < OpenPromise?.MadeAt ? Acted(at) : Keep(at);

    /// <summary>A later answer or an end: an open promise is kept when it comes in time.</summary>
    private Case Keep(DateTimeOffset at) => OpenPromise is { } promise
        ? Acted(at) with { Promises = [.. Promises.Take(Promises.Count - 1), promise with { Kept = at <= promise.Due, EndedAt = at }] }
        : Acted(at);

    private bool IsOwn(Responder by) => IsHeld && Owner?.Id == by.Id;

    private Transition.Unchanged RefuseOther() =>
        HasEnded ? Refuse(HowItEnded()) : Refuse($"{Owner?.Name} has it. To take it over press More, then Hand over: the customer has one person to talk to.");

    private Transition WithUndo(Pressed press, Transition transition, DateTimeOffset now) => transition is Transition.Changed changed
        ? changed with { Case = changed.Case with { LastPress = new LastPress(press.By, now, press.GetType().Name, this with { LastPress = null, Due = null, DueStep = null }) } }
        : transition;

    /// <summary>
    /// What the clock did meanwhile was said, and stays: nothing is said twice. But whoever takes a press back is on it, and is asked anew; and where the press
    /// took back the calls for a case that waits for somebody again, they are said again.
    /// </summary>
    private Transition Undo(Responder by, DateTimeOffset now)
    {
        if (LastPress is not { } last || last.By.Id != by.Id)
        {
            return Refuse("There is nothing of yours to undo here.");
        }
        if (now - last.At > UndoWithin)
        {
            return Refuse("That was too long ago to undo.");
        }
        var before = last.Before;
        var tookNothingBack = IsFree && before.WaitsForSomebody && last.What is nameof(WantsKnown) or nameof(PrioritySet);
        var callsAgain = before.WaitsForSomebody && !tookNothingBack;
        var since = Taken.Where(taken => taken.At > last.At && !before.Taken.Contains(taken)).ToList();
        return Change(this with
        {
            State = before.State == CaseState.Unclaimed && ShownAt is not null ? CaseState.Shown : before.State,
            Owner = before.Owner,
            Priority = last.What == nameof(PrioritySet) ? before.Priority : Priority,
            ClaimedAt = before.ClaimedAt,
            AnsweredAt = before.AnsweredAt,
            AnsweredBy = before.AnsweredBy,
            AnsweredUntil = before.AnsweredUntil,
            AnsweredBeforeEnd = before.AnsweredBeforeEnd,
            Wants = before.Wants,
            Promises = before.Promises,
            SnoozedUntil = before.SnoozedUntil,
            HandOvers = before.HandOvers,
            Leader = before.Leader,
            Outcome = before.Outcome,
            ClosingNote = before.ClosingNote,
            Offered = before.Offered,
            Beyond = before.Beyond,
            ResolvedAt = before.ResolvedAt,
            FollowedUpAt = before.FollowedUpAt,
            ClosedAt = before.ClosedAt,
            ClosedBy = before.ClosedBy,
            WaitingSince = before.WaitingSince,
            Pinged = !callsAgain && (before.Pinged || since.Exists(taken => taken.Step == Step.Ping)),
            Taken = [.. before.Taken.Concat(since).Where(taken => taken.Step != Step.AskOwner && !(callsAgain && (taken.Step is Step.Ping or Step.Lead or Step.Manager)))],
            LastAction = now,
            LastPress = null,
        }, withdraw: !tookNothingBack, words:
            Owner is not null && before.WaitsForSomebody ? [new Word(Audience.Room, "released", $"{by.Name} has pressed Undo: this case is free again.") { Buttons = WordButtons.Claim }]
            : tookNothingBack && Priority == Scoring.Priority.Critical && before.Priority != Priority ? [new Word(Audience.Room, "not-critical", $"{by.Name} has pressed Undo: this case is not critical.")]
            : []);
    }
}
