using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mastodon;

/// <summary>Posts of a server (docs.joinmastodon.org/entities/Status, Account, MediaAttachment, Poll) as ours.</summary>
/// <param name="host">Of the server that was asked: its own accounts come without it.</param>
internal sealed class MastodonPost(string host, string channel, KnownStatuses known)
{
    private const int LongestText = 20_000;
    private const int LongestUri = 1000;
    private const int LongestId = 200;

    /// <summary>Null when it is no post.</summary>
    public Post? Of(JsonElement status)
    {
        if (IdOf(status) is not { } id || status.Text("uri") is not { Length: <= LongestUri } uri || AuthorOf(status.At("account")) is not { } author)
        {
            return null;
        }
        known.Add(id, uri);
        var reblog = status.At("reblog");
        var original = reblog.Text("uri") is { Length: <= LongestUri } repeated ? repeated : null;
        var shown = original is null ? status : reblog;
        return new Post
        {
            Key = KeyOf(uri),
            Channel = channel,
            Kind = "mastodon",
            Text = TextOf(shown),
            Url = shown.Address("url") ?? status.Address("url") ?? status.Address("uri"),
            Author = author,
            Lang = shown.Text("language") is { Length: <= 20 } lang ? lang : null,
            Posted = status.Time("created_at"),
            InReplyTo = known.UriOf(AnswersId(status)) is { } answered ? KeyOf(answered) : null,
            RepostOf = original is null ? null : KeyOf(original),
            Links = LinksOf(shown),
            Automatic = status.IsTrue("account", "bot"),
            Private = status.Text("visibility") is "direct" or "private",
        };
    }

    /// <summary>Edited where it says so: who forgot that it was read must not take it for what is known.</summary>
    public static ChangeKind KindOf(JsonElement status) => status.Text("edited_at") is null ? ChangeKind.Added : ChangeKind.Edited;

    /// <summary>Lasting wherever the post is seen; a server's own number is not.</summary>
    public static PostKey KeyOf(string uri) => new("mastodon", uri);

    /// <summary>Strings of digits or letters; numbers on some servers.</summary>
    public static string? IdOf(JsonElement json) => json.Text("id") is { Length: <= LongestId } id ? id : json.Whole("id")?.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The number of the post that it answers.</summary>
    public static string? AnswersId(JsonElement status) => status.Text("in_reply_to_id") is { Length: <= LongestId } id ? id : null;

    /// <summary>"mia@social.example", also for an account of the server itself. Null when there is none.</summary>
    private Author? AuthorOf(JsonElement account)
    {
        if (account.Text("acct") is not { Length: <= 300 } acct)
        {
            return null;
        }
        var full = acct.Contains('@', StringComparison.Ordinal) ? acct : $"{acct}@{host}";
        return new Author
        {
            Id = full.ToLowerInvariant(),
            Handle = full,
            Name = account.Text("display_name") is { } name && HtmlText.Clean(name, 200) is { Length: > 0 } clean ? clean.Replace('\n', ' ') : null,
            Url = account.Address("url"),
            Followers = account.Whole("followers_count") is >= 0 and var followers ? followers : null,
        };
    }

    /// <summary>The content warning, the text, what can be voted for, and what pictures show: all of it is what they say.</summary>
    private static string TextOf(JsonElement status)
    {
        var options = status.Items("poll", "options").Select(option => option.Text("title")).OfType<string>().Select(title => "- " + title);
        var media = status.Items("media_attachments").Select(one => one.Text("description")).OfType<string>().Select(description => $"[{description}]");
        string?[] parts = [Plain(status.Text("spoiler_text")), status.Text("content") is { } html ? HtmlText.ToPlain(html, LongestText) : null, Plain(string.Join('\n', options.Take(10))), Plain(string.Join('\n', media.Take(16)))];
        return HtmlText.Clean(string.Join("\n\n", parts.Where(part => part is { Length: > 0 })), LongestText);
    }

    private static string? Plain(string? text) => text is null ? null : HtmlText.Clean(text, LongestText);

    private static List<string>? LinksOf(JsonElement status) =>
        new[] { status.Address("card", "url"), status.Address("quote", "quoted_status", "url") }.OfType<string>().Distinct().ToList() is { Count: > 0 } links ? links : null;
}
