using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Rss;

/// <summary>An item as a post.</summary>
internal static class RssPost
{
    public static Post Of(KnownItem known, string ns, string channel)
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
            Posted = item.Posted,
            InReplyTo = item.InReplyTo is { Length: > 0 and <= 500 } answered ? new PostKey(ns, answered) : null,
            AnswersUnseen = item.InReplyTo is null,
        };
    }

    /// <summary>Feeds of short posts repeat the text's beginning, cut off, as its title.</summary>
    private static bool IsBeginning(string? title, string text)
    {
        var words = title?.TrimEnd('…', '.', ' ') ?? "";
        return words.Length > 0 && words.Length < title!.Length && text.Length > title.Length && text.StartsWith(words, StringComparison.Ordinal);
    }
}
