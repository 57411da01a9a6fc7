using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>What only watches on trial heard stands apart: it takes no key from a real case, and no team sees it.</summary>
public sealed partial class CaseWriter
{
    internal static bool IsTrial(IReadOnlyList<string> teams) => teams is [ShadowRoom];

    /// <summary>What a real watch hears is a team's, whoever wrote it and wherever.</summary>
    private static bool TakesAway(Case found, IReadOnlyList<string> teams) => found.Shadow && teams.Count > 0 && !IsTrial(teams);

    /// <summary>The open case on trial in whose thread its own customer wrote this.</summary>
    public Case? TrialOf(Post post) =>
        post.Follows().Select(key => tx.MentionOf(key)?.CaseId).OfType<long>().Select(tx.CaseOf).FirstOrDefault(@case => @case is { Shadow: true, HasEnded: false } && @case.Private == post.Private && IsCustomer(@case, post));

    /// <summary>What was on trial goes on as a real case, with all that came to it, our answers too. One that has ended, or whose owner has promised something, stays as it is.</summary>
    public void EndTrial(long trial, long goesOnAs)
    {
        if (Happen(tx.CaseOf(trial)!, new Merged(By: null, goesOnAs)) is Transition.Unchanged)
        {
            return;
        }
        var others = tx.MentionsOfCase(trial).Select(other => other with { CaseId = goesOnAs }).ToList();
        others.ForEach(tx.UpdateMention);
        foreach (var other in others.Where(other => !other.Deleted))
        {
            if (other.Standing == Standing.Ours)
            {
                Answer(tx.CaseOf(goesOnAs)!, other);
            }
            else
            {
                Join(tx.CaseOf(goesOnAs)!, other, alerting: []);
            }
        }
    }

    private static string ThreadKey(IReadOnlyList<string> teams, Post post) => IsTrial(teams) ? CaseKeys.OnTrial(CaseKeys.Thread(post.Key)) : CaseKeys.Thread(post.Key);

    private static string? TextKey(IReadOnlyList<string> teams, Post post) => CaseKeys.Text(post) is { } text && IsTrial(teams) ? CaseKeys.OnTrial(text) : CaseKeys.Text(post);

    /// <summary>A real case is never shown in the room of those on trial.</summary>
    private static IReadOnlyList<string> TeamsFor(Case @case, IReadOnlyList<string> teams) => @case.Shadow ? teams : [.. teams.Where(team => team != ShadowRoom)];
}
