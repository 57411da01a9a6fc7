using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels;

/// <summary>One of the places of a service: a subreddit, a country's reviews of an app, a video.</summary>
/// <param name="Name">Where its reading goes on in <see cref="ServiceCursor"/>; lasting, and fit to be shown.</param>
/// <param name="AskAsync">Asks for a page by what the last one named as next, null for the newest; and may look at what was read.</param>
internal sealed record Place(string Name, Func<string?, SeenItems, CancellationToken, Task<PlacePage>> AskAsync);

/// <summary>A page of a place, the newest first.</summary>
/// <param name="Shown">Added with the post as it stands, whether it was read before or not; or Deleted, where the service says so.</param>
/// <param name="Next">How the page of older posts is asked for; null when there is none.</param>
internal sealed record PlacePage(IReadOnlyList<PostChange> Shown, IReadOnlyList<BadItem> Bad, string? Next)
{
    /// <summary>What else counts as read with this page, for <see cref="Place.AskAsync"/> to find again.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];
}

/// <summary>One place can't be read (it is private, gone, closed); the service's other places can.</summary>
internal sealed class PlaceRefusedException(string message) : ChannelException(message);
