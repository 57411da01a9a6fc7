using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.YouTube;

/// <summary>A comment of the API as a post.</summary>
internal static class YouTubeComment
{
    public const string Namespace = "youtube";
    private const int LongestText = 20_000;
    private const int LongestName = 200;
    private const int LongestTitle = 80;

    public static bool IsId(string? id) => id is { Length: > 0 and <= 200 } && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    /// <summary>Throws <see cref="FormatException"/>.</summary>
    /// <param name="video">Where it stands, when it does not say so itself.</param>
    public static Post Of(JsonElement comment, string channel, string? video, Func<string, string?> titleOf)
    {
        var (id, snippet) = (comment.Text("id"), comment.At("snippet"));
        if (!IsId(id))
        {
            throw new FormatException("has no id");
        }
        var text = HtmlText.Clean(snippet.Text("textOriginal") ?? snippet.Text("textDisplay") ?? "", LongestText);
        if (text.Length == 0)
        {
            throw new FormatException("has no text");
        }
        video = snippet.Text("videoId") ?? video;
        var parent = snippet.Text("parentId") is { } given && IsId(given) ? new PostKey(Namespace, given) : null;
        return new Post
        {
            Key = new PostKey(Namespace, id!),
            Channel = channel,
            Kind = "youtube",
            Text = text,
            Url = IsId(video) ? $"https://www.youtube.com/watch?v={video}&lc={id}" : null,
            Place = video is not null && titleOf(video) is { Length: > 0 } title ? $"below “{HtmlText.Clean(title, LongestTitle).Replace('\n', ' ')}”" : null,
            Author = AuthorOf(snippet),
            Posted = snippet.Time("publishedAt"),
            InReplyTo = parent,
            Thread = parent,
        };
    }

    private static Author AuthorOf(JsonElement snippet)
    {
        var name = snippet.Text("authorDisplayName") is { } shown && HtmlText.Clean(shown, LongestName).Replace('\n', ' ') is { Length: > 0 } clean ? clean : null;
        var isHandle = name?.StartsWith('@') == true && !name.Contains(' ');
        return new Author
        {
            Id = snippet.Text("authorChannelId", "value") is { } id && IsId(id) ? id : null,
            Name = isHandle ? null : name,
            Handle = isHandle ? name![1..] : null,
            Url = Uri.TryCreate(snippet.Text("authorChannelUrl"), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url.AbsoluteUri : null,
        };
    }
}
