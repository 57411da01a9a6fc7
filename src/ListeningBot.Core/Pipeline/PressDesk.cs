using System.Diagnostics;
using System.Text.Json;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>Takes presses in: each is stored with its effect in one transaction, and only then answered.</summary>
/// <param name="commands">Null: none are offered.</param>
public sealed class PressDesk(IStore store, PolicyBook policies, TimeProvider time, Action<IReadOnlySet<string>> ring, CommandDesk? commands = null) : IDesk
{
    private const int LongestNote = 2000;

    /// <summary>A message bears its service's time, a case ours.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>What is kept of a question, which quotes customers: nobody is asked the same twice.</summary>
    internal static readonly PressAnswer Asked = PressAnswer.Tell("This was answered already.");

    private static readonly PressAnswer OfAnOlderStore = PressAnswer.Tell("This card is of an older store, and its number stands for something else now. Nothing was changed.");

    /// <summary>What a press opened is listened to from then on.</summary>
    public OpenThreads Threads { get; init; } = new();

    public IReadOnlyList<CommandSpec> Commands => commands?.Specs ?? [];

    public async Task<PressAnswer> PressAsync(Press press)
    {
        using var span = await TraceAsync(press.Target);
        var (answer, rooms, followed) = await OrKeepAsync(
            () => StoreAsync(press, span?.Id),
            why => new DeadLetter(DeadKind.Press, "", $"{press.Target} by {press.By.Name}", why) { Work = new DeadPress(press) });
        Threads.Add(followed);
        ring(rooms);
        return answer;
    }

    public Task<PressAnswer> CommandAsync(Command command) => commands is null
        ? Task.FromResult(PressAnswer.Tell("This command is not known."))
        : OrKeepAsync(() => commands.AnswerAsync(command), why => new DeadLetter(DeadKind.Command, "", $"/{command.Name} {command.Sub}".TrimEnd() + $" by {command.By.Name}", why) { Work = new DeadCommand(command) });

    private async Task<(PressAnswer Answer, IReadOnlySet<string> Rooms, Followed Followed)> StoreAsync(Press press, string? trace)
    {
        using var span = CaseTrace.Start(ActionOf(press.Target), ActivityKind.Internal, trace);
        return await store.WriteAsync(tx => Take(tx, press, policies.Current, time.GetUtcNow()));
    }

    /// <summary>In the trace of its case; what is stored for it is a span within, named after the button.</summary>
    private async Task<Activity?> TraceAsync(PressTarget target)
    {
        if (!CaseTrace.IsOn || !target.IsAboutCase)
        {
            return null;
        }
        try
        {
            return CaseTrace.Start("press", ActivityKind.Server, await store.ReadAsync(view => view.CaseOf(target.Subject)?.Trace))?.SetTag("listeningbot.action", ActionOf(target));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // What is wrong with the case is met again where it is stored, and told there.
            return null;
        }
    }

    private static string ActionOf(PressTarget target) => JsonNamingPolicy.SnakeCaseLower.ConvertName(target.Action.ToString());

    /// <summary>What people write in a case's thread is kept with it, unless its customer was erased; elsewhere it is none of our business.</summary>
    public async Task NoteAsync(ThreadNote note) => ring(await OrKeepAsync(
        () => store.WriteAsync(tx => Take(tx, note, policies.Current, time.GetUtcNow())),
        why => new DeadLetter(DeadKind.Note, "", $"of {note.By.Name}", why) { Work = new DeadNote(note) }));

