using System.Globalization;
using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Replay;

/// <summary>One line, read: see <see cref="ReplayOptions"/> for the format.</summary>
internal sealed record ReplayLine(ChangeKind Change, Post Post, DateTimeOffset? Posted, TimeSpan? Ago, TimeSpan? After)
{
    /// <summary>The change as of <paramref name="now"/>, when the line is read aloud.</summary>
    public PostChange At(DateTimeOffset now, TimeSpan shift) => Change is ChangeKind.Deleted or ChangeKind.AuthorGone
        ? new PostChange(Change, Post.Key, null)
        : new PostChange(Change, Post.Key, Post with { Posted = Ago is { } ago ? Shifted(now, -ago) : Posted is { } posted ? Shifted(posted, shift) : null });

    /// <summary>Null when the line is no post; <paramref name="why"/> then says so, without the line's text.</summary>
    public static ReplayLine? Read(ReadOnlyMemory<byte> line, string channel, out string? why)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            why = document.RootElement.ValueKind != JsonValueKind.Object ? "is not a JSON object" : null;
            return why is null ? Read(document.RootElement, line.Span, channel, out why) : null;
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

    private static ReplayLine? Read(JsonElement json, ReadOnlySpan<byte> line, string ownChannel, out string? why)
    {
        var change = ChangeOf(Text(json, "change"));
        var text = Text(json, "text");
        var id = Id(json, "id");
        var deletion = change is ChangeKind.Deleted or ChangeKind.AuthorGone;
        why = text is null && !deletion ? "has no \"text\"" : id is null && deletion ? "has no \"id\" of what is deleted" : null;
        if (why is not null)
        {
            return null;
        }
        var channel = Text(json, "channel") is { Length: > 0 } named ? named : ownChannel;
        var post = PostOf(json, channel, text ?? "", id ?? "line-" + ThreadHash.Of(line).ToString("x16", CultureInfo.InvariantCulture));
        return new ReplayLine(change, post, TimeOf(Text(json, "posted")), SpanOf(json, "ago"), SpanOf(json, "after"));
    }

    private static Post PostOf(JsonElement json, string channel, string text, string id) => new()
    {
        Key = KeyOf(channel, id),
        Channel = channel,
        Kind = Text(json, "kind") is { Length: > 0 } kind ? kind : "replay",
        Title = Text(json, "title"),
        Text = text,
        Url = WebAddress(Text(json, "url")),
        Lang = Text(json, "lang"),
        Author = AuthorOf(json),
        InReplyTo = Id(json, "inReplyTo") is { } answered ? KeyOf(channel, answered) : null,
        Thread = Id(json, "thread") is { } first ? KeyOf(channel, first) : null,
        Stars = Number(json, "stars") is { } stars && stars is >= 1 and <= 5 ? stars : null,
        Automatic = Is(json, "automatic"),
        Private = Is(json, "private"),
    };

    private static Author AuthorOf(JsonElement json) =>
        !json.TryGetProperty("author", out var author) || author.ValueKind != JsonValueKind.Object ? Author.Unknown : new Author
        {
            Id = Id(author, "id") ?? Text(author, "address")?.ToLowerInvariant(),
            Name = Text(author, "name"),
            Handle = Text(author, "handle"),
            Url = WebAddress(Text(author, "url")),
            Followers = Number(author, "followers") is { } followers && followers is >= 0 and <= 1e15 ? (long)followers : null,
        };

    private static PostKey KeyOf(string channel, string id) => new("replay:" + channel, id);

    private static ChangeKind ChangeOf(string? word) => word switch
    {
        "edited" => ChangeKind.Edited,
        "deleted" => ChangeKind.Deleted,
        "authorGone" => ChangeKind.AuthorGone,
        _ => ChangeKind.Added,
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
        return string.IsNullOrEmpty(id) ? null : id;
    }

    private static double? Number(JsonElement json, string key) =>
        json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    private static bool Is(JsonElement json, string key) => json.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;

    private static DateTimeOffset? TimeOf(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

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
