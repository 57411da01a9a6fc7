using System.Text;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Pipeline;

/// <summary>A case as it is told to one colleague: how it stands, what was said, what comes next, with the buttons that fit.</summary>
internal static class CaseSheet
{
    /// <param name="zone">Where the reader lives (IANA).</param>
    public static PressAnswer Write(IStoreView view, Case @case, string zone, DateTimeOffset now)
    {
        if (view.MentionOf(@case.FirstMention) is not { } first)
        {
            return PressAnswer.Tell($"Case {@case.Id}: {Standing(@case)}. What it was about is no longer kept.");
        }
        var card = CardWriter.Write(@case, CardPages.FactsOf(view, @case, first), new CardKey($"case:{@case.Id}", @case.Teams[0]));
        var text = new StringBuilder();
        string When(DateTimeOffset at) => WhenWords.InWords(at, zone, now);
        void Line(string? line) => _ = line is null ? text : text.Append(line).Append('\n');

        Line($"Case {@case.Id}, {@case.Priority.ToString().ToLowerInvariant()}: {Standing(@case)}");
        Line($"{card.Who} · {card.Where} · posted {Wording.InWords(now - @case.Posted)} ago ({When(@case.Posted)}){(card.Voices > 1 ? $" · {card.Voices} posts" : "")}");
        Line(card.Deleted ? "The post was deleted." : $"“{card.Quote}”");
        Line($"Why: {card.Reason}");
        Line(card.LateBecause is { } late ? $"Late because {late}" : null);
        Line(card.History);
        Line(card.Wants is { } wants ? $"Wants: {wants}" : null);
        Line(card.AnsweredAt is { } answered ? $"Answered by {card.AnsweredBy}, {When(answered)}" : null);
        Line(card.PromiseDue is { } due ? $"Promised for {When(due)}: {card.Promise}" : null);
        Line(card.SnoozedUntil is { } until ? $"Put off until {When(until)}" : null);
        Line(card.HandOvers > 0 ? $"Changed hands {(card.HandOvers == 1 ? "once" : $"{card.HandOvers} times")}" : null);
        Line(card.TheirWords);
        Line(@case.Due is { } next && !@case.HasEnded && @case.DueStep is { } step ? $"The clock: {InWords(step)}, {When(next)}" : null);
        Line($"Next: {card.NextStep}");
        CardButton?[] buttons = [.. card.Buttons, card.Buttons.Any(button => button.Url is not null) || card.Deleted ? null : CardWriter.OpenPost(first.Seen(@case.Private))];
        return new PressAnswer(text.ToString().TrimEnd(), [.. buttons.OfType<CardButton>().Take(5)]);
    }

    /// <summary>"claimed by Anna Berg", "nobody has it", "closed by Ben: solved".</summary>
    public static string Standing(Case @case) => @case.State switch
    {
        _ when @case.HasEnded => char.ToLowerInvariant(@case.HowItEnded()[0]) + @case.HowItEnded()[1..].TrimEnd('.'),
        _ when @case.AwaitsAnswer && @case.State != CaseState.Waiting => $"{(@case.Owner is { } owner ? $"claimed by {owner.Name}" : "nobody has it")}, the customer has written again",
        _ when @case.Owner is null => @case.AnsweredAt is null ? "nobody has it" : $"{@case.AnsweredBy} has answered, nobody has it",
        CaseState.Answered => $"answered, {@case.Owner.Name} has it",
        CaseState.Waiting => $"{@case.Owner.Name} waits for the customer",
        _ => $"claimed by {@case.Owner.Name}",
    };

    private static string InWords(Step step) => step switch
    {
        Step.Ping => "whoever is on call is pinged",
        Step.Lead => "the lead is told",
        Step.Manager => "the manager is told",
        Step.Repeat => "everyone is told again",
        Step.WarnTarget => "the first answer is nearly late",
        Step.TargetMissed => "the first answer is late",
        Step.Floor => "nobody waits longer",
        Step.AskOwner => "the owner is asked",
        Step.FreeClaim => "it is free again",
        Step.NudgePromise => "the promise is near",
        Step.PromiseMissed => "the promise is missed",
        Step.WakeUp => "it comes back",
        Step.FollowUp => "time to ask in person",
        _ => "it closes in silence",
    };
}
