using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Pipeline;

/// <summary>What the buttons of a case's card do: at once, or after a choice, or after a form.</summary>
internal sealed class CasePresses(IStoreTx tx, CaseWriter cases, Case @case, Press press, Policy policy, DateTimeOffset now)
{
    private const string OnTrial = "It is on trial: nobody is called or reminded. To make it a case of its team, enter the post's link with /case new.";

    public PressAnswer Take() => press.Target.Action switch
    {
        PressAction.Claim => Answer(cases.Happen(@case, new Claimed(press.By))),
        PressAction.NotAComplaint => Dismiss(),
        PressAction.More => More(),
        PressAction.Show => CaseSheet.Write(tx, @case, Zone, now),
        PressAction.Resolve => May(new Resolved(press.By, Outcome.Solved)) ?? CaseQuestions.Outcome(@case),
        PressAction.Outcome => Resolve(),
        PressAction.Answered => Do(new OwnerAnswered(press.By), Told("Answered.", "The customer's next words will be told to you here.")),
        PressAction.Waiting => Do(new WaitsForCustomer(press.By), Told("It is the customer's turn.", "If they stay silent, you are asked in time.")),
        PressAction.StillOnIt => Do(new StillOnIt(press.By), "Thank you. It stays yours."),
        PressAction.Release => Do(new Released(press.By), Told("It is free again.", "The room knows.")),
        PressAction.PromiseKept => Do(new PromiseKept(press.By), "Well done."),
        PressAction.FollowedUp => Do(new FollowedUp(press.By), "Thank you. We listen to what they say now."),
        PressAction.Reopen => Reopen(),
        PressAction.Priority => SetPriority(),
        PressAction.Undo => Undo(),
        PressAction.Promise => Promise(),
        PressAction.Wants => Wants(),
        PressAction.Escalate => Escalate(),
        PressAction.Snooze => Snooze(),
        PressAction.HandOver => HandOver(),
        PressAction.Leader => Leader(),
        PressAction.Merge => Merge(),
        PressAction.Split => Split(),
        _ => PressAnswer.Tell("This button is not known any more. Nothing was changed."),
    };

    /// <summary>Null when the case would take this event: then the question may be asked.</summary>
    private PressAnswer? May(CaseEvent happened) => @case.Apply(happened, now) is Transition.Unchanged refused ? PressAnswer.Tell(refused.Why) : null;

    private PressAnswer Do(CaseEvent happened, string done) => Do(happened, () => PressAnswer.Tell(done));

    private PressAnswer Do(CaseEvent happened, Func<PressAnswer> done) => cases.Happen(@case, happened) is Transition.Unchanged { Why: var why } ? PressAnswer.Tell(why) : done();

    /// <param name="after">What comes by itself; on trial nothing does.</param>
    private string Told(string done, string after = "") => $"{done} {(@case.Shadow ? OnTrial : after)}".TrimEnd();

    private static PressAnswer Answer(Transition transition) =>
        transition is Transition.Unchanged { Why.Length: > 0 } refused ? PressAnswer.Tell(refused.Why) : PressAnswer.Done;

    private PressAnswer Dismiss() => Do(new Dismissed(press.By), () =>
    {
        tx.RecordVerdict(@case.FirstMention, Verdict.NoComplaint, press.By, now);
        return PressAnswer.Done;
    });

    /// <summary>Who wants to know more gets the reasons, and what else can be done.</summary>
    private PressAnswer More()
    {
        if (tx.MentionOf(@case.FirstMention) is not { } first)
        {
            return PressAnswer.Tell("What this case is about is no longer kept.");
        }
        var open = CardWriter.OpenPost(first.Seen(@case.Private));
        var mayUndo = May(new Undone(press.By)) is null;
        var mentions = tx.MentionsOfCase(@case.Id).Count(mention => mention.Standing == Standing.Case && !mention.Deleted);
        return new PressAnswer(MoreWriter.Write(@case, CardPages.FactsOf(tx, @case, first)), CaseQuestions.More(@case, open, mayUndo, mentions));
    }

    private PressAnswer Resolve()
    {
        if (!Enum.TryParse<Outcome>(press.Target.Value, out var outcome) || !Enum.IsDefined(outcome))
        {
            return PressAnswer.Tell("Please choose how it ended; a case is not closed without an outcome.");
        }
        var resolved = new Resolved(press.By, outcome, Written("note"), Written("offered"), Written("beyond"));
        if (press.Fields.Count == 0 && outcome is not (Outcome.NotAComplaint or Outcome.NotOurs))
        {
            return May(resolved) ?? CaseQuestions.HowItEnded(@case, outcome);
        }
        return Do(resolved, () =>
        {
            tx.RecordVerdict(@case.FirstMention, outcome == Outcome.NotAComplaint ? Verdict.NoComplaint : Verdict.AComplaint, press.By, now);
            return PressAnswer.Tell($"Resolved: {outcome.InWords()}. Thank you.");
        });
    }

