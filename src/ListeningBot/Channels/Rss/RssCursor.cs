using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Rss;

/// <summary>Where a feed's reading goes on: what the server is asked with, and what was read.</summary>
internal sealed class RssCursor
{
    private RssCursor(string feed, SeenItems seen, string? etag, string? lastModified) => (Feed, Seen, ETag, LastModified) = (feed, seen, etag, lastModified);

    /// <summary>The feed's namespace: another feed under the same name begins anew.</summary>
    public string Feed { get; }
    public SeenItems Seen { get; }
    public string? ETag { get; private set; }
    public string? LastModified { get; private set; }

    /// <summary>Null at first contact, and when the cursor is another feed's or can't be read.</summary>
    public static RssCursor? Parse(Cursor? cursor, string feed)
    {
        try
        {
            return cursor is not null && JsonSerializer.Deserialize<Stored>(cursor.Value) is { } stored && stored.Feed == Mark(feed)
                ? new RssCursor(feed, SeenItems.Parse(stored.Seen ?? ""), stored.ETag, stored.LastModified)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static RssCursor First(string feed) => new(feed, new SeenItems(), null, null);

    /// <summary>All that this answer held is read: the next may be asked for by its tags.</summary>
    public void Answered(string? etag, string? lastModified) => (ETag, LastModified) = (etag, lastModified);

    public Cursor ToCursor() => new(JsonSerializer.Serialize(new Stored(Mark(Feed), ETag, LastModified, Seen.ToString())));

    private static string Mark(string feed) => SeenItems.HashOfId(feed).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Stored(string? Feed, string? ETag, string? LastModified, string? Seen);
}
