using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Cases;

/// <summary>What others and the clock do to a case.</summary>
public sealed partial record Case
{
    /// <summary>What we post within this time after our first answer is still that answer.</summary>
    private static readonly TimeSpan OneAnswer = TimeSpan.FromMinutes(15);

    /// <summary>We solved it, or answered, after these words: they say nothing of that.</summary>
    public bool DidMoreSince(DateTimeOffset words) => words < (ResolvedAt ?? AnsweredUntil ?? AnsweredAt);

    /// <summary>An account of ours has answered: nobody shall answer twice. An answer older than the customer's last words answers nothing.</summary>
    private Transition AnsweredInThread(AnsweredByUs answer, DateTimeOffset now)
    {
        var first = AnsweredAt is not { } earlier || answer.Posted < earlier;
        var last = !(TheirWordsAt > answer.Posted);
        var moves = State is CaseState.Unclaimed or CaseState.Shown or CaseState.Claimed or CaseState.Waiting && last;
        if (!first && last && State == CaseState.Answered && !GoesOnWithTheFirst(answer.Posted))
        {
            return AnsweredAgain(answer.Posted);
        }
        if (!first && !moves)
        {
            // It was answered for certain: taking the owner's word back would call for a second answer.
            return LastPress is { Before.AnsweredAt: null } ? Change(this with { LastPress = null }) : Ignore();
        }
        var next = moves ? KeepByPost(answer.Posted) with { State = CaseState.Answered, LastAction = now, LastPress = null } : this;
        next = next with { AnsweredUntil = Later(answer.Posted, AnsweredUntil ?? AnsweredAt ?? answer.Posted) };
        next = first ? next with { AnsweredAt = answer.Posted, AnsweredBy = answer.Account, LastPress = null } : next;
        return Change(next, withdraw: last, moves && Owner is not null ? [new Word(Audience.Owner, "answered", $"{answer.Account} has answered this customer. Nobody needs to answer twice.")] : []);
    }

    /// <summary>Nobody waited for it, but it keeps an open promise, and whoever gave it is on the case.</summary>
    private Transition.Changed AnsweredAgain(DateTimeOffset posted)
    {
        var next = KeepByPost(posted) with { LastAction = Later(posted, LastAction ?? posted), AnsweredUntil = Later(posted, AnsweredUntil ?? posted), LastPress = null };
        return Change(next, withdraw: true) with { Shows = next.OpenPromise != OpenPromise };
    }

    /// <summary>Where posts are short one answer is cut into several: the rest of that in which a promise was given does not keep it.</summary>
    private bool GoesOnWithTheFirst(DateTimeOffset posted) => posted - AnsweredAt < OneAnswer;

    /// <summary>The same, where Promise was pressed before all of that answer was posted.</summary>
    private Case KeepByPost(DateTimeOffset posted) => posted - OpenPromise?.MadeAt < OneAnswer ? Acted(posted) : KeepByAnswer(posted);

    private Transition Speak(SpokeAgain spoke, DateTimeOffset now)
    {
        var urgency = spoke.Feeling == Happiness.AngryAgain || !HasEnded ? spoke.Priority : null;
        var wrote = Later(TheirWordsAt ?? spoke.Posted, spoke.Posted);
        var heard = this with
        {
            TheirWordsAt = wrote,
            AnsweredUntil = spoke.Feeling == Happiness.Happy && AsksNothingSince && ServedAt is { } answered ? Later(spoke.Posted, AnsweredUntil ?? answered) : AnsweredUntil,
            Happiness = spoke.Feeling == Happiness.Silent ? Happiness : spoke.Feeling,
            FeltAt = spoke.Feeling == Happiness.Silent ? FeltAt : wrote,
            Priority = urgency > Priority ? urgency.Value : Priority,
            LastPress = urgency > Priority ? null : LastPress,
        };
        return (spoke.Feeling, HasEnded) switch
        {
            (Happiness.AngryAgain, true) when MergedInto is null && !Erased => Change(
                heard.Revived(now) with { State = Owner is null ? CaseState.Shown : CaseState.Claimed, AnsweredUntil = AnsweredUntil ?? (Outcome?.Solves() == true ? ResolvedAt : null), LastPress = null }, words: ToWhoeverActs("angry", "The customer is angry again: the case is open again.")),
            (_, true) => Change(heard),
            (Happiness.Happy, false) => Change(heard, words: ToOwner("happy", "The customer thanks. Is it solved?")),
            _ when State is CaseState.Answered or CaseState.Waiting || SnoozedUntil is not null => Change(
                heard.Roused(now), words: ToWhoeverActs("spoke", "The customer has written again.")),
            _ => Change(heard),
        };
    }

    /// <summary>The customer has written nothing since our answer, or since a promise to what they wrote: their thanks are for that.</summary>
    private bool AsksNothingSince => !AwaitsAnswer || (OpenPromise is { } promise && !HasUnansweredSince(promise.MadeAt));

    /// <summary>The customer waits again. Their owner was asked whether they are still on it before these words: they have their time anew.</summary>
    private Case Roused(DateTimeOffset now) => this with
    {
        State = Owner is null ? CaseState.Shown : CaseState.Claimed,
        WaitingSince = now,
        LastAction = now,
        SnoozedUntil = null,
        Taken = Owner is null ? Lasting : Without(Step.AskOwner),
        Pinged = Pinged && Owner is not null,
        LastPress = null,
    };