    private PressAnswer Undo() => Do(new Undone(press.By), () =>
    {
        if (@case.LastPress is { What: nameof(Escalated) })
        {
            tx.WithdrawPings($"case:{@case.Id}");
        }
        else if (@case.LastPress is { What: nameof(PrioritySet) })
        {
            tx.RecordVerdict(MostUrgent(), Verdict.TakenBack, press.By, now);
        }
        else if (@case is { Outcome: not null, LastPress.Before.Outcome: null })
        {
            tx.RecordVerdict(@case.FirstMention, Verdict.TakenBack, press.By, now);
        }
        else if (@case.LastPress is { What: nameof(Reopened), Before.Outcome: Outcome.NotAComplaint })
        {
            tx.RecordVerdict(@case.FirstMention, Verdict.NoComplaint, press.By, now);
        }
        return PressAnswer.Tell("Undone.");
    });

    /// <summary>Whoever opens a case again that was called no complaint takes that back.</summary>
    private PressAnswer Reopen() => Do(new Reopened(press.By), () =>
    {
        if (@case.Outcome == Outcome.NotAComplaint)
        {
            tx.RecordVerdict(@case.FirstMention, Verdict.TakenBack, press.By, now);
        }
        return PressAnswer.Tell("It is open again, and yours.");
    });

    private PressAnswer SetPriority()
    {
        if (!Enum.TryParse<Priority>(press.Target.Value, ignoreCase: true, out var priority) || !Enum.IsDefined(priority))
        {
            return @case.HasEnded ? PressAnswer.Tell(@case.HowItEnded()) : CaseQuestions.Priority(@case);
        }
        return Do(new PrioritySet(press.By, priority), () =>
        {
            tx.RecordVerdict(MostUrgent(), Verdict.Of(priority), press.By, now);
            return PressAnswer.Tell($"It is {priority.ToString().ToLowerInvariant()} now. Thank you: the scorer learns from it.");
        });
    }

    /// <summary>What made the case as urgent as the bot had it: how urgent a case is says something of that post, not of a harmless one before it.</summary>
    private long MostUrgent() => tx.MentionsOfCase(@case.Id)
        .Where(mention => mention is { Deleted: false, Standing: Standing.Case, Assessment.IsComplaint: true } && mention.Post.RepostOf is null)
        .OrderByDescending(mention => mention.Assessment.Priority).ThenByDescending(mention => mention.Id == @case.FirstMention).FirstOrDefault()?.Id ?? @case.FirstMention;

    private PressAnswer Promise()
    {
        if (Written("when") is not { } when)
        {
            return May(new Promised(press.By, now.AddHours(1), "")) ?? CaseQuestions.Promise(@case);
        }
        return WhenWords.Read(when, Zone, now) is { } due
            ? Do(new Promised(press.By, due, Written("what") ?? "an answer"), Told($"Promised for {WhenWords.InWords(due, Zone, now)}.", "You are reminded before."))
            : PressAnswer.Tell(WhenWords.WhyNot(when, Zone, now));
    }

    private PressAnswer Wants() => Written("wants") is { } text
        ? Do(new WantsKnown(press.By, text), "Noted: what they want.")
        : May(new WantsKnown(press.By, "")) ?? CaseQuestions.Wants(@case);

    private PressAnswer Escalate() => Written("why") is { } why
        ? Do(new Escalated(press.By, why), @case.Shadow ? Told("Your words stand with the case.") : HasLeadToCall ? "The lead is called."
            : "Your words stand in the room, but nobody is called: no lead of this team has a chat account. Add leads and their accounts in config/responders.yaml.")
        : May(new Escalated(press.By, "")) ?? CaseQuestions.Escalate(@case);

    private bool HasLeadToCall => Team.Leads.Any(lead => new Actors(tx, policy.Responders).AccountsOf(lead).Count > 0);

