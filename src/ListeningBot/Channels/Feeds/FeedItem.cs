using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Feeds;

/// <summary>One item of a feed, whatever the format; all text plain.</summary>
internal sealed record FeedItem
{
    /// <summary>What the feed says identifies it: guid, id, rdf:about. May be missing, or be the same for many.</summary>
    public string? Guid { get; init; }

    /// <summary>http or https, absolute.</summary>
    public Uri? Link { get; init; }
    public string? Title { get; init; }
    public string Text { get; init; } = "";

    /// <summary>The text as the feed wrote it, where that was HTML.</summary>
    public string? Html { get; init; }

    /// <summary>The feed gave only a summary: the whole may be found at the link.</summary>
    public bool IsSummary { get; init; }
    public Author Author { get; init; } = Author.Unknown;
    public DateTimeOffset? Posted { get; init; }
    public DateTimeOffset? Updated { get; init; }
    public string? Lang { get; init; }

    /// <summary>The guid of the item that it answers.</summary>
    public string? InReplyTo { get; init; }
}

/// <summary>A feed as it was understood.</summary>
/// <param name="IsWhole">False when its end was missing: what stood there comes with a later answer.</param>
internal sealed record FeedContent(IReadOnlyList<FeedItem> Items, IReadOnlyList<BadItem> Bad, bool IsWhole);

/// <summary>The answer is no feed.</summary>
/// <param name="isPage">It is a web page for people.</param>
internal sealed class NotAFeedException(string message, bool isPage = false, Exception? inner = null) : Exception(message, inner)
{
    public bool IsPage => isPage;
}
