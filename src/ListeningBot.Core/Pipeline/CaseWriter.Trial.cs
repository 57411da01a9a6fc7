using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>What only watches on trial heard stands apart: it takes no key from a real case, and no team sees it.</summary>
public sealed partial class CaseWriter
{
    internal static bool IsTrial(IReadOnlyList<string> teams) => teams is [ShadowRoom];

    private static string ThreadKey(IReadOnlyList<string> teams, Post post) => IsTrial(teams) ? CaseKeys.OnTrial(CaseKeys.Thread(post.Key)) : CaseKeys.Thread(post.Key);

    private static string? TextKey(IReadOnlyList<string> teams, Post post) => CaseKeys.Text(post) is { } text && IsTrial(teams) ? CaseKeys.OnTrial(text) : CaseKeys.Text(post);

    /// <summary>A real case is never shown in the room of those on trial.</summary>
    private static IReadOnlyList<string> TeamsFor(Case @case, IReadOnlyList<string> teams) => @case.Shadow ? teams : [.. teams.Where(team => team != ShadowRoom)];
}
