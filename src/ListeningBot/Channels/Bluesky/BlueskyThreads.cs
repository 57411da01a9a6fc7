using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Bluesky;

/// <summary>
/// Asks the AppView about posts of open cases: what the stream told while nobody listened. The AppView hides posts for many reasons and keeps the first text of a
/// post that was edited; so what it no longer shows, or shows otherwise, is looked up where the author's posts are kept. (Lexicons app.bsky.feed.getPosts and getPostThread.)
/// </summary>
internal sealed class BlueskyThreads(ChannelContext context, BlueskyOptions options) : IThreadReader
{
    private const int Levels = 10;
    private const int MostAnswers = 500;
    private static readonly WebLimits Limits = new(TimeSpan.FromSeconds(20), 4 * 1024 * 1024);

    /// <summary>The service allows 3,000 requests in five minutes.</summary>
    private readonly HostPace _pace = new(TimeSpan.FromMilliseconds(150), context.Time);
    private readonly JsonService _service = new(context.Web, "Bluesky's AppView", new Cures { NotFound = "Check Profiles in the channel's configuration", Forbidden = "Check Profiles in the channel's configuration", TooMany = "It is asked less often for a while" });
    private readonly BlueskyRecords _records = new(context, options);

    /// <summary>What getPosts takes.</summary>
    public int AtOnce => 25;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        var changes = new List<PostChange>();
        var uris = posts.Where(post => UriOf(post.Key) is not null).ToDictionary(post => UriOf(post.Key)!, StringComparer.Ordinal);
        if (uris.Count == 0)
        {
            return changes;
        }
        var (_, json) = await AskAsync("app.bsky.feed.getPosts?" + string.Join('&', uris.Keys.Select(uri => "uris=" + Uri.EscapeDataString(uri))), ct);
        using (json)
        {
            var shown = Shown(json.RootElement, "posts").GroupBy(view => BlueskyPost.Text(view, "uri") ?? "").ToDictionary(views => views.Key, views => views.First(), StringComparer.Ordinal);
            foreach (var (uri, post) in uris)
            {
                var view = shown.TryGetValue(uri, out var found) ? found : default;
                if (await ChangeOfAsync(post, view, ct) is { } change)
                {
                    changes.Add(change);
                }
                if (view.ValueKind == JsonValueKind.Object && HasAnswers(view))
                {
                    changes.AddRange(await AnswersToAsync(uri, ct));
                }
            }
        }
        return changes;
    }

    /// <param name="view">How the AppView shows it; undefined when it does not.</param>
    private async Task<PostChange?> ChangeOfAsync(Post post, JsonElement view, CancellationToken ct) =>
        view.ValueKind == JsonValueKind.Object && BlueskyPost.Of(context.Name, view) is { } shown && BlueskyPost.SayTheSame(post, shown)
            ? new PostChange(ChangeKind.Edited, post.Key, post)
            : await _records.ChangeOfAsync(post, ct);

    private async Task<IReadOnlyList<PostChange>> AnswersToAsync(string uri, CancellationToken ct)
    {
        JsonDocument json;
        try
        {
            (_, json) = await AskAsync($"app.bsky.feed.getPostThread?uri={Uri.EscapeDataString(uri)}&depth={Levels}&parentHeight=0", ct);
        }
        catch (ChannelException e) when (e is { After: null, InnerException: null })
        {
            // Just now it was shown; what became of it is seen the next time. A fault of the whole service shows at the next asking.
            return [];
        }
        using (json)
        {
            var answers = new List<PostChange>();
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("thread", out var thread))
            {
                AddAnswers(thread, answers);
            }
            return answers;
        }
    }

    /// <summary>The nearest first, so that what is answered is known before its answer. What the AppView blocks or misses has no post.</summary>
    private void AddAnswers(JsonElement thread, List<PostChange> answers)
    {
        foreach (var reply in Shown(thread, "replies"))
        {
            if (answers.Count < MostAnswers && reply.TryGetProperty("post", out var view) && view.ValueKind == JsonValueKind.Object && BlueskyPost.Of(context.Name, view) is { } post)
            {
                answers.Add(new PostChange(ChangeKind.Added, post.Key, post));
                AddAnswers(reply, answers);
            }
        }
    }

    private async Task<(WebAnswer Answer, JsonDocument Json)> AskAsync(string what, CancellationToken ct)
    {
        if (await _pace.TurnAsync(options.ProfileHost, ct) is { } rest)
        {
            throw new ChannelException("Bluesky's AppView is left alone for a while.") { After = rest };
        }
        return await _service.AskAsync(new WebGet(new Uri($"{options.Profiles.TrimEnd('/')}/xrpc/{what}")) { Limits = Limits }, ct);
    }

    private static IEnumerable<JsonElement> Shown(JsonElement holder, string list) =>
        holder.ValueKind == JsonValueKind.Object && holder.TryGetProperty(list, out var items) && items.ValueKind == JsonValueKind.Array
            ? items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object)
            : [];

    private static bool HasAnswers(JsonElement view) =>
        !view.TryGetProperty("replyCount", out var count) || count.ValueKind != JsonValueKind.Number || !count.TryGetInt64(out var replies) || replies > 0;

    /// <summary>"at://did/app.bsky.feed.post/rkey" for "did/rkey".</summary>
    internal static string? UriOf(PostKey key) =>
        key.Namespace == JetstreamParser.Namespace && key.Id.Split('/') is [var did, var rkey] ? $"at://{did}/app.bsky.feed.post/{rkey}" : null;
}
