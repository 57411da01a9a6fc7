using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>What to do now about a case, in a short sentence.</summary>
internal static class NextSteps
{
    private const int LongestName = 24;

    public static string Of(Case @case, bool deleted) =>
        @case.HasEnded ? AfterTheEnd(@case)
        : deleted ? "The post was deleted: close it, or write if you already know the customer"
        : @case.SnoozedUntil is not null ? "Put off: until then nobody is asked"
        : @case.IsHeld ? Held(@case)
        : Free(@case);

    /// <summary>One line of a phone.</summary>
    private static string Free(Case @case) => (@case.For?.Name, @case) switch
    {
        ({ Length: > 0 } who, { AnsweredAt: not null, AwaitsAnswer: false }) => $"{who.Cut(LongestName)}: see that the answer helps",
        ({ Length: > 0 } who, { Priority: Priority.Critical }) => $"{who.Cut(LongestName)}: claim, answer now",
        ({ Length: > 0 } who, { Priority: Priority.High }) => $"{who.Cut(LongestName)}: claim, answer in the hour",
        ({ Length: > 0 } who, _) => $"{who.Cut(LongestName)}: claim, acknowledge, offer",
        (_, { AnsweredAt: not null, AwaitsAnswer: false }) => "Claim, see that the answer helps",
        (_, { Priority: Priority.Critical }) => "Claim, answer now: minutes matter",
        (_, { Priority: Priority.High }) => "Claim and answer within the hour",
        _ => "Claim, acknowledge, offer, be quick",
    };

    private static string Held(Case @case) => @case switch
    {
        { OpenPromise: not null } => "Keep the promise, then press Answered",
        { Promises: [.., { Kept: false } missed] } when missed.EndedAt > (@case.LastAction ?? DateTimeOffset.MinValue) => "A promise was not kept: say so to the customer, and when it will be",
        { State: CaseState.Waiting, Shadow: true } => "It is the customer's turn",
        { State: CaseState.Waiting } => "It is the customer's turn: while they are silent, you are asked in time",
        { State: CaseState.Answered, Happiness: Happiness.Happy, WroteSinceFelt: false } => "They thank: if all is solved, press Resolve",
        { State: CaseState.Answered } when @case.AnsweredBy == @case.Owner?.Name => "Solve it, then press Resolve; press Promise if it takes time",
        { State: CaseState.Answered } => $"{(@case.AnsweredBy ?? "A colleague").Cut(LongestName)} has answered: make sure that it helps, then press Resolve",
        { Happiness: Happiness.AngryAgain, WroteSinceFelt: false, AnsweredAt: not null } => "They are angry again: answer now, then press Answered",
        { AnsweredAt: not null } => "Answer again, then press Answered",
        { Wants: null } => "Answer, ask what they want, then press Answered",
        _ => "Answer, then press Answered",
    };

    private static string AfterTheEnd(Case @case) => @case switch
    {
        { MergedInto: { } other } => $"Goes on as case {other}",
        { Erased: true } => "Erased at the customer's wish",
        { State: CaseState.Closed } => $"Closed: {@case.Outcome?.InWords() ?? "without an outcome"}",
        { Happiness: Happiness.Happy, WroteSinceFelt: true } when !@case.DidMoreSince(@case.TheirWordsAt!.Value) => "They have written again: see what they need",
        { Happiness: Happiness.Happy, WroteSinceFelt: false } => "They are happy: nothing is left to do",
        { State: CaseState.FollowedUp } => "Asked in person: now we listen to what they say",
        _ when @case.TakenAt(Step.FollowUp) is not null => "Ask them in person whether all is well, then press Followed up",
        _ => "In some days, ask them in person whether all is well",
    };
}
