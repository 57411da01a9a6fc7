using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Pipeline;

/// <summary>Short words beside a card: to whom, and with which buttons.</summary>
public sealed partial class CaseWriter
{
    private void Say(Transition.Changed changed, CaseEvent happened)
    {
        if (changed.WithdrawPings)
        {
            // What a colleague asked of the lead is still asked when the owner goes on, and when the case goes on as another.
            tx.WithdrawPings($"case:{changed.Case.Id}", keepCalls: !changed.Case.HasEnded || changed.Case.MergedInto is not null);
        }
        if (changed.Case.Shadow)
        {
            return;
        }
        var at = IsHeard(happened) ? TeamOf(changed.Case).Awake(now, changed.Case.Priority) : now;
        var told = new List<(string Text, IReadOnlyList<string> To)>();
        foreach (var word in changed.Words)
        {
            var to = AccountsOf(word.To, changed.Case, at);
            var text = word.Text;
            if (word is { To: Audience.Owner, CannotWait: true } && IsOffShift(changed.Case, at))
            {
                to = [.. to.Union(AccountsOnCall(TeamOf(changed.Case), changed.Case, at))];
                text += $" {changed.Case.Owner?.Name} is not on call: whoever is can take it over (More, Hand over).";
            }
            if (told.Exists(before => before.Text == text && to.All(before.To.Contains)))
            {
                // Owner and lead are the same, or nobody is named: the room has just heard these words.
                continue;
            }
            told.Add((text, to));
            if (changed.Case.Group is { } group && StepOfMany(happened) is { } step)
            {
                SayOfGroup(group, changed.Case, word, step, to);
                continue;
            }
            foreach (var key in word.To == Audience.Room ? KeysOf(changed.Case) : [CallingKeyOf(changed.Case)])
            {
                tx.WantPing(key, $"{word.Key}-{changed.Case.Version}", text.Seen(changed.Case.Private), to, ButtonsOf(word, changed.Case.Id), now, notBefore: at);
            }
        }
    }

    /// <summary>It comes at any hour, and its word waits for those who are on call then. What people press is said to whom they mean it for, and the clock keeps the hours itself.</summary>
    private static bool IsHeard(CaseEvent happened) => happened is MentionJoined or PostEdited or SpokeAgain or AnsweredByUs;

    /// <summary>Somebody else is on call now, or nobody and it is critical. Of whoever is no member, as a lead, no shifts are known.</summary>
    private bool IsOffShift(Case @case, DateTimeOffset at)
    {
        var team = TeamOf(@case);
        var onCall = team.OnCall(at);
        return (onCall.Count > 0 || @case.Priority == Scoring.Priority.Critical) && team.Members.Any(IsOwner) && !onCall.Any(IsOwner);

        bool IsOwner(Member member) => "member:" + member.Id == @case.Owner?.Id;
    }

    private IReadOnlyList<string> AccountsOf(Audience audience, Case @case, DateTimeOffset at)
    {
        var team = TeamOf(@case);
        return audience switch
        {
            Audience.Room => [],
            Audience.OnCall => AccountsOnCall(team, @case, at),
            Audience.Lead => [.. team.Leads.SelectMany(_actors.AccountsOf)],
            Audience.Manager => [.. team.Managers.SelectMany(_actors.AccountsOf)],
            Audience.Owner when AccountsOf(@case.Owner) is { Count: > 0 } own => own,

            // The owner left, or has no account: somebody must hear it.
            Audience.Owner => AccountsOnCall(team, @case, at),
            _ => AccountsOf(@case.Leader),
        };
    }

    internal IReadOnlyList<string> AccountsOf(Responder? responder) =>
        responder is null ? []
        : responder.Id.StartsWith("member:", StringComparison.Ordinal) ? policy.Responders.MemberNamed(responder.Id["member:".Length..]) is { } member ? _actors.AccountsOf(member) : []
        : [responder.Id];

    private static CardButton[] ButtonsOf(Word word, long id) => word.Buttons switch
    {
        WordButtons.Claim => [new CardButton("Claim", new PressTarget(PressAction.Claim, id), Main: true)],
        WordButtons.StillOnIt => [new CardButton("Still on it", new PressTarget(PressAction.StillOnIt, id), Main: true), new CardButton("Give it back", new PressTarget(PressAction.Release, id))],
        WordButtons.PromiseKept => [new CardButton("Promise kept", new PressTarget(PressAction.PromiseKept, id), Main: true), new CardButton("Another time", new PressTarget(PressAction.Promise, id))],
        WordButtons.FollowedUp => [new CardButton("I have asked", new PressTarget(PressAction.FollowedUp, id), Main: true)],
        _ => [],
    };
}
