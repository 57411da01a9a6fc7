using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Alerting;

/// <summary>What the customer's own later words say. Kept apart from what we say of ourselves; silence is shown as silence, and what can't be seen as that.</summary>
internal static class TheirWords
{
    /// <summary>Null while we have neither answered nor ended, so that nothing was to be said.</summary>
    public static string? Of(Case @case, bool answersUnseen) => @case switch
    {
        { MergedInto: not null } or { Erased: true } or { Outcome: Outcome.NotAComplaint } => null,
        { Happiness: Happiness.Happy, WroteSinceFelt: true } => "They thanked us, and have written again since",
        { Happiness: Happiness.AngryAgain, WroteSinceFelt: true } => "They were angry again, and have written since",
        { Happiness: Happiness.Happy } => "Happy by them: they thanked us",
        { Happiness: Happiness.AngryAgain, HasEnded: true } => "Silent since: their last words were angry",
        { Happiness: Happiness.AngryAgain } => "Angry again, in their own words",
        { AnsweredAt: null, HasEnded: false } => null,
        _ when @case.TheirWordsAt >= (@case.AnsweredAt ?? @case.ResolvedAt) => "They wrote again, neither thanks nor anger",
        _ when answersUnseen => "Their answers can't be seen where they posted: only asking tells",
        { HasEnded: true } => "Silent: not a word from them since",
        _ => "No word from them yet",
    };
}
