using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Rss;

/// <summary>An item as a post.</summary>
internal static class RssPost
{
    /// <summary>
    /// When an item without a date counts as posted that stood in the feed before we first looked: nobody knows, and a whole feed of them
    /// as new would be a flood of false alarms. What is added later is new when it is seen, with or without a date.
    /// </summary>
    public static readonly DateTimeOffset LongAgo = DateTimeOffset.UnixEpoch;

    public static Post Of(KnownItem known, string ns, string channel, bool isFirst)
    {
        var item = known.Item;
        return new Post
        {
            Key = new PostKey(ns, known.Id),
            Channel = channel,
            Kind = "rss",
            Title = IsBeginning(item.Title, item.Text) ? null : item.Title,
            Text = item.Text,
            Url = item.Link?.AbsoluteUri,
            Author = item.Author,
            Lang = item.Lang,
            Posted = item.Posted ?? (isFirst ? LongAgo : null),
            InReplyTo = item.InReplyTo is { Length: > 0 and <= 500 } answered ? new PostKey(ns, answered) : null,
        };
    }

    /// <summary>Feeds of short posts repeat the text's beginning, cut off, as its title.</summary>
    private static bool IsBeginning(string? title, string text)
    {
        var words = title?.TrimEnd('…', '.', ' ') ?? "";
        return words.Length > 0 && words.Length < title!.Length && text.Length > title.Length && text.StartsWith(words, StringComparison.Ordinal);
    }
}
