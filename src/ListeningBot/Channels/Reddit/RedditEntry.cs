using System.Text.RegularExpressions;
using ListeningBot.Channels.Feeds;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Reddit;

/// <summary>An entry of a feed: the id is the fullname; the text stands between two comments of the HTML, behind it who submitted it, and what it links.</summary>
internal sealed partial class RedditEntry(string channel)
{
    private const string Begin = "<!-- SC_OFF -->";
    private const string End = "<!-- SC_ON -->";

    public (List<PostChange> Shown, List<BadItem> Bad) OfFeed(FeedContent feed)
    {
        List<PostChange> shown = [];
        List<BadItem> bad = [.. feed.Bad];
        foreach (var item in feed.Items)
        {
            if (RedditPost.IsFullname(item.Guid))
            {
                shown.Add(Of(item));
            }
            else if (item.Guid?.StartsWith('t') != true)
            {
                bad.Add(new BadItem("an entry has no fullname of Reddit", item.Guid ?? ""));
            }
        }
        return (shown, bad);
    }

    private PostChange Of(FeedItem item)
    {
        var key = RedditPost.Key(item.Guid!);
        var text = RedditPost.Text(Body(item.Html), null);
        if (RedditPost.IsGone(text))
        {
            return new PostChange(ChangeKind.Deleted, key, null);
        }
        var isComment = key.Id.StartsWith("t1_", StringComparison.Ordinal);
        var url = RedditPost.Permalink(item.Link?.AbsoluteUri);
        return new PostChange(ChangeKind.Added, key, new Post
        {
            Key = key,
            Channel = channel,
            Kind = "reddit",
            Title = isComment ? null : RedditPost.Title(item.Title),
            Text = text,
            Url = url?.AbsoluteUri,
            Place = RedditPost.PlaceOf(url),
            Author = RedditPost.AuthorOf(item.Author.Name?.Trim('/') is { } name && name.StartsWith("u/", StringComparison.Ordinal) ? name[2..] : item.Author.Name),
            Posted = item.Posted,
            Thread = isComment ? ThreadOf(url) : null,
            Links = isComment || item.Html is not { } html || LinkOf().Match(html) is not { Success: true } link ? null : RedditPost.Links(System.Net.WebUtility.HtmlDecode(link.Groups["url"].Value)),
        });
    }

    /// <summary>Nothing where the post only links.</summary>
    private static string Body(string? html)
    {
        var (from, to) = (html?.IndexOf(Begin, StringComparison.Ordinal) ?? -1, html?.LastIndexOf(End, StringComparison.Ordinal) ?? -1);
        return from >= 0 && to > from ? html![(from + Begin.Length)..to] : html is not null && !LinkOf().IsMatch(html) ? html : "";
    }

    /// <summary>"/r/NAME/comments/ID/...".</summary>
    private static PostKey? ThreadOf(Uri? permalink)
    {
        var parts = permalink?.Segments.Select(part => part.TrimEnd('/')).ToList() ?? [];
        var at = parts.IndexOf("comments");
        return at >= 0 && at + 1 < parts.Count && RedditPost.IsFullname("t3_" + parts[at + 1]) ? RedditPost.Key("t3_" + parts[at + 1]) : null;
    }

    [GeneratedRegex("""<a href="(?<url>[^"]{1,3000})">\[link\]</a>""", RegexOptions.ExplicitCapture | RegexOptions.RightToLeft, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LinkOf();
}
