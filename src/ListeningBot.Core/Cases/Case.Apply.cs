using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Cases;

/// <summary>
/// The case's life as one pure function; replaying the events of a case gives its state. "Free": unclaimed or shown. "Held": claimed, answered or waiting, with an
/// owner. "Ended": resolved, followed up or closed. A row without a next state leaves it as it is.
/// <code>
/// state              event                    next         what follows
/// -                  opened                   unclaimed
/// unclaimed          card-shown               shown        no card looks different
/// free               claimed                  claimed      words withdrawn; answered, where the customer has not written since our last answer
/// held               claimed                               the other one is told who has it
/// free, own          dismissed                closed       outcome "not a complaint"
/// own                owner-answered           answered     first answer, unless there was one; an open promise is kept
/// own                waits-for-customer       waiting
/// own, free          wants-known                           what the customer wants
/// own                promised, promise-kept                one promise is open at a time
/// held               handed-over              claimed      as claimed; by anyone of the team; counted; the next owner gets the summary; from the 3rd on the lead is told
/// own                released                 shown        the room is told
/// own, free          snoozed                               until then nobody is asked
/// free, held         escalated                             the lead is told
/// free, held         priority-set                          what was put off comes back when it is more urgent
/// own                leader-brought                        the leader gets a draft, the owner stays
/// own                still-on-it                           the idle clock starts anew
/// own                resolved                 resolved     needs an outcome; "not ours" and "not a complaint" close at once
/// resolved           followed-up              followed-up
/// ended, not merged  reopened                 claimed      by the one who pressed
/// free, held         merged                   closed       another case has absorbed its mentions, and has its owner unless it had one; not while a promise is open; who loses it is told
/// free, held         absorbed                              whoever waited for an answer there waits here, as if they spoke again: the owner is told, unless they merged
/// any                undone                   as before    one's own last press, within 5 minutes, while nothing else moved the case; what is free by it is told to the room, and who was called for it is called anew
/// not ended          mention-joined                        louder or more urgent, never less; what was put off comes back when it is more urgent, also by an edit; when the customer wrote it
/// free, held         answered-by-us           answered     at its true time, unless the customer spoke since; the owner is told
/// answered           answered-by-us                        an open promise is kept, and whoever has it is on it: the idle clock starts anew
/// answered, waiting  spoke-again              claimed      free without an owner; the owner is told; also when it was put off, answered or not
/// ended              spoke-again, angry       claimed      free without an owner; the owner is told
/// any                spoke-again, happy                    "happy by them"
/// held               time-came, free-claim    shown        the room is told
/// resolved           time-came, silence       closed       also when followed up; the silence is shown
/// any                person-erased            closed       at the customer's wish; as it was where they were only named
/// any                customer-united                       the history on the card
/// held               any, now critical                     the owner is told, unless another word wakes them or they did it
/// free               any, now critical                     whoever is on call is told, and lead and manager are called anew; not while it is answered or put off
/// any                other times, edits, deletions, notes  words, or what the card shows
/// </code>
/// </summary>
public sealed partial record Case
{
    public static readonly TimeSpan UndoWithin = TimeSpan.FromMinutes(5);

    /// <summary>Not closed: it holds its keys, and what its customer says belongs to it.</summary>
    public bool IsOpen => State != CaseState.Closed;

    /// <summary>Nobody has it.</summary>
    public bool IsFree => State is CaseState.Unclaimed or CaseState.Shown || (State is CaseState.Answered && Owner is null);

    /// <summary>Nobody has it and somebody should: it was neither answered nor put off.</summary>
    public bool WaitsForSomebody => IsFree && State != CaseState.Answered && SnoozedUntil is null && !Shadow;

    /// <summary>Somebody has it and must act.</summary>
    public bool IsHeld => Owner is not null && State is CaseState.Claimed or CaseState.Answered or CaseState.Waiting;

    /// <summary>Since when the customer has our answer, or our solution: solved by phone, it is often never called answered. From then on no first answer is late, though none is known.</summary>
    public DateTimeOffset? ServedAt => AnsweredAt ?? AnsweredUntil;

