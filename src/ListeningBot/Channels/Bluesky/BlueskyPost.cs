using System.Globalization;
using System.Text;
using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Bluesky;

/// <summary>A post as the AppView shows it (app.bsky.feed.defs#postView: uri, author, record), read as <see cref="JetstreamParser"/> reads it from the stream.</summary>
internal static class BlueskyPost
{
    private const int LongestText = 20_000;
    private const int LongestLink = 2_000;

    /// <summary>Null when it is no post that can be understood.</summary>
    public static Post? Of(string channel, JsonElement view) =>
        KeyOf(Text(view, "uri")) is { } key && view.TryGetProperty("record", out var record) && record.ValueKind == JsonValueKind.Object && WordsOf(record) is { } words
            ? Of(channel, key, record, words, HandleOf(view))
            : null;

    /// <summary>The text, then a line for each link title and picture description; null when it has no text.</summary>
    public static string? WordsOf(JsonElement record)
    {
        if (Text(record, "text") is not { } text)
        {
            return null;
        }
        var words = new StringBuilder(text);
        var extras = 0;
        if (record.TryGetProperty("embed", out var embed))
        {
            AddExtras(embed, words, ref extras);
        }
        return words.Length > LongestText ? null : words.ToString();
    }

    /// <summary>
    /// What it links, and the post that it quotes, as one opens them; null when there are none. A moving picture is sent as a link to a picture service: who picks the same one passes on no article.
    /// </summary>
    public static IReadOnlyList<string>? LinksOf(IEnumerable<string> uris)
    {
        List<string> links = [.. uris.Take(JetstreamFrame.MostLinks).Select(AddressOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        return links.Count == 0 ? null : links;
    }

    /// <summary>Two services write the parts of an embed in any order: the same lines are the same post.</summary>
    public static bool SayTheSame(Post known, Post told) => SayTheSame(known.Text, told.Text);

    public static bool SayTheSame(string known, string told) => known == told || known.Split('\n').Order(StringComparer.Ordinal).SequenceEqual(told.Split('\n').Order(StringComparer.Ordinal), StringComparer.Ordinal);

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? JsonText.TextOf(value) : null;

    private static Post Of(string channel, PostKey key, JsonElement record, string words, string? handle)
    {
        var did = key.Id.Split('/')[0];
        var reply = record.TryGetProperty("reply", out var replies) ? replies : default;
        return new Post
        {
            Key = key,
            Channel = channel,
            Kind = "bluesky",
            Text = words,
            Links = LinksOf(new[] { "embed", "facets" }.SelectMany(part => record.TryGetProperty(part, out var value) ? UrisIn(value) : [])),
            Url = AddressOf(key),
            Author = new Author { Id = did, Handle = handle, Url = "https://bsky.app/profile/" + did },
            Lang = record.TryGetProperty("langs", out var langs) && langs.ValueKind == JsonValueKind.Array ? langs.EnumerateArray().Select(JsonText.TextOf).FirstOrDefault(lang => lang is { Length: > 0 and <= 35 }) : null,
            Posted = TimeOf(Text(record, "createdAt")),
            InReplyTo = KeyIn(reply, "parent"),
            Thread = KeyIn(reply, "root"),
        };
    }

    private static string AddressOf(PostKey key) => $"https://bsky.app/profile/{key.Id.Replace("/", "/post/", StringComparison.Ordinal)}";

    private static string? AddressOf(string uri) =>
        KeyOf(uri) is { } quoted ? AddressOf(quoted)
        : uri.Length <= LongestLink && Uri.TryCreate(uri, UriKind.Absolute, out var link) && link.Scheme is "http" or "https" && !link.AbsolutePath.EndsWith(".gif", StringComparison.OrdinalIgnoreCase) ? uri
        : null;

    /// <summary>Those of links and of what is quoted; nothing else has one that can be opened.</summary>
    private static IEnumerable<string> UrisIn(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Array => part.EnumerateArray().SelectMany(UrisIn),
        JsonValueKind.Object => part.EnumerateObject().SelectMany(property => property.Name == "uri" && JsonText.TextOf(property.Value) is { } uri ? [uri] : UrisIn(property.Value)),
        _ => [],
    };

    private static PostKey? KeyIn(JsonElement reply, string name) =>
        reply.ValueKind == JsonValueKind.Object && reply.TryGetProperty(name, out var post) ? KeyOf(Text(post, "uri")) : null;

    /// <summary>"did/rkey" for "at://did/app.bsky.feed.post/rkey".</summary>
    private static PostKey? KeyOf(string? uri) =>
        uri is { Length: < 3000 } && uri.Split('/') is ["at:", "", ['d', 'i', 'd', ':', ..] did, "app.bsky.feed.post", { Length: > 0 and <= 512 } rkey] ? new PostKey(JetstreamParser.Namespace, did + "/" + rkey) : null;

    private static string? HandleOf(JsonElement view) =>
        view.TryGetProperty("author", out var author) && Text(author, "handle")?.ToLowerInvariant() is { Length: < 254 } handle && handle != "handle.invalid" && Uri.CheckHostName(handle) == UriHostNameType.Dns ? handle : null;

    private static void AddExtras(JsonElement embed, StringBuilder words, ref int extras)
    {
        if (embed.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in embed.EnumerateArray())
            {
                AddExtras(item, words, ref extras);
            }
        }
        else if (embed.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in embed.EnumerateObject())
            {
                if (property.Name is "title" or "alt" && JsonText.TextOf(property.Value) is { Length: > 0 } text && extras < JetstreamFrame.MostExtras)
                {
                    extras++;
                    words.Append('\n').Append(text);
                }
                AddExtras(property.Value, words, ref extras);
            }
        }
    }

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}
