using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Cases;

/// <summary>
/// The case's life as one pure function:
/// <code>
/// state      event            next       what follows
/// -          opened           unclaimed  due: ping
/// unclaimed  claimed          claimed    pings withdrawn
/// unclaimed  nobody-claimed   unclaimed  ping, once
/// unclaimed  dismissed        closed     pings withdrawn; outcome "not a complaint"
/// claimed    claimed          claimed    the other one is told who has it
/// claimed    resolved         closed     needs an outcome
/// claimed    dismissed        closed     outcome "not a complaint"
/// open       mention-joined   same       louder or more urgent, never less
/// any        answered-by-us   same       no ping any more
/// any        post-edited, post-deleted   same; the card shows it
/// closed     any press        closed     told how it ended
/// </code>
/// </summary>
public sealed partial record Case
{
    public bool IsOpen => State != CaseState.Closed;

    /// <summary>How long a case may stay unclaimed before its rooms are pinged. Low ones are caught by the floor: nobody waits longer than a day.</summary>
    public static TimeSpan PingAfter(Priority priority) => priority switch
    {
        Priority.Critical => TimeSpan.FromMinutes(3),
        Priority.High => TimeSpan.FromMinutes(15),
        Priority.Normal => TimeSpan.FromMinutes(60),
        _ => TimeSpan.FromHours(24),
    };

    public static Case Open(Opened opened)
    {
        var @case = new Case
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
        };
        return @case with { Due = @case.NextDue() };
    }

    /// <summary>Pure: the same case, event and time give the same answer.</summary>
    public Transition Apply(CaseEvent happened, DateTimeOffset now) => happened switch
    {
        MentionJoined joined => IsOpen ? Change(Join(joined)) : Ignore(),
        PostEdited edited => edited.Priority > Priority && IsOpen ? Change(this with { Priority = edited.Priority }) : Change(this),
        PostDeleted deleted => Change(deleted.Mention == FirstMention && deleted.Next is { } next ? this with { FirstMention = next } : this),
        AnsweredByUs answer => Answered(answer),
        Claimed claim => Claim(claim.By, now),
        Dismissed dismissed => Dismiss(dismissed.By, now),
        Resolved resolved => Resolve(resolved, now),
        NobodyClaimed => PingUnclaimed(now),
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened.GetType().Name, "A case opens with Open."),
    };

    private Case Join(MentionJoined joined) => this with
    {
        Voices = joined.Complains ? Voices + 1 : Voices,
        Priority = joined.Priority > Priority && joined.Complains ? joined.Priority : Priority,
        Teams = joined.Teams.Except(Teams).Any() ? [.. Teams, .. joined.Teams.Except(Teams)] : Teams,
    };

    private Transition Answered(AnsweredByUs answer) =>
        AnsweredAt is { } earlier && earlier <= answer.Posted
            ? Ignore()
            : Change(this with { AnsweredAt = answer.Posted, AnsweredBy = answer.Account }, withdrawPings: true);

    private Transition Claim(Responder by, DateTimeOffset now) => State switch
    {
        CaseState.Unclaimed => Change(this with { State = CaseState.Claimed, Owner = by, ClaimedAt = now }, withdrawPings: true),
        CaseState.Claimed when Owner?.Id == by.Id => Refuse("It is already yours."),
        CaseState.Claimed => Refuse($"{Owner?.Name} has it already. Thank you for being quick."),
        _ => Refuse(HowItEnded()),
    };

    private Transition Dismiss(Responder by, DateTimeOffset now) =>
        IsOpen ? Change(Close(by, Cases.Outcome.NotAComplaint, now), withdrawPings: true) : Refuse(HowItEnded());

    private Transition Resolve(Resolved resolved, DateTimeOffset now) => State switch
    {
        CaseState.Unclaimed => Refuse("Nobody has it yet. Press Claim first, so that the customer has one person to talk to."),
        CaseState.Claimed => Change(Close(resolved.By, resolved.Outcome, now), withdrawPings: true),
        _ => Refuse(HowItEnded()),
    };

    private Case Close(Responder by, Outcome outcome, DateTimeOffset now) =>
        this with { State = CaseState.Closed, Outcome = outcome, ClosedAt = now, ClosedBy = by };

    private Transition PingUnclaimed(DateTimeOffset now) =>
        Due is { } due && due <= now && State == CaseState.Unclaimed
            ? Change(this with { Pinged = true }, ping: $"Nobody has claimed this {Priority.ToString().ToLowerInvariant()} case yet.")
            : Ignore();

    private string HowItEnded() => $"This case was closed by {ClosedBy?.Name}: {Outcome?.InWords()}.";

    private static Transition.Changed Change(Case next, string? ping = null, bool withdrawPings = false)
    {
        var changed = next with { Version = next.Version + 1 };
        return new Transition.Changed(changed with { Due = changed.NextDue() }, ping, withdrawPings);
    }

    private static Transition.Unchanged Ignore() => new("");

    private static Transition.Unchanged Refuse(string why) => new(why);

    private DateTimeOffset? NextDue() =>
        State == CaseState.Unclaimed && !Pinged && AnsweredAt is null
            ? (Posted > FirstSeen ? Posted : FirstSeen) + PingAfter(Priority)
            : null;
}

public static class OutcomeWords
{
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