    /// <summary>We have answered, and the customer has written after that, and not only to thank.</summary>
    public bool AwaitsAnswer => TheirWordsAt > (AnsweredUntil ?? AnsweredAt);

    /// <summary>Their thanks or anger are not their last words.</summary>
    public bool WroteSinceFelt => TheirWordsAt > FeltAt;

    /// <summary>The customer has written after this moment what nobody has answered yet, whether we answered before or never.</summary>
    public bool HasUnansweredSince(DateTimeOffset moment) => TheirWordsAt > moment && (ServedAt is null || AwaitsAnswer);

    /// <summary>Nobody needs to act, as far as we can tell.</summary>
    public bool HasEnded => State is CaseState.Resolved or CaseState.FollowedUp or CaseState.Closed;

    /// <summary>The promise that still has to be kept, or null.</summary>
    public Promise? OpenPromise => Promises.Count > 0 && Promises[^1].Kept is null ? Promises[^1] : null;

    /// <summary>From when escalation counts.</summary>
    public DateTimeOffset Since => WaitingSince ?? Later(Posted, FirstSeen);

    public static Case Open(Opened opened) => new()
    {
        Id = opened.CaseId,
        Version = 1,
        State = CaseState.Unclaimed,
        Priority = opened.Priority,
        Teams = opened.Teams,
        Posted = opened.Posted,
        FirstSeen = opened.FirstSeen,
        FirstMention = opened.Mention,
        Voices = 1,
        Aspect = opened.Aspect,
        Customer = opened.Customer,
        Private = opened.Private,
        Shadow = opened.Shadow,
        Group = opened.Group,
        For = opened.For,
        SplitFrom = opened.SplitFrom,
        Trace = opened.Trace,
        WaitingSince = Later(opened.Posted, opened.FirstSeen),
    };

    /// <summary>The state after these events, each at its time; the first must be <see cref="Opened"/>. What is due is not part of it.</summary>
    public static Case Replay(IEnumerable<(CaseEvent Event, DateTimeOffset At)> events)
    {
        Case? @case = null;
        foreach (var (happened, at) in events)
        {
            @case = @case is null ? Open((Opened)happened) : @case.Apply(happened, at) is Transition.Changed changed ? changed.Case : @case;
        }
        return @case ?? throw new ArgumentException("A case begins with its opening.", nameof(events));
    }

    /// <summary>Pure: the same case, event and time give the same answer.</summary>
    public Transition Apply(CaseEvent happened, DateTimeOffset now) => Warned(happened, Move(happened, now), now);