    private IReadOnlyList<Word> ToOwner(string kind, string text) => [new Word(Owner is null ? Audience.OnCall : Audience.Owner, kind, text)];

    private IReadOnlyList<Word> ToWhoeverActs(string kind, string text) => [ToOwner(kind, text)[0] with { CannotWait = true }];

    private Transition TakeStep(Step step, DateTimeOffset now)
    {
        var taken = this with { Taken = [.. Taken, new StepTaken(step, now)] };
        var what = $"this {Priority.ToString().ToLowerInvariant()} case";
        return step switch
        {
            Step.Ping when IsFree => Change(taken with { Pinged = true }, words: new Word(Audience.OnCall, "ping", $"Nobody has claimed {what} yet.") { Buttons = WordButtons.Claim }),
            Step.Lead when IsFree => Change(taken, words: new Word(Audience.Lead, "lead", $"Nobody has claimed {what} for {Wording.InWords(now - Since)}.") { Buttons = WordButtons.Claim }),
            Step.Manager when IsFree => Change(taken, words: new Word(Audience.Manager, "manager", $"Still nobody has claimed {what}, after {Wording.InWords(now - Since)}.") { Buttons = WordButtons.Claim }),
            Step.Repeat when IsFree => Change(taken, words: ToEveryone($"Nobody has claimed {what} for {Wording.InWords(now - Since)}.")),
            Step.WarnTarget when ServedAt is null && !HasEnded => Change(taken, words: new Word(IsFree ? Audience.OnCall : Audience.Owner, "warn", $"The first answer to {what} is nearly late: the customer waits for {Wording.InWords(now - Posted)}.")),
            Step.TargetMissed when ServedAt is null && !HasEnded => Change(taken, words: ToOwnerAndLead("late", $"The first answer to {what} is late: the customer waits for {Wording.InWords(now - Posted)}.")),
            Step.Floor when !HasEnded => Change(
                taken with { SnoozedUntil = null, LastPress = SnoozedUntil is null ? LastPress : null },
                words: ToOwnerAndLead("floor", ServedAt is null
                    ? $"This customer waits for {Wording.InWords(now - Posted)}. Nobody waits longer, however small."
                    : $"Nothing has happened on this case for {Wording.InWords(now - (LastAction ?? ServedAt.Value))}. Does the customer wait?")),
            Step.AskOwner when IsHeld => Change(taken, words: new Word(Audience.Owner, "idle", "Are you still on it? Without an answer the case is free again soon.") { Buttons = WordButtons.StillOnIt }),
            Step.FreeClaim when IsHeld => Change(
                Freed(now) with { LastPress = null, HandOvers = HandOvers + 1 }, withdraw: true,
                new Word(Audience.Room, "freed", $"{Owner?.Name} did nothing on it for some time: the case is free again.") { Buttons = WordButtons.Claim }),
            Step.NudgePromise when OpenPromise is { } promise => Change(taken, words: IsFree
                ? new Word(Audience.OnCall, "promise", $"Nobody has this case, and in {Wording.InWords(promise.Due - now)} {promise.By.Name} promised: {promise.What}") { Buttons = WordButtons.Claim }
                : new Word(Audience.Owner, "promise", $"In {Wording.InWords(promise.Due - now)} you promised: {promise.What}") { Buttons = WordButtons.PromiseKept }),
            Step.PromiseMissed when OpenPromise is { } promise => Change(
                taken with { Promises = [.. Promises.Take(Promises.Count - 1), promise with { Kept = false, EndedAt = now }], LastPress = null },
                words: ToOwnerAndLead("promise-missed", $"A promise was not kept: {promise.What}")),
            Step.WakeUp when SnoozedUntil is not null => Change(taken with { SnoozedUntil = null, LastAction = now, WaitingSince = IsFree ? now : WaitingSince, Taken = IsFree ? Lasting : Taken, Pinged = Pinged && !IsFree, LastPress = null }, words: ToOwner("woke", "This case comes back now, as asked.")),
            Step.FollowUp when State == CaseState.Resolved => Change(taken, words: new Word(Audience.Owner, "follow-up", "Some days have passed: ask the customer in person whether all is well. The thread has a draft.") { Buttons = WordButtons.FollowedUp }),
            Step.CloseInSilence when State is CaseState.Resolved or CaseState.FollowedUp => Change(taken with { State = CaseState.Closed, ClosedAt = now, LastPress = null }, withdraw: true),
            _ => Ignore(),
        };
    }

    /// <summary>Whoever is on call, and who was called last: the managers, or where a team never calls them the leads.</summary>
    private IReadOnlyList<Word> ToEveryone(string text)
    {
        var onCall = new Word(Audience.OnCall, "repeat", text) { Buttons = WordButtons.Claim };
        return TakenAt(Step.Manager) is not null ? [onCall, new Word(Audience.Manager, "repeat-manager", text)]
            : TakenAt(Step.Lead) is not null ? [onCall, new Word(Audience.Lead, "repeat-lead", text)]
            : [onCall];
    }

    private IReadOnlyList<Word> ToOwnerAndLead(string kind, string text) => [.. ToOwner(kind, text), new Word(Audience.Lead, kind + "-lead", text)];
}
