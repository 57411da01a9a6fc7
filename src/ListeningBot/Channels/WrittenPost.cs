using System.Globalization;
using System.Text;
using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels;

/// <summary>A post as others write it for us in JSON, read. The format is told at <see cref="Replay.ReplayOptions"/>.</summary>
internal sealed record WrittenPost(ChangeKind Change, Post Post, TimeSpan? Ago, TimeSpan? After)
{
    /// <summary>A longer id is cut: PostgreSQL's index takes 2,704 bytes, with the name of the channel beside it. Shorter ones stay as they are, since they name what is stored already.</summary>
    private const int LongestIdBytes = 2000;
    private const int KeptOfLonger = 200;

    /// <summary>The change as of <paramref name="now"/>, when it is read aloud; <paramref name="shift"/> moves the time that it claims.</summary>
    public PostChange At(DateTimeOffset now, TimeSpan shift = default) => Change is ChangeKind.Deleted or ChangeKind.AuthorGone
        ? new PostChange(Change, Post.Key, null)
        : new PostChange(Change, Post.Key, Post with { Posted = Ago is { } ago ? Shifted(now, -ago) : Post.Posted is { } posted ? Shifted(posted, shift) : null });

    /// <summary>Null when it is no post; <paramref name="why"/> then says so, without its text.</summary>
    /// <param name="kind">Of the channel that reads it: where the post names no kind of its own, and the namespace of its id.</param>
    public static WrittenPost? Read(ReadOnlyMemory<byte> line, string channel, string kind, out string? why)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            why = document.RootElement.ValueKind != JsonValueKind.Object ? "is not a JSON object" : null;
            return why is null ? Read(document.RootElement, line.Span, channel, kind, out why) : null;
        }
        catch (JsonException error)
        {
            why = $"is not JSON (byte {error.BytePositionInLine})";
        }
        catch (InvalidOperationException)
        {
            why = "has a key that is not text";
        }
        return null;
    }

    private static WrittenPost? Read(JsonElement json, ReadOnlySpan<byte> line, string ownChannel, string ownKind, out string? why)
    {
        var change = ChangeOf(json);
        var text = Text(json, "text");
        var id = Id(json, "id");
        var deletion = change is ChangeKind.Deleted or ChangeKind.AuthorGone;
        why = deletion ? (id is null ? "has no \"id\" of what is deleted" : null)
            : text is null ? "has no \"text\""
            : WhyNoTime(json.At("posted")) is { } fault ? $"has a \"posted\" that {fault}"
            : null;
        if (why is not null)
        {
            return null;
        }
        var channel = Text(json, "channel") is { Length: > 0 } named ? Short(named) : ownChannel;
        var post = PostOf(json, channel, ownKind, text ?? "", id ?? "line-" + ThreadHash.Of(line).ToString("x16", CultureInfo.InvariantCulture));
        return new WrittenPost(change, post, SpanOf(json, "ago"), SpanOf(json, "after"));
    }

    private static Post PostOf(JsonElement json, string channel, string ownKind, string text, string id) => new()
    {
        Key = KeyOf(ownKind, channel, id),
        Channel = channel,
        Kind = Text(json, "kind") is { Length: > 0 } kind ? kind : ownKind,
        Title = Text(json, "title"),
        Text = text,
        Url = WebAddress(Text(json, "url")),
        Lang = Text(json, "lang"),
        Author = AuthorOf(json),
        Posted = json.Time("posted"),
        InReplyTo = Id(json, "inReplyTo") is { } answered ? KeyOf(ownKind, channel, answered) : null,
        Thread = Id(json, "thread") is { } first ? KeyOf(ownKind, channel, first) : null,
        Stars = Number(json, "stars") is { } stars && stars is >= 1 and <= 5 ? stars : null,
        Automatic = Is(json, "automatic"),
        Private = Is(json, "private"),
    };

    private static Author AuthorOf(JsonElement json) =>
        !json.TryGetProperty("author", out var author) || author.ValueKind != JsonValueKind.Object ? Author.Unknown : new Author
        {
            Id = Id(author, "id") ?? Id(author, "address")?.ToLowerInvariant(),
            Name = Text(author, "name"),
            Handle = Id(author, "handle"),
            Url = WebAddress(Text(author, "url")),
            Followers = Number(author, "followers") is { } followers && followers is >= 0 and <= 1e15 ? (long)followers : null,
        };

    private static PostKey KeyOf(string kind, string channel, string id) => new(kind + ":" + channel, id);

    private static ChangeKind ChangeOf(JsonElement json) => Text(json, "change") switch
    {
        "edited" => ChangeKind.Edited,
        "deleted" => ChangeKind.Deleted,
        "authorGone" => ChangeKind.AuthorGone,
        _ => Is(json, "deleted") ? ChangeKind.Deleted : Is(json, "edited") ? ChangeKind.Edited : ChangeKind.Added,
    };

    private static string? Text(JsonElement json, string key) => json.TryGetProperty(key, out var value) ? JsonText.TextOf(value) : null;

    /// <summary>An id may be written as a number.</summary>
    private static string? Id(JsonElement json, string key)
    {
        if (!json.TryGetProperty(key, out var value))
        {
            return null;
        }
        var id = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : JsonText.TextOf(value);
        return string.IsNullOrEmpty(id) ? null : Short(id);
    }

    /// <summary>It stays its own: two that begin alike are told apart by the rest.</summary>
    private static string Short(string id) =>
        Encoding.UTF8.GetByteCount(id) <= LongestIdBytes ? id : $"{id[..KeptOfLonger]}#{ThreadHash.Of(Encoding.UTF8.GetBytes(id)).ToString("x16", CultureInfo.InvariantCulture)}";

    /// <summary>A number may be written as text.</summary>
    private static double? Number(JsonElement json, string key) =>
        !json.TryGetProperty(key, out var value) ? null
        : value.ValueKind == JsonValueKind.Number ? value.TryGetDouble(out var number) ? number : null
        : double.TryParse(JsonText.TextOf(value), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var written) ? written : null;

    private static bool Is(JsonElement json, string key) => json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>A time that its sender meant and we can't read would be now: old trouble would look new. Null where it can be read, or none was meant.</summary>
    private static string? WhyNoTime(JsonElement posted) =>
        posted.Time() is not null || posted.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || (posted.ValueKind == JsonValueKind.String && posted.Text() is null) ? null
        : posted.Number() is not null ? "is a number that is neither seconds (10 digits) nor milliseconds (13 digits) since 1970, and micro- or nanoseconds and a date in mere digits are not read: write one of those two, or ISO 8601 (\"2026-11-03T09:30:00Z\")"
        : "is no time that is read: write ISO 8601 with its separators (\"2026-11-03T09:30:00Z\"), or seconds or milliseconds since 1970";

    private static TimeSpan? SpanOf(JsonElement json, string key)
    {
        if (Number(json, key) is { } seconds)
        {
            return seconds is >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds) : null;
        }
        return TimeSpan.TryParse(Text(json, key), CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.Zero ? span : null;
    }

    private static string? WebAddress(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps) ? text : null;

    private static DateTimeOffset Shifted(DateTimeOffset time, TimeSpan by)
    {
        var ticks = time.UtcTicks + (Int128)by.Ticks;
        return new DateTimeOffset((long)Int128.Clamp(ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks), TimeSpan.Zero);
    }
}
