using System.Text;
using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Feeds;

/// <summary>Reads JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1).</summary>
internal sealed class JsonFeed(Uri url)
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };
    private readonly List<FeedItem> _items = [];
    private readonly List<BadItem> _bad = [];

    /// <summary>Throws <see cref="NotAFeedException"/>.</summary>
    public static FeedContent Read(string json, Uri url)
    {
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(json), Options);
            return new JsonFeed(url).Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new NotAFeedException("is not JSON that can be read", inner: e);
        }
    }

    private FeedContent Read(JsonElement feed)
    {
        if (feed.ValueKind != JsonValueKind.Object || !feed.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array)
        {
            throw new NotAFeedException("is JSON, but no JSON Feed (it has no list of \"items\")");
        }
        var (author, lang) = (AuthorOf(feed), Text(feed, "language"));
        foreach (var item in items.EnumerateArray().Take(XmlFeed.MostItems))
        {
            Take(item, author ?? Author.Unknown, lang);
        }
        return new FeedContent(_items, _bad, IsWhole: true);
    }

    private void Take(JsonElement json, Author author, string? lang)
    {
        var item = ItemOf(json);
        if (item is null || (item.Title is null && item.Text.Length == 0))
        {
            var raw = json.GetRawText();
            _bad.Add(new BadItem($"item {_items.Count + _bad.Count + 1} has neither title nor text", raw.Length > 2000 ? raw[..2000] : raw));
            return;
        }
        _items.Add(item with { Author = item.Author == Author.Unknown ? author : item.Author, Lang = item.Lang ?? lang });
    }

    /// <summary>Null when it is no object, or a key of it can't be read as text.</summary>
    private FeedItem? ItemOf(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object ? Item(json) : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private FeedItem Item(JsonElement json)
    {
        var (html, plain, summary) = (Text(json, "content_html"), Text(json, "content_text"), Text(json, "summary"));
        var whole = html is not null && HtmlText.ToPlain(html, XmlItem.LongestText) is { Length: > 0 } shown ? shown : HtmlText.Clean(plain ?? "", XmlItem.LongestText);
        var said = whole.Length > 0 || summary is null ? "" : HtmlText.Clean(summary, XmlItem.LongestText);
        return new FeedItem
        {
            Guid = Id(json),
            Link = XmlItem.Resolve(url, Text(json, "url")) ?? XmlItem.Resolve(url, Text(json, "external_url")),
            Title = Text(json, "title") is { } title && HtmlText.Clean(title, XmlItem.LongestTitle).Replace('\n', ' ') is { Length: > 0 } clean ? clean : null,
            Text = whole.Length > 0 ? whole : said,
            IsSummary = said.Length > 0 || (html is null && plain is null),
            Author = AuthorOf(json) ?? Author.Unknown,
            Posted = FeedDate.Parse(Text(json, "date_published")) ?? FeedDate.Parse(Text(json, "date_modified")),
            Updated = FeedDate.Parse(Text(json, "date_modified")),
            Lang = Text(json, "language"),
        };
    }

    /// <summary>Version 1.1 has a list of authors, 1.0 had one.</summary>
    private static Author? AuthorOf(JsonElement json)
    {
        var author = json.TryGetProperty("authors", out var all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() > 0 ? all[0]
            : json.TryGetProperty("author", out var one) ? one
            : default;
        return author.ValueKind == JsonValueKind.Object && (Text(author, "name") ?? Text(author, "url")) is not null
            ? XmlPerson.With(Text(author, "name") is { } name ? HtmlText.Clean(name, 200) : null, null, Text(author, "url"))
            : null;
    }

    private static string? Id(JsonElement json) =>
        json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number ? id.GetRawText() : Text(json, "id");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && JsonText.TextOf(value) is { } text && !string.IsNullOrWhiteSpace(text) ? text : null;
}
