namespace ListeningBot.Core.Pipeline;

/// <summary>What a case that has ended was about: the words that its card quotes.</summary>
public sealed record EndedPost(long CaseId, string? Title, string Text);

public partial interface IStoreView
{
    /// <summary>
    /// Of the latest <paramref name="limit"/> cases of an aspect that have ended: those that may be shown to anybody as an example, latest first. Left out: what was
    /// private or only tried out, what was no complaint, what went on as another case, and what its author deleted.
    /// </summary>
    IReadOnlyList<EndedPost> EndedPosts(string aspect, int limit);
}
