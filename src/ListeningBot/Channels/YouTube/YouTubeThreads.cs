using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.YouTube;

/// <summary>Re-reads comments, fifty for one unit; those that are missing are gone. Then the replies to each, where it has some.</summary>
internal sealed class YouTubeThreads(ChannelContext context, YouTubeOptions options) : IThreadReader
{
    private readonly YouTubeApi _api = new(context, options, new YouTubeUnits(options.UnitsADay / YouTubeChannel.ShareOfRereading, context.Time));

    public int AtOnce => 50;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        var asked = posts.Where(post => YouTubeComment.IsId(post.Key.Id)).DistinctBy(post => post.Key).ToDictionary(post => post.Key.Id, StringComparer.Ordinal);
        if (asked.Count == 0)
        {
            return [];
        }
        using var json = await _api.GetAsync($"comments?part=snippet&textFormat=plainText&id={string.Join(',', asked.Keys)}", ct);
        if (json.RootElement.At("items").ValueKind != JsonValueKind.Array)
        {
            return [];
        }
        var there = json.RootElement.Items("items").Select(comment => comment.Text("id")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (there.Count == 0 && asked.Count > 1)
        {
            // That all went at once is less likely than a fault of the service.
            return [];
        }
        List<PostChange> changes =
        [
            .. Posts(json.RootElement.Items("items"), asked.GetValueOrDefault).Where(post => asked.ContainsKey(post.Key.Id)).Select(post => new PostChange(ChangeKind.Edited, post.Key, post)),
            .. asked.Values.Where(post => !there.Contains(post.Key.Id)).Select(post => new PostChange(ChangeKind.Deleted, post.Key, null)),
        ];
        try
        {
            changes.AddRange(await RepliesAsync([.. asked.Values.Where(post => post.InReplyTo is null && there.Contains(post.Key.Id))], ct));
        }
        catch (PlaceRefusedException)
        {
            // Below one of the videos comments are switched off now, and YouTube does not say which: what became of the others counts all the same.
        }
        return [.. changes.DistinctBy(change => change.Key)];
    }

    private async Task<List<PostChange>> RepliesAsync(IReadOnlyList<Post> asked, CancellationToken ct)
    {
        if (asked.Count == 0)
        {
            return [];
        }
        using var json = await _api.GetAsync($"commentThreads?part=snippet,replies&textFormat=plainText&id={string.Join(',', asked.Select(post => post.Key.Id))}", ct);
        List<PostChange> found = [];
        foreach (var thread in json.RootElement.Items("items"))
        {
            List<JsonElement> replies = [.. thread.Items("replies", "comments")];
            if (asked.FirstOrDefault(post => post.Key.Id == thread.Text("id")) is { } answered)
            {
                replies = thread.Number("snippet", "totalReplyCount") > replies.Count ? await YouTubeChannel.AllRepliesAsync(_api, answered.Key.Id, ct) : replies;
                found.AddRange(Posts(replies, _ => answered).Where(post => post.InReplyTo == answered.Key).Select(post => new PostChange(ChangeKind.Added, post.Key, post)));
            }
        }
        return found;
    }

    /// <summary>The API does not say again where a comment stands: that is known from when it was first read.</summary>
    private List<Post> Posts(IEnumerable<JsonElement> comments, Func<string, Post?> known) =>
        JsonFields.Each(comments, "comment", comment =>
        {
            var before = known(comment.Text("id") ?? "");
            var post = YouTubeComment.Of(comment, context.Name, VideoOf(before), _ => null);
            return post with { Place = before?.Place };
        }).Good;

    private static string? VideoOf(Post? post) =>
        post?.Url is { } url && url.IndexOf("v=", StringComparison.Ordinal) is >= 0 and var at ? url[(at + 2)..].Split('&')[0] : null;
}
