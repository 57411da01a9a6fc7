using System.Globalization;
using System.Net;
using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.X;

/// <summary>One post as X gives it. Documented at docs.x.com: x-api/fundamentals/data-dictionary.</summary>
internal sealed record XItem
{
    public const string Namespace = "x";

    /// <summary>X lets no post be longer.</summary>
    private const int LongestText = 25_000;
    private const int LongestName = 200;
    private const int MostLinks = 20;

    public required long Id { get; init; }

    /// <summary>The number that it was first posted under: each edit has a new one.</summary>
    public required string FirstId { get; init; }
    public required string Text { get; init; }
    public string? AuthorId { get; private init; }
    public string? Conversation { get; private init; }
    public string? RepliedTo { get; private init; }
    public string? Reposted { get; private init; }
    public DateTimeOffset? Posted { get; private init; }
    public string? Lang { get; private init; }
    public IReadOnlyList<string> Links { get; private init; } = [];

    /// <summary>The number of its latest version: only that has the text as it stands.</summary>
    public required string LatestId { get; init; }

    public bool IsEdit => FirstId != XId.Text(Id);

    public static PostKey Key(string id) => new(Namespace, id);

    /// <summary>Null when it is no post.</summary>
    public static XItem? Read(JsonElement element)
    {
        if (XId.Parse(XPage.Text(element, "id")) is not { } id || XPage.Text(element, "text") is not { } shortText)
        {
            return null;
        }
        var note = XPage.Part(element, "note_tweet");
        var (text, entities) = XPage.Text(note, "text") is { Length: > 0 } whole ? (whole, XPage.Part(note, "entities")) : (shortText, XPage.Part(element, "entities"));
        var links = XLinks.Of(entities);
        var referenced = XPage.List(element, "referenced_tweets").Select(one => (Type: XPage.Text(one, "type"), Id: XId.Parse(XPage.Text(one, "id")))).Where(one => one.Id is not null).ToList();
        string? Referenced(string type) => referenced.FirstOrDefault(one => one.Type == type).Id is { } other ? XId.Text(other) : null;
        var versions = XPage.List(element, "edit_history_tweet_ids").Select(one => XId.Parse(JsonText.TextOf(one))).OfType<long>().Append(id).ToList();
        return new XItem
        {
            Id = id,
            FirstId = XId.Text(versions.Min()),
            LatestId = XId.Text(versions.Max()),
            Text = HtmlText.Clean(WebUtility.HtmlDecode(XLinks.Expand(text, links)), LongestText),
            AuthorId = XPage.Text(element, "author_id"),
            Conversation = XId.Parse(XPage.Text(element, "conversation_id")) is { } conversation ? XId.Text(conversation) : null,
            RepliedTo = Referenced("replied_to"),
            Reposted = Referenced("retweeted"),
            Posted = DateTimeOffset.TryParse(XPage.Text(element, "created_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var posted) ? posted : null,
            Lang = LangOf(XPage.Text(element, "lang")),
            Links = [.. links.Select(link => link.Expanded).Concat(Referenced("quoted") is { } quoted ? [AddressOf(null, quoted)] : []).Distinct(StringComparer.Ordinal).Take(MostLinks)],
        };
    }

    /// <param name="known">Who wrote it, when X said so or it is ourselves.</param>
    public PostChange ToChange(string channel, XPerson? known)
    {
        var post = new Post
        {
            Key = Key(FirstId),
            Channel = channel,
            Kind = "x",
            Text = Text,
            Url = AddressOf(known?.Username, XId.Text(Id)),
            Author = AuthorOf(known),
            Lang = Lang,
            Posted = Posted,
            InReplyTo = RepliedTo is null ? null : Key(RepliedTo),
            Thread = Conversation is null || Conversation == FirstId || Conversation == XId.Text(Id) ? null : Key(Conversation),
            RepostOf = Reposted is null ? null : Key(Reposted),
            Links = Links.Count == 0 ? null : Links,
        };
        return new PostChange(IsEdit ? ChangeKind.Edited : ChangeKind.Added, post.Key, post);
    }

    private Author AuthorOf(XPerson? known) => known is null
        ? AuthorId is null ? Author.Unknown : new Author { Id = AuthorId, Url = $"https://x.com/i/user/{Uri.EscapeDataString(AuthorId)}" }
        : new Author
        {
            Id = known.Id,
            Handle = known.Username,
            Name = known.Name is { } name && HtmlText.Clean(WebUtility.HtmlDecode(name), LongestName) is { Length: > 0 } clean ? clean : null,
            Url = known.Url,
            Followers = known.Followers,
        };

    /// <summary>Opens the post for people, also where its author's name is not known.</summary>
    private static string AddressOf(string? username, string id) => $"https://x.com/{username ?? "i"}/status/{id}";

    /// <summary>X marks what it can't tell with "und" and names that begin with "q"; some languages have old names.</summary>
    private static string? LangOf(string? lang) => lang switch
    {
        null or "" or "und" or "zxx" => null,
        "iw" => "he",
        "in" => "id",
        { Length: > 10 } => null,
        ['q', ..] => lang == "qu" ? lang : null,
        _ => lang,
    };
}

/// <summary>The short addresses of X (t.co) in a text, and what they stand for.</summary>
internal static class XLinks
{
    private const int LongestAddress = 2000;

    /// <param name="Expanded">Where it leads.</param>
    /// <param name="IsOwnMedia">It only shows the post's own picture or film.</param>
    public sealed record Link(string Short, string Expanded, bool IsOwnMedia);

    public static List<Link> Of(JsonElement entities) => [.. XPage.List(entities, "urls").Select(Read).OfType<Link>().DistinctBy(link => link.Short).OrderByDescending(link => link.Short.Length)];

    public static string Expand(string text, IReadOnlyList<Link> links)
    {
        foreach (var link in links)
        {
            // The text's "&" are escaped: an address must be too, so that all of it is unescaped once.
            text = text.Replace(link.Short, link.IsOwnMedia ? "" : WebUtility.HtmlEncode(link.Expanded), StringComparison.Ordinal);
        }
        return text;
    }

    private static Link? Read(JsonElement url)
    {
        var expanded = XPage.Text(url, "unwound_url") ?? XPage.Text(url, "expanded_url");
        return XPage.Text(url, "url") is { Length: >= 8 and <= LongestAddress } shortened && expanded is { Length: <= LongestAddress }
            && Uri.TryCreate(expanded, UriKind.Absolute, out var target) && target.Scheme is "http" or "https"
            ? new Link(shortened, expanded, XPage.Text(url, "media_key") is not null)
            : null;
    }
}
