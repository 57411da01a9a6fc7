using System.Text.Json;
using System.Text.Json.Serialization;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Rss;

/// <summary>Where a feed's reading goes on: what the server is asked with, and what was read.</summary>
internal sealed class RssCursor
{
    /// <summary>A feed that never comes whole would else be at its first contact for ever.</summary>
    private const int MostFirstLooks = 3;
    private int _firstLooks;

    private RssCursor(string feed, SeenItems seen, WaitingPages pages, string? etag, string? lastModified, int firstLooks, DateTimeOffset? readAt) =>
        (Feed, Seen, Pages, ETag, LastModified, _firstLooks, ReadAt) = (feed, seen, pages, etag, lastModified, firstLooks, readAt);

    /// <summary>The feed's namespace: another feed under the same name begins anew.</summary>
    public string Feed { get; }
    public SeenItems Seen { get; }

    /// <summary>Beside what was seen, so that the version before, which knows nothing of them, reads the rest as its own.</summary>
    public WaitingPages Pages { get; }
    public string? ETag { get; private set; }
    public string? LastModified { get; private set; }

    /// <summary>When the feed was last read whole, at first contact the one that had the channel's name before; null when that is not known.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>True until the feed was read whole once: what comes only now may have stood there for long.</summary>
    public bool IsFirst => _firstLooks > 0;

    /// <summary>Begins anew when the cursor can't be read, and when it is another feed's: of that one it keeps only when it was read.</summary>
    public static RssCursor Parse(Cursor? cursor, string feed)
    {
        try
        {
            if (cursor is null || JsonSerializer.Deserialize(cursor.Value, RssCursorJson.Default.Stored) is not { } stored)
            {
                return First(feed, null);
            }
            DateTimeOffset? readAt = stored.ReadAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
            return stored.Feed == Mark(feed)
                ? new RssCursor(feed, SeenItems.Parse(stored.Seen ?? ""), new WaitingPages(stored.Pages ?? []), stored.ETag, stored.LastModified, stored.FirstLooks, readAt)
                : First(feed, readAt);
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            return First(feed, null);
        }
    }

    private static RssCursor First(string feed, DateTimeOffset? readAt) => new(feed, new SeenItems(), new WaitingPages(), null, null, MostFirstLooks, readAt);

    /// <summary>How far back a first contact goes: a day, or to when the feed before it was read.</summary>
    public DateTimeOffset FirstReadsFrom(DateTimeOffset now) => now - PostTime.FirstContactBack is var dayAgo && ReadAt < dayAgo ? ReadAt.Value : dayAgo;

    /// <summary>All that this answer held is read: when it was whole, the next may be asked for by its tags.</summary>
    public void Answered(bool isWhole, string? etag, string? lastModified, DateTimeOffset at)
    {
        ReadAt = isWhole ? at : ReadAt;
        (ETag, LastModified) = isWhole ? (etag, lastModified) : (null, null);
        _firstLooks = isWhole ? 0 : Math.Max(0, _firstLooks - 1);
    }

    /// <summary>It is as it was when it was last read; at first contact it never was.</summary>
    public void Unchanged(DateTimeOffset at) => ReadAt = IsFirst ? ReadAt : at;

    public Cursor ToCursor() => new(JsonSerializer.Serialize(new Stored(Mark(Feed), ETag, LastModified, Seen.ToString(), _firstLooks, ReadAt?.ToUnixTimeMilliseconds(), Pages.ToStored()), RssCursorJson.Default.Stored));

    private static string Mark(string feed) => SeenItems.HashOfId(feed).ToString("x16", System.Globalization.CultureInfo.InvariantCulture);

    internal sealed record Stored(string? Feed, string? ETag, string? LastModified, string? Seen, int FirstLooks, long? ReadAt = null, IReadOnlyList<WaitingPage?>? Pages = null);
}

[JsonSerializable(typeof(RssCursor.Stored))]
internal sealed partial class RssCursorJson : JsonSerializerContext;
