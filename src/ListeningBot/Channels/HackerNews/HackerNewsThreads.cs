using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.HackerNews;

/// <summary>What became of posts, and the comments below them, by the official API: one request for each.</summary>
internal sealed class HackerNewsThreads(ChannelContext context, HackerNewsOptions options) : IThreadReader
{
    /// <summary>Comments read below one post, the nearest first; the newest of a longer list.</summary>
    private const int MostComments = 40;
    private readonly HackerNewsItems _items = new(context, options);

    public int AtOnce => 5;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        List<PostChange> changes = [];
        foreach (var post in posts)
        {
            using var json = await _items.AskAsync("item/" + Uri.EscapeDataString(post.Key.Id), ct);
            var item = json.RootElement;
            if (item.IsTrue("deleted"))
            {
                changes.Add(new PostChange(ChangeKind.Deleted, post.Key, null));
            }
            else if (HackerNewsPost.OfItem(item, context.Name) is { } now && now.Key == post.Key && !item.IsTrue("dead"))
            {
                // The item of a comment does not say which story it stands under; the search does.
                changes.Add(new PostChange(ChangeKind.Edited, post.Key, now with { Place = now.InReplyTo is null ? null : HackerNewsPost.Below(post), Thread = post.Thread }));
            }
            await CommentsAsync(item, post, changes, ct);
        }
        return changes;
    }

    private async Task CommentsAsync(JsonElement item, Post post, List<PostChange> changes, CancellationToken ct)
    {
        var waiting = new Queue<long>(KidsOf(item));
        HashSet<long> asked = [item.Whole("id") ?? 0];
        while (asked.Count <= MostComments && waiting.TryDequeue(out var id))
        {
            if (!asked.Add(id))
            {
                continue;
            }
            using var json = await _items.AskAsync("item/" + id, ct);
            if (!json.RootElement.IsTrue("dead") && HackerNewsPost.OfItem(json.RootElement, context.Name) is { InReplyTo: not null } comment)
            {
                changes.Add(new PostChange(ChangeKind.Added, comment.Key, comment with { Place = HackerNewsPost.Below(post), Thread = post.Thread ?? post.Key }));
            }
            foreach (var kid in KidsOf(json.RootElement))
            {
                waiting.Enqueue(kid);
            }
        }
    }

    /// <summary>The service lists them by rank; ids rise with time.</summary>
    private static IEnumerable<long> KidsOf(JsonElement item) =>
        item.Items("kids").Where(kid => kid.ValueKind == JsonValueKind.Number).Select(kid => kid.TryGetInt64(out var id) ? id : 0).Where(id => id > 0).OrderDescending().Take(MostComments);
}
