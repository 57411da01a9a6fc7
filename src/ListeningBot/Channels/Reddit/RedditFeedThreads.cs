using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Reddit;

/// <summary>Re-reads one post or comment by the feed of what stands below it. What is not in it may be there all the same.</summary>
internal sealed class RedditFeedThreads(ChannelContext context, RedditOptions options) : IThreadReader
{
    private readonly RedditFeeds _feeds = new(context, options);

    public int AtOnce => 1;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        List<PostChange> changes = [];
        foreach (var post in posts)
        {
            var isComment = post.Key.Id.StartsWith("t1_", StringComparison.Ordinal);
            if (RedditPost.IsFullname(post.Key.Id) && (isComment ? post.Thread?.Id : post.Key.Id) is { Length: > 3 } thread)
            {
                var shown = await ShownAsync($"/comments/{thread[3..]}/{(isComment ? $"_/{post.Key.Id[3..]}/" : "")}", ct);
                changes.AddRange(shown.Select(one => ChangeOf(one, post, isComment)).OfType<PostChange>());
            }
        }
        return changes;
    }

    /// <summary>Nothing where a subreddit is closed to us now: that says nothing of its posts.</summary>
    private async Task<IReadOnlyList<PostChange>> ShownAsync(string path, CancellationToken ct)
    {
        try
        {
            return (await _feeds.PageAsync(path, "&sort=new", null, ct)).Shown;
        }
        catch (PlaceRefusedException)
        {
            return [];
        }
    }

    /// <summary>Below a comment stands only what answers it, or an answer to it; the feed does not say which.</summary>
    private static PostChange? ChangeOf(PostChange shown, Post asked, bool isComment) =>
        shown.Key == asked.Key ? (shown.Post is null ? shown : shown with { Kind = ChangeKind.Edited, Post = shown.Post with { InReplyTo = asked.InReplyTo } })
        : shown.Post is not { } answer || !answer.Key.Id.StartsWith("t1_", StringComparison.Ordinal) ? null
        : shown with { Post = answer with { InReplyTo = isComment ? asked.Key : null } };
}