    private Transition Move(CaseEvent happened, DateTimeOffset now) => happened switch
    {
        Pressed press => WithUndo(press, Press(press, now), now),
        Undone undone => Undo(undone.By, now),
        CardShown => Show(now),
        MentionJoined joined => IsOpen ? Change(Join(joined)) : Ignore(),
        PostEdited edited => Change((edited.Priority > Priority && !HasEnded ? this with { Priority = edited.Priority, SnoozedUntil = null, LastPress = null } : this) with { TheirWordsAt = LastWords(edited.TheirWordsAt) }),
        PostDeleted deleted => Change(deleted.Mention == FirstMention && deleted.Next is { } next ? this with { FirstMention = next } : this),
        AnsweredByUs answer => AnsweredInThread(answer, now),
        SpokeAgain spoke => Speak(spoke, now),
        AuthorKnown known => Change(this) with { Shows = known.Named },
        Noted note => Change(note.By.Id == Owner?.Id ? Acted(now) : this),
        Merged merged => Merge(merged, now),
        Absorbed absorbed => Absorb(absorbed, now),
        SplitOff split => Change(this with { FirstMention = split.Next, Voices = split.By is null ? Voices : Math.Max(1, Voices - 1), LastPress = null }),
        PersonErased { Whole: true } => Change(
            this with { State = CaseState.Closed, ClosedAt = ClosedAt ?? now, Erased = true, Customer = null, SnoozedUntil = null, LastPress = null }, withdraw: true),
        PersonErased => Change(this with { LastPress = null }),
        CustomerUnited united => Change(this with { Customer = united.Into }),
        Ungrouped => Change(this with { Group = null }),
        NobodyClaimed => TakeStep(Step.Ping, now),
        TimeCame time => TakeStep(time.Step, now),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "A case opens with Open."),
    };

    /// <summary>
    /// Whoever has a case that becomes critical hears it, however it did, unless other words wake them or it was their own doing. Where nobody has it, whoever is on
    /// call hears it, and all others are called anew: that they were called for less, perhaps yesterday, is no answer to a fire.
    /// </summary>
    private Transition Warned(CaseEvent happened, Transition moved, DateTimeOffset now)
    {
        if (Priority == Priority.Critical || moved is not Transition.Changed { Words.Count: 0, Case: { Priority: Priority.Critical } after } changed
            || !(after.IsHeld || after.WaitsForSomebody) || !IsNews(happened, after.Owner))
        {
            return moved;
        }
        var words = after.ToWhoeverActs("critical", happened is PrioritySet set ? $"{set.By.Name} says that this case is critical." : "This case is critical now.");
        return after.IsHeld ? changed with { Words = words } : changed with { Case = after.CalledAnew(now), Words = [words[0] with { Buttons = WordButtons.Claim }] };
    }

    private bool IsNews(CaseEvent happened, Responder? owner) => happened switch
    {
        PrioritySet set => set.By.Id != owner?.Id,
        Undone => false,

        // It says so itself to whoever has it.
        Absorbed => owner is null,

        // SpokeAgain follows, and says so.
        MentionJoined { TheirWordsAt: not null } => State is CaseState.Unclaimed or CaseState.Shown or CaseState.Claimed && SnoozedUntil is null,
        _ => true,
    };

    private Transition Show(DateTimeOffset now) =>
        State == CaseState.Unclaimed ? Change(this with { State = CaseState.Shown, ShownAt = now }) with { Shows = false } : Ignore();

    /// <summary>Who put it off did not know how urgent it would be (nor before an edit), and who said how urgent it is did not know these words.</summary>
    private Case Join(MentionJoined joined) => (joined.Priority > Priority && joined.Complains ? Raise(joined) : this) with
    {
        Voices = joined.Complains ? Voices + 1 : Voices,
        Teams = Union(joined.Teams),
        TheirWordsAt = LastWords(joined.TheirWordsAt),
    };

    /// <summary>What they wrote first may be heard after what opened the case.</summary>
    private DateTimeOffset? LastWords(DateTimeOffset? heard) => heard is { } wrote ? Later(Later(wrote, Posted), TheirWordsAt ?? wrote) : TheirWordsAt;

    private Case Raise(MentionJoined joined) => this with { Priority = joined.Priority, SnoozedUntil = joined.TheirWordsAt is null ? null : SnoozedUntil, LastPress = null };

    private Transition Merge(Merged merged, DateTimeOffset now) =>
        HasEnded ? Refuse(HowItEnded())
        : OpenPromise is not null ? Refuse($"A promise is still open in case {Id} and would be lost. Keep it first, or merge the other way round.")
        : Change(
            this with { State = CaseState.Closed, MergedInto = merged.Into, ClosedAt = now, ClosedBy = merged.By, LastPress = null }, withdraw: true,
            merged.By is { } by && Owner is { } loses && loses.Id != by.Id && merged.Owner is { } has && has.Id != loses.Id
                ? [new Word(Audience.Owner, "merged-away", $"{by.Name} has merged this case into case {merged.Into}: {has.Name} has it now.")] : []);

    /// <summary>
    /// Who had the other one has this one now, unless somebody has it already: nobody is called for what is in good hands. Whoever waits there for an answer waits here:
    /// what was put off comes back, and our answer from before answers them no more.
    /// </summary>
    private Transition.Changed Absorb(Absorbed other, DateTimeOffset now)
    {
        var takes = IsFree && other.Owner is not null;
        var raises = other.Priority > Priority;
        var waits = !HasEnded && other.WaitsSince is { } wrote && !(wrote <= (AnsweredUntil ?? AnsweredAt));
        var wakes = waits && (State is CaseState.Answered or CaseState.Waiting || SnoozedUntil is not null);
        var next = wakes ? Roused(now) : this;
        next = next with { TheirWordsAt = waits ? Later(other.WaitsSince!.Value, TheirWordsAt ?? Posted) : TheirWordsAt };
        next = takes ? next.Acted(now) with { State = next.InHands, Owner = other.Owner, ClaimedAt = ClaimedAt ?? now, Taken = Lasting } : next;
        return Change(
            next with
            {
                Voices = Voices + other.Voices,
                Priority = raises ? other.Priority : Priority,
                SnoozedUntil = takes || raises ? null : next.SnoozedUntil,
                Teams = Union(other.Teams),
                Posted = other.Posted < Posted ? other.Posted : Posted,
                FirstSeen = other.FirstSeen < FirstSeen ? other.FirstSeen.Value : FirstSeen,
                LastPress = null,
            },
            withdraw: takes,
            next.Owner is { } owner && owner.Id != other.By.Id && (wakes || takes || owner.Id != other.Owner?.Id) && WhatComes(takes, waits, raises ? other.Priority : null) is { } what
                ? [new Word(Audience.Owner, "merged", $"{other.By.Name} has merged case {other.From} into this one: {what}.") { CannotWait = waits || raises }] : []);
    }

    /// <summary>What a merge brings to whoever goes on; null when there is nothing to do.</summary>
    private static string? WhatComes(bool takes, bool waits, Priority? raised) =>
        takes ? "it goes on here, and is yours"
        : waits ? raised == Priority.Critical ? "it is critical, and its customer waits for an answer" : "its customer waits for an answer"
        : raised == Priority.Critical ? "it is critical" : null;

    private IReadOnlyList<string> Union(IReadOnlyList<string> teams) => teams.Except(Teams).Any() ? [.. Teams, .. teams.Except(Teams)] : Teams;

    /// <summary>How it ended, for whoever presses a button of the past.</summary>
    public string HowItEnded() =>
        Erased ? "This case was erased at its customer's wish." :
        MergedInto is { } other ? $"This case goes on as case {other}."
        : Outcome is not { } outcome ? $"This case was closed by {ClosedBy?.Name ?? "nobody"}."
        : State == CaseState.Closed ? $"This case was closed by {ClosedBy?.Name}: {outcome.InWords()}."
        : $"{ClosedBy?.Name} has resolved this case: {outcome.InWords()}.";

    /// <summary>When this step was last taken, null when it was not.</summary>
    public DateTimeOffset? TakenAt(Step step) => Taken.LastOrDefault(taken => taken.Step == step)?.At;

    /// <summary>Steps that a case takes once, whoever has it.</summary>
    private IReadOnlyList<StepTaken> Lasting => [.. Taken.Where(taken => taken.Step is Step.WarnTarget or Step.TargetMissed or Step.Floor)];

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Where it stands with its next owner: our first answer has not answered what the customer wrote after it.</summary>
    private CaseState InHands => this switch
    {
        { AnsweredAt: null } => CaseState.Claimed,
        { State: CaseState.Answered or CaseState.Waiting } => State,
        { IsFree: true, AwaitsAnswer: false } => CaseState.Answered,
        _ => CaseState.Claimed,
    };

    private static Transition.Changed Change(Case next, bool withdraw = false, params IReadOnlyList<Word> words) =>
        new(next with { Version = next.Version + 1 }, words, withdraw);

    private static Transition.Unchanged Ignore() => new("");

    private static Transition.Unchanged Refuse(string why) => new(why);
}

public static class OutcomeWords
{
    public static bool Solves(this Outcome outcome) => outcome is Outcome.Solved or Outcome.WentBeyond;

    public static string InWords(this Outcome outcome) => outcome switch
    {
        Outcome.Solved => "solved",
        Outcome.WentBeyond => "solved, and we went beyond",
        Outcome.NotOurs => "not ours",
        Outcome.Unreachable => "unreachable",
        Outcome.WentAway => "the customer went away",
        _ => "not a complaint",
    };
}
