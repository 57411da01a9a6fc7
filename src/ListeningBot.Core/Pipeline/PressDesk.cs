using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>Takes presses in: each is stored with its effect in one transaction, and only then answered.</summary>
public sealed class PressDesk(IStore store, PolicyBook policies, TimeProvider time, Action<IReadOnlySet<string>> ring) : IDesk
{
    public IReadOnlyList<CommandSpec> Commands => [];

    public async Task<PressAnswer> PressAsync(Press press)
    {
        var (answer, rooms) = await store.WriteAsync(tx => Take(tx, press, policies.Current, time.GetUtcNow()));
        ring(rooms);
        return answer;
    }

    public Task<PressAnswer> CommandAsync(Command command) => Task.FromResult(PressAnswer.Tell("This command is not known."));

    public Task NoteAsync(ThreadNote note) => Task.CompletedTask;

    internal static (PressAnswer Answer, IReadOnlySet<string> Rooms) Take(IStoreTx tx, Press press, Policy policy, DateTimeOffset now)
    {
        if (tx.AnswerTo(press.Id) is { } before)
        {
            return (before, new HashSet<string>());
        }
        var cases = new CaseWriter(tx, now, policy);
        var answer = press.Target.Action is PressAction.TrayComplaint or PressAction.TrayDismiss
            ? DecideTray(tx, cases, press, now)
            : press.Target.Action == PressAction.Take ? GroupDesk.Take(tx, cases, press)
            : PressCase(tx, cases, press, now);
        tx.RecordPress(press, answer, now);
        return (answer, cases.Rooms);
    }

    private static PressAnswer PressCase(IStoreTx tx, CaseWriter cases, Press press, DateTimeOffset now)
    {
        if (tx.CaseOf(press.Target.Subject) is not { } @case)
        {
            return PressAnswer.Tell("This case is no longer kept. Nothing was changed.");
        }
        return press.Target.Action switch
        {
            PressAction.Claim => Answer(cases.Happen(@case, new Claimed(press.By))),
            PressAction.NotAComplaint => Dismiss(tx, cases, @case, press, now),
            PressAction.More => More(tx, @case),
            PressAction.Show => GroupDesk.Show(tx, @case),
            PressAction.Resolve => AskOutcome(@case, press),
            PressAction.Outcome => Resolve(tx, cases, @case, press, now),
            _ => PressAnswer.Tell("This button is not known any more. Nothing was changed."),
        };
    }

    /// <summary>The unclaimed card has no room for a link to the post; who wants to know more gets it here.</summary>
    private static PressAnswer More(IStoreView view, Case @case)
    {
        if (view.MentionOf(@case.FirstMention) is not { } first)
        {
            return PressAnswer.Tell("What this case was about is no longer kept.");
        }
        var facts = CardPages.FactsOf(view, @case, first);
        return new PressAnswer(MoreWriter.Write(@case, facts), CardWriter.OpenPost(first.Seen(@case.Private)) is { } open ? [open] : []);
    }

    private static PressAnswer Answer(Transition transition) =>
        transition is Transition.Unchanged { Why.Length: > 0 } refused ? PressAnswer.Tell(refused.Why) : PressAnswer.Done;

    private static PressAnswer Dismiss(IStoreTx tx, CaseWriter cases, Case @case, Press press, DateTimeOffset now)
    {
        var transition = cases.Happen(@case, new Dismissed(press.By));
        if (transition is Transition.Changed)
        {
            tx.RecordVerdict(@case.FirstMention, "not-complaint", press.By, now);
        }
        return Answer(transition);
    }

    private static PressAnswer AskOutcome(Case @case, Press press)
    {
        if (@case.State != CaseState.Claimed)
        {
            return Answer(@case.Apply(new Resolved(press.By, Outcome.Solved), DateTimeOffset.MinValue));
        }
        var choices = Enum.GetValues<Outcome>()
            .Select(outcome => new CardButton(outcome.InWords(), new PressTarget(PressAction.Outcome, @case.Id, outcome.ToString())));
        return new PressAnswer("How did it end for the customer?", [.. choices]);
    }

    private static PressAnswer Resolve(IStoreTx tx, CaseWriter cases, Case @case, Press press, DateTimeOffset now)
    {
        if (!Enum.TryParse<Outcome>(press.Target.Value, out var outcome) || !Enum.IsDefined(outcome))
        {
            return PressAnswer.Tell("Please choose how it ended; a case is not closed without an outcome.");
        }
        var transition = cases.Happen(@case, new Resolved(press.By, outcome));
        if (transition is Transition.Changed)
        {
            tx.RecordVerdict(@case.FirstMention, outcome == Outcome.NotAComplaint ? "not-complaint" : "complaint", press.By, now);
        }
        return transition is Transition.Changed ? PressAnswer.Tell($"Closed: {outcome.InWords()}. Thank you.") : Answer(transition);
    }

    private static PressAnswer DecideTray(IStoreTx tx, CaseWriter cases, Press press, DateTimeOffset now)
    {
        var id = press.Target.Subject;
        if (tx.MentionOf(id) is not { } mention)
        {
            return PressAnswer.Tell("This post is no longer kept. Nothing was changed.");
        }
        if (tx.TrayVerdictOf(id) is { } verdict)
        {
            return PressAnswer.Tell($"Already decided: {verdict}.");
        }
        if (mention.Deleted)
        {
            return PressAnswer.Tell("Its author deleted this post. Nothing is left to decide.");
        }
        var complaint = press.Target.Action == PressAction.TrayComplaint;
        tx.RecordVerdict(id, complaint ? "complaint" : "not-complaint", press.By, now);
        tx.DecideTray(id, $"{(complaint ? "a complaint" : "dismissed")}, by {press.By.Name}", now);
        if (complaint && cases.Of(mention.Post, mention.Teams, complains: true) is { } open)
        {
            tx.UpdateMention(mention with { CaseId = open.Id, Standing = Standing.Case });
            cases.Join(open, mention, mention.Teams);
        }
        else if (complaint)
        {
            cases.Open(mention, mention.Teams, press.By);
        }
        else
        {
            tx.UpdateMention(mention with { Standing = Standing.Dismissed });
        }
        cases.WantTrayPages(id);
        return PressAnswer.Done;
    }
}
