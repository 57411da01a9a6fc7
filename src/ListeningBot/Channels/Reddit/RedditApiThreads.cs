using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Reddit;

/// <summary>Re-reads posts and comments by the API, all of them at once, and then the comments below each that has some.</summary>
internal sealed class RedditApiThreads(ChannelContext context, RedditOptions options) : IThreadReader
{
    private readonly RedditApi _api = new(context, options);
    private readonly RedditThing _thing = new(context.Name);

    public int AtOnce => 50;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        var asked = posts.Where(post => RedditPost.IsFullname(post.Key.Id)).DistinctBy(post => post.Key).ToList();
        if (asked.Count == 0)
        {
            return [];
        }
        using var json = await _api.GetAsync($"/api/info?raw_json=1&id={string.Join(',', asked.Select(post => post.Key.Id))}", ct);
        List<PostChange> changes = [.. _thing.OfListing(json.RootElement).Shown.Select(one => one.Post is null ? one : one with { Kind = ChangeKind.Edited })];
        var silent = Silent(json.RootElement);
        foreach (var post in asked.Where(post => !silent.Contains(post.Key.Id)))
        {
            changes.AddRange(await BelowAsync(post, ct));
        }
        return changes;
    }

    /// <summary>Posts that have no comments; of a comment that is not told.</summary>
    private static HashSet<string> Silent(JsonElement listing) =>
        [.. listing.Items("data", "children").Where(thing => thing.Number("data", "num_comments") == 0).Select(thing => thing.Text("data", "name")).OfType<string>()];

    private async Task<List<PostChange>> BelowAsync(Post post, CancellationToken ct)
    {
        var isComment = post.Key.Id.StartsWith("t1_", StringComparison.Ordinal);
        if ((isComment ? post.Thread?.Id : post.Key.Id) is not { Length: > 3 } thread)
        {
            return [];
        }
        try
        {
            using var json = await _api.GetAsync($"/comments/{thread[3..]}?raw_json=1&limit=100&sort=new&depth=6{(isComment ? $"&context=0&comment={post.Key.Id[3..]}" : "")}", ct);
            List<PostChange> found = [];
            foreach (var listing in json.RootElement.Items().Skip(1))
            {
                Collect(listing, found);
            }
            return [.. found.Where(one => one.Post is not null && one.Key != post.Key)];
        }
        catch (PlaceRefusedException)
        {
            // Its subreddit is closed to us now: that says nothing of this post, and nothing of the others.
            return [];
        }
    }

    private void Collect(JsonElement listing, List<PostChange> found)
    {
        found.AddRange(_thing.OfListing(listing).Shown);
        foreach (var thing in listing.Items("data", "children"))
        {
            if (thing.At("data", "replies") is { ValueKind: JsonValueKind.Object } replies)
            {
                Collect(replies, found);
            }
        }
    }
}
