using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Reddit;

/// <summary>A "thing" of the API: a post (t3) or a comment (t1).</summary>
internal sealed class RedditThing(string channel)
{
    /// <summary>The posts and comments of a listing, in its order.</summary>
    public (List<PostChange> Shown, List<BadItem> Bad) OfListing(JsonElement listing) => JsonFields.Each(listing.Items("data", "children"), "item", Of);

    /// <summary>Null for what is neither post nor comment ("more", an account).</summary>
    private PostChange? Of(JsonElement thing)
    {
        var data = thing.At("data");
        if ((thing.Text("kind") ?? throw new FormatException("has no kind")) is not ("t1" or "t3"))
        {
            return null;
        }
        var name = data.Text("name");
        if (!RedditPost.IsFullname(name))
        {
            throw new FormatException("has no name");
        }
        var key = RedditPost.Key(name!);
        return IsGone(data) ? new PostChange(ChangeKind.Deleted, key, null) : new PostChange(ChangeKind.Added, key, Post(data, key));
    }

    private Post Post(JsonElement data, PostKey key)
    {
        var title = RedditPost.Title(data.Text("title"));
        var text = TextOf(data);
        if (title is null && text.Length == 0)
        {
            throw new FormatException("has neither title nor text");
        }
        var url = RedditPost.Permalink(data.Text("permalink"));
        return new Post
        {
            Key = key,
            Channel = channel,
            Kind = "reddit",
            Title = title,
            Text = text,
            Url = url?.AbsoluteUri,
            Place = RedditPost.PlaceOf(url),
            Author = RedditPost.AuthorOf(data.Text("author")),
            Posted = data.Time("created_utc"),
            InReplyTo = KeyOf(data.Text("parent_id")),
            Thread = KeyOf(data.Text("link_id")),
            RepostOf = RepostOf(data, title, text),
            Links = data.At("is_self").ValueKind == JsonValueKind.True ? null : RedditPost.Links(data.Text("url")),
        };
    }

    /// <summary>What it crossposts without a word of its own: who gives it another title, or writes below it, speaks for themselves.</summary>
    private static PostKey? RepostOf(JsonElement data, string? title, string text)
    {
        var original = data.Items("crosspost_parent_list").FirstOrDefault();
        var isTheirs = string.Equals(title, RedditPost.Title(original.Text("title")), StringComparison.OrdinalIgnoreCase) && (text.Length == 0 || text == TextOf(original));
        return isTheirs ? KeyOf(data.Text("crosspost_parent")) : null;
    }

    private static string TextOf(JsonElement data) => RedditPost.Text(data.Text("selftext_html") ?? data.Text("body_html"), data.Text("selftext") ?? data.Text("body"));

    /// <summary>Its words are gone, or nobody is shown it any more. An account that is gone leaves its words behind, and those count.</summary>
    private static bool IsGone(JsonElement data)
    {
        var text = data.Text("selftext") ?? data.Text("body") ?? "";
        return RedditPost.IsGone(text) || data.Text("removed_by_category") is not null
            || (text.Length == 0 && data.Text("author") is null or "[deleted]" && (data.Text("title") is not { } title || RedditPost.IsGone(title)));
    }

    private static PostKey? KeyOf(string? fullname) => RedditPost.IsFullname(fullname) ? RedditPost.Key(fullname!) : null;
}