    private PressAnswer Snooze()
    {
        if (press.Target.Value == "when" && Written("when") is null)
        {
            return CaseQuestions.SnoozeUntil(@case);
        }
        var until = Written("when") is { } words ? WhenWords.Read(words, Zone, now)
            : long.TryParse(press.Target.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < 253_402_300_800 ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;
        return (until, press.Target.Value) switch
        {
            ({ } at, _) when at > now => Do(new Snoozed(press.By, at), $"Until {WhenWords.InWords(at, Zone, now)} nobody is asked about it."),
            ({ }, _) => PressAnswer.Tell("That time has passed meanwhile. Press Snooze again."),
            (null, null) => May(new Snoozed(press.By, now)) ?? CaseQuestions.Snooze(@case, Zone, now),
            _ => PressAnswer.Tell(WhenWords.WhyNot(Written("when") ?? "", Zone, now)),
        };
    }

    private PressAnswer HandOver()
    {
        if (press.Target.Value is not { } id)
        {
            return @case.HasEnded ? PressAnswer.Tell(@case.HowItEnded()) : CaseQuestions.HandOver(@case, Team.Members, press.By);
        }
        if (To(Team.Members, id) is not { } to)
        {
            return PressAnswer.Tell("That colleague is no longer of this team. Nothing was changed.");
        }
        return press.Fields.Count == 0
            ? May(new HandedOver(press.By, to, "")) ?? CaseQuestions.Summary(@case, id, to, SummaryWriter.Write(@case, tx.EventsOf(@case.Id), Zone, now))
            : Do(new HandedOver(press.By, to, (Written("summary") ?? "").Seen(@case.Private)), Told($"{to.Name} has it now."));
    }

    private PressAnswer Leader()
    {
        var leaders = Team.Leads.Concat(Team.Managers).DistinctBy(leader => leader.Id).ToList();
        if (press.Target.Value is not { } id)
        {
            return May(new LeaderBrought(press.By, press.By, "")) ?? CaseQuestions.Leader(@case, leaders);
        }
        if (To(leaders, id) is not { } leader || tx.MentionOf(@case.FirstMention) is not { } first)
        {
            return PressAnswer.Tell("That leader is no longer named for this team. Nothing was changed.");
        }
        return press.Fields.Count == 0
            ? May(new LeaderBrought(press.By, leader, ""))
                ?? CaseQuestions.LeadersDraft(@case, id, leader, Drafts.ForLeader(@case, first.Seen(@case.Private), policy.Playbook, leader.Name, @case.Owner?.Name ?? press.By.Name))
            : Do(new LeaderBrought(press.By, leader, Written("draft") ?? ""), @case.Shadow ? Told("You stay in charge.")
                : cases.AccountsOf(leader).Count > 0 ? $"{leader.Name} is asked to write. You stay in charge."
                : $"The draft stands in the room, but {leader.Name} is not called: no chat account is known. Add it in config/responders.yaml, and ask in person until then. You stay in charge.");
    }

    private PressAnswer Merge()
    {
        if (press.Target.Value is null)
        {
            return @case.HasEnded ? PressAnswer.Tell(@case.HowItEnded()) : CaseQuestions.Merge(@case, tx.LiveCases(@case.Teams[0], CaseQuestions.MostChoices + 1), tx);
        }
        return long.TryParse(press.Target.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id != @case.Id && tx.CaseOf(id) is { } into
            ? cases.Merge(@case, into, press.By) is { } refused ? PressAnswer.Tell(refused) : PressAnswer.Tell($"Merged: it goes on as case {id}.")
            : PressAnswer.Tell("There is no such case to merge it into.");
    }

    private PressAnswer Split()
    {
        var mentions = tx.MentionsOfCase(@case.Id).Where(mention => mention.Standing == Standing.Case && !mention.Deleted).ToList();
        if (press.Target.Value is null || mentions.Count < 2)
        {
            return mentions.Count < 2 ? PressAnswer.Tell("This case has one post only: there is nothing to split.") : CaseQuestions.Split(@case, mentions);
        }
        return long.TryParse(press.Target.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && mentions.Find(mention => mention.Id == id) is { } mention
            ? PressAnswer.Tell($"That post is case {cases.Split(@case, mention, mentions, press.By).Id} now.")
            : PressAnswer.Tell("That post is no longer in this case. Nothing was changed.");
    }

    private Team Team => policy.TeamOf(@case);

    /// <summary>In whose time zone times are read and told.</summary>
    private string Zone => MemberId(press.By) is { } id && policy.Responders.MemberNamed(id) is { } member ? policy.Responders.ZoneOf(member) : Team.Zone;

    private static string? MemberId(Responder by) => by.Id.StartsWith("member:", StringComparison.Ordinal) ? by.Id["member:".Length..] : null;

    private Responder? To(IReadOnlyList<Member> members, string id) =>
        id == CaseQuestions.Me ? press.By : members.FirstOrDefault(member => member.Id == id) is { } found ? new Responder("member:" + found.Id, found.Name) : null;

    private string? Written(string field) => press.Fields.TryGetValue(field, out var text) && text.Trim() is { Length: > 0 } written ? written : null;
}