    /// <summary>What meets a fault of this program fails, and is kept for a human: the one who pressed can do nothing about it. What the store could not take now is pressed again.</summary>
    private async Task<T> OrKeepAsync<T>(Func<Task<T>> work, Func<string, DeadLetter> letter)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not (StoreException or OperationCanceledException))
        {
            await store.WriteAsync(tx => { tx.AddDead(letter($"an unexpected fault ({e.GetType().Name})"), time.GetUtcNow()); return true; });
            throw;
        }
    }

    internal static IReadOnlySet<string> Take(IStoreTx tx, ThreadNote note, Policy policy, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now, policy) { Where = note.By.Id.Split(':')[0] };
        if (note.Text.Trim() is { Length: > 0 } text && CaseUnder(tx, note.Under, note.Thread) is { Erased: false } @case && tx.HearNote(note.Id, now))
        {
            var kept = text.Length <= LongestNote ? text : text[..LongestNote];
            cases.Happen(@case, new Noted(new Actors(tx, policy.Responders).Actor(note.By, [], @case) ?? note.By, kept.Seen(@case.Private), note.At < now ? note.At : now));
        }
        return cases.Rooms;
    }

    /// <summary>The case whose card one of these messages is, or whose dossier stands in this thread, or null: a card that was put anew is another message, while what people write stays in the thread of the first.</summary>
    internal static Case? CaseUnder(IStoreView view, IReadOnlyList<MessageRef> messages, string? thread) =>
        messages.Select(view.CardShownAs).Concat(new[] { thread }.OfType<string>().Select(view.DossierIn)).OfType<CardKey>()
            .Select(key => key.Subject.Split(':') is ["case" or "thread", var number] && long.TryParse(number, out var id) ? view.CaseOf(id) : null)
            .FirstOrDefault(@case => @case is not null);

    public async Task TellOperatorsAsync(string text, bool good)
    {
        await store.WriteAsync(tx => Notices.Add(tx, text, good, time.GetUtcNow()));
        ring(new HashSet<string> { Notices.OpsRoom });
    }

    internal static (PressAnswer Answer, IReadOnlySet<string> Rooms, Followed Followed) Take(IStoreTx tx, Press press, Policy policy, DateTimeOffset now)
    {
        if (tx.AnswerTo(press.Id) is { } before)
        {
            return (before, new HashSet<string>(), new Followed());
        }
        var actors = new Actors(tx, policy.Responders);
        var account = press.By.Id;
        if (actors.Actor(press.By, press.Roles, press.Target.IsAboutCase ? tx.CaseOf(press.Target.Subject) : null) is { } actor)
        {
            press = press with { By = actor };
        }
        else if (!press.Target.OnlyLooks)
        {
            var refused = PressAnswer.Tell(actors.WhyNot());
            tx.RecordPress(press, refused, now);
            return (refused, new HashSet<string>(), new Followed());
        }
        if (IsOfAnOlderStore(tx, press))
        {
            tx.RecordPress(press, OfAnOlderStore, now);
            return (OfAnOlderStore, new HashSet<string>(), new Followed());
        }
        var cases = new CaseWriter(tx, now, policy) { Where = account.Split(':')[0] };
        var answer = press.Target.Action switch
        {
            PressAction.TrayComplaint or PressAction.TrayDismiss => DecideTray(tx, cases, press, now),
            PressAction.Take => GroupDesk.Take(tx, cases, press),
            PressAction.EndSilence => SilenceDesk.End(tx, press.Target.Subject, press.By, now),
            PressAction.LinkYes or PressAction.LinkNo => LinkDesk.Decide(tx, cases, policy.Responders, account, press, now),
            PressAction.ApplyChange or PressAction.DiscardChange => DecideChange(tx, cases, press, now),
            _ => PressCase(tx, cases, press, policy, now),
        };
        tx.RecordPress(press, press.Target.OnlyLooks || answer.Asks ? Asked : answer, now);
        return (answer, cases.Rooms, cases.Followed);
    }

    /// <summary>
    /// The store was begun anew, or put back, and gives numbers again, while the cards of before still stand with their buttons: such a card was sent before this store knew what it would be about. A card that this store
    /// shows is its own whatever the clocks say; one that was sent twice, since nobody knew that it was there, is its own by its time.
    /// </summary>
    private static bool IsOfAnOlderStore(IStoreTx tx, Press press) =>
        press.On is { } card && FirstSeen(tx, press.Target) - card.Sent > ClockSkew && tx.CardShownAs(card.Message) is null;

    private static DateTimeOffset? FirstSeen(IStoreTx tx, PressTarget target) => target switch
    {
        { IsAboutCase: true } => tx.CaseOf(target.Subject)?.FirstSeen,
        { Action: PressAction.TrayComplaint or PressAction.TrayDismiss } => tx.MentionOf(target.Subject)?.FirstSeen,
        { Action: PressAction.Take } => tx.GroupOf(target.Subject)?.OpenedAt,
        { Action: PressAction.LinkYes or PressAction.LinkNo } => tx.LinkOf(target.Subject)?.AskedAt,
        { Action: PressAction.ApplyChange or PressAction.DiscardChange } => tx.HeldChangeOf(target.Subject)?.Wanted.At,
        _ => null,
    };

    private static PressAnswer DecideChange(IStoreTx tx, CaseWriter cases, Press press, DateTimeOffset now) =>
        PressAnswer.Tell(new ConfigDesk(tx, cases.WantCard, now).Decide(press.Target.Subject, press.Target.Action == PressAction.ApplyChange, press.By.Name).Say);

    private static PressAnswer PressCase(IStoreTx tx, CaseWriter cases, Press press, Policy policy, DateTimeOffset now) =>
        tx.CaseOf(press.Target.Subject) is { } @case
            ? new CasePresses(tx, cases, @case, press, policy, now).Take()
            : PressAnswer.Tell("This case is no longer kept. Nothing was changed.");

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
        tx.RecordVerdict(id, complaint ? Verdict.AComplaint : Verdict.NoComplaint, press.By, now);
        tx.DecideTray(id, $"{(complaint ? "a complaint" : "dismissed")}, by {press.By.Name}", now);
        if (complaint && cases.Of(mention.Post, mention.Teams, complains: true) is { } open)
        {
            tx.UpdateMention(mention with { CaseId = open.Id, Standing = Standing.Case });
            if (open.DidMoreSince(mention.Posted))
            {
                cases.Join(open, mention, mention.Teams, old: true);
                cases.WantTrayPages(id);
                return open.HasEnded ? PressAnswer.Tell($"It belongs to case {open.Id}, which was resolved after these words. If this is another trouble, open it again there.") : PressAnswer.Done;
            }
            cases.Join(open, mention with { Assessment = mention.Assessment with { IsComplaint = true } }, mention.Teams);
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
