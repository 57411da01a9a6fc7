using System.Text.Json;
using System.Text.RegularExpressions;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Mastodon;

/// <summary>
/// What became of posts, and what answers them. The server where a post was written is asked: it alone knows for certain. What it does not show to
/// everybody, and posts of servers that number otherwise, are asked of the configured server, which needs a token for it.
/// </summary>
internal sealed partial class MastodonThreads(ChannelContext context, MastodonOptions options) : IThreadReader
{
    private const int MostAnswers = 100;
    private readonly MastodonApi _own = new(context, options);

    public int AtOnce => 10;

    public async Task<IReadOnlyList<PostChange>> ReadAsync(IReadOnlyList<Post> posts, CancellationToken ct)
    {
        List<PostChange> changes = [];
        foreach (var post in posts)
        {
            if (await PlaceOfAsync(post, ct) is { } place)
            {
                await ReadAsync(post, place.Api, place.Id, place.IsOrigin, changes, ct);
            }
        }
        return changes;
    }

    /// <summary>Null when nobody can be asked.</summary>
    private async Task<(MastodonApi Api, string Id, bool IsOrigin)?> PlaceOfAsync(Post post, CancellationToken ct)
    {
        if (!post.Private && Uri.TryCreate(post.Key.Id, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && NumberIn().Match(uri.AbsolutePath) is { Success: true } found)
        {
            var server = new Uri(uri.GetLeftPart(UriPartial.Authority));
            return (server == options.Address ? _own : new MastodonApi(context, options, server), found.Groups["id"].Value, true);
        }
        return options.HasToken && await FoundAsync(post.Key.Id, ct) is { } id ? (_own, id, false) : null;
    }

    /// <summary>The number that the configured server gave it; null when it does not have it, or does not search for us.</summary>
    private async Task<string?> FoundAsync(string uri, CancellationToken ct)
    {
        try
        {
            using var json = await _own.AskAsync($"/api/v2/search?type=statuses&resolve=true&limit=1&q={Uri.EscapeDataString(uri)}", ct);
            return MastodonPost.IdOf(json.RootElement.Items("statuses").FirstOrDefault(status => status.Text("uri") == uri));
        }
        catch (ChannelException e) when (e is MastodonGoneException or { NeedsOperator: true })
        {
            return null;
        }
    }

    private async Task ReadAsync(Post post, MastodonApi api, string id, bool isOrigin, List<PostChange> changes, CancellationToken ct)
    {
        try
        {
            using var status = await api.AskAsync($"/api/v1/statuses/{id}", ct);
            using var around = await api.AskAsync($"/api/v1/statuses/{id}/context", ct);
            Take(post, api.Host, status.RootElement, around.RootElement, changes);
        }
        catch (MastodonGoneException) when (isOrigin)
        {
            changes.Add(new PostChange(ChangeKind.Deleted, post.Key, null));
        }
        catch (ChannelException e) when (api != _own || e is MastodonGoneException)
        {
            // A stranger's server that is closed, slow or broken says nothing about the post; nor does ours about a stranger's.
        }
    }

    private void Take(Post asked, string host, JsonElement status, JsonElement around, List<PostChange> changes)
    {
        var known = new KnownStatuses();
        var read = new MastodonPost(host, context.Name, known);
        var before = around.Items("ancestors").Take(MostAnswers).Select(read.Of).OfType<Post>().ToList();
        if (read.Of(status) is not { } now || now.Key != asked.Key)
        {
            return;
        }
        var root = before.FirstOrDefault()?.Key;
        changes.Add(new PostChange(ChangeKind.Edited, asked.Key, now with { Author = asked.Author, InReplyTo = now.InReplyTo ?? asked.InReplyTo, Thread = root ?? asked.Thread }));
        var below = around.Items("descendants").Take(MostAnswers).ToList();
        below.ForEach(answer => read.Of(answer));
        foreach (var answer in below.Select(read.Of).OfType<Post>())
        {
            // A server calls its own people by their name alone; who is known by a longer one stays so.
            var author = answer.Author.Url is { } url && url == asked.Author.Url ? asked.Author : answer.Author;
            changes.Add(new PostChange(ChangeKind.Added, answer.Key, answer with { Author = author, InReplyTo = answer.InReplyTo ?? asked.Key, Thread = root ?? asked.Key }));
        }
    }

    /// <summary>"/users/mia/statuses/109" and "/ap/users/12/statuses/109": Mastodon's own numbers.</summary>
    [GeneratedRegex(@"^/(ap/)?users/[^/]+/statuses/(?<id>[0-9]{1,25})/?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NumberIn();
}
