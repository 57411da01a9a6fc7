using System.Globalization;
using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.HackerNews;

/// <summary>Stories and comments as posts, from either of the two services.</summary>
internal static class HackerNewsPost
{
    private const int LongestText = 20_000;
    private const int LongestTitle = 500;
    private const int LongestPlace = 80;
    private const string Site = "https://news.ycombinator.com/";

    /// <summary>A hit of the search (hn.algolia.com/api). Null when it is none.</summary>
    public static Post? OfHit(JsonElement hit, string channel)
    {
        if (IdOf(hit, "objectID") is not { } id)
        {
            return null;
        }
        var isComment = hit.Text("comment_text") is not null;
        var title = isComment ? null : Title(hit.Text("title"));
        var text = Text(hit.Text("comment_text") ?? hit.Text("story_text"));
        return title is null && text.Length == 0 ? null : new Post
        {
            Key = KeyOf(id),
            Channel = channel,
            Kind = "hackernews",
            Title = title,
            Text = text,
            Url = UrlOf(id),
            Place = isComment ? Below(Title(hit.Text("story_title"))) : null,
            Author = AuthorOf(hit.Text("author")),
            Posted = hit.Time("created_at_i"),
            InReplyTo = IdOf(hit, "parent_id") is { } parent ? KeyOf(parent) : null,
            Thread = isComment && IdOf(hit, "story_id") is { } story && story != id ? KeyOf(story) : null,
            Links = isComment ? null : LinksOf(hit),
        };
    }

    /// <summary>An item of the official API (github.com/HackerNews/API). Null when it shows nothing.</summary>
    public static Post? OfItem(JsonElement item, string channel)
    {
        if (IdOf(item, "id") is not { } id)
        {
            return null;
        }
        var (title, text) = (Title(item.Text("title")), Text(item.Text("text")));
        return title is null && text.Length == 0 ? null : new Post
        {
            Key = KeyOf(id),
            Channel = channel,
            Kind = "hackernews",
            Title = title,
            Text = text,
            Url = UrlOf(id),
            Author = AuthorOf(item.Text("by")),
            Posted = item.Time("time"),
            InReplyTo = IdOf(item, "parent") is { } parent ? KeyOf(parent) : null,
            Links = LinksOf(item),
        };
    }

    /// <summary>Where the comments on this post stand. Their story's title is another's words: neither matched nor scored with theirs. (Comments that are stored from before have it as theirs.)</summary>
    public static string? Below(Post post) => post.Place ?? Below(post.Title);

    public static PostKey KeyOf(string id) => new("hackernews", id);

    public static string PageOf(string name) => Site + "user?id=" + Uri.EscapeDataString(name);

    /// <summary>Ids are numbers; the search writes some as strings. Null for what is none.</summary>
    public static string? IdOf(JsonElement json, string field) => json.Whole(field) is > 0 and var id ? id.ToString(CultureInfo.InvariantCulture) : null;

    private static string? Below(string? story) => story is null ? null : $"below “{HtmlText.Clean(story, LongestPlace)}”";

    private static string UrlOf(string id) => Site + "item?id=" + id;

    private static Author AuthorOf(string? name) => name is { Length: <= 100 } ? new Author { Id = name, Handle = name, Url = PageOf(name) } : Author.Unknown;

    private static string? Title(string? html) => html is null ? null : HtmlText.ToPlain(html, LongestTitle).Replace('\n', ' ') is { Length: > 0 } title ? title : null;

    private static string Text(string? html) => html is null ? "" : HtmlText.ToPlain(html, LongestText);

    private static List<string>? LinksOf(JsonElement json) => json.Address("url") is { } link ? [link] : null;
}
