using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mastodon;

/// <summary>A page of a place as it was understood; the oldest post first.</summary>
/// <param name="Shown">Its posts, added or edited.</param>
/// <param name="Newest">The highest number among its items, which may be notifications; null when none has one.</param>
/// <param name="Oldest">The lowest.</param>
internal sealed record MastodonPage(IReadOnlyList<PostChange> Shown, IReadOnlyList<BadItem> Bad, int Count, string? Newest, string? Oldest)
{
    public IEnumerable<DateTimeOffset?> Posted => Shown.Select(one => one.Post!.Posted);

    /// <summary>Numbers rise with time: longer ones are higher, be they of digits or of letters.</summary>
    public static int Compare(string a, string b) => a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);

    public static string? Higher(string? a, string? b) => a is null || (b is not null && Compare(b, a) > 0) ? b : a;
}

/// <summary>Asks for pages, and for what their posts answer.</summary>
internal sealed class MastodonPages(ChannelContext context, MastodonApi api, KnownStatuses known)
{
    public SteadyClock Clock => api.Clock;

    /// <summary>Posts that are asked for only to learn what a page's posts answer.</summary>
    private const int MostAnswered = 10;
    private const int MostItems = 200;

    /// <summary>After it the server is asked again for what is answered, where it wanted fewer requests and did not say for how long.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(5);
    private readonly SteadyClock _steady = new(context.Time);
    private readonly MastodonPost _posts = new(api.Host, context.Name, known);
    private DateTimeOffset _restsUntil;

    /// <param name="after">Only what has a higher number; null for no bound.</param>
    /// <param name="before">Only what has a lower number; null for no bound.</param>
    public async Task<MastodonPage> AskAsync(MastodonPlace place, string? after, string? before, CancellationToken ct)
    {
        var path = place.Path + (after is null ? "" : "&min_id=" + Uri.EscapeDataString(after)) + (before is null ? "" : "&max_id=" + Uri.EscapeDataString(before));
        await api.TurnAsync(ct);
        using var json = await api.AskAsync(path, ct);
        var list = place.List is { } name ? json.RootElement.At(name) : json.RootElement;
        if (list.ValueKind != JsonValueKind.Array)
        {
            throw new Core.Pipeline.ChannelException($"the server {api.Host} answered without a list of posts. It is tried again; check Server in the configuration if it stays so.");
        }
        return await ReadAsync([.. list.EnumerateArray().Take(MostItems)], place, ct);
    }

    /// <summary>One post, from wherever it came. Null when it is none.</summary>
    /// <param name="answered">Whether the post that it answers may be asked for.</param>
    public async Task<PostChange?> ReadAsync(JsonElement status, bool answered, CancellationToken ct)
    {
        await LearnAnsweredAsync(answered ? [status] : [], ct);
        return ChangeOf(status);
    }

    private async Task<MastodonPage> ReadAsync(List<JsonElement> items, MastodonPlace place, CancellationToken ct)
    {
        var statuses = items.Select(item => place.Status is { } field ? item.At(field) : item).ToList();
        var isPublic = place == MastodonPlace.Public;
        await LearnAnsweredAsync(isPublic ? [] : statuses, ct);
        List<PostChange> posts = [];
        List<BadItem> bad = [];
        for (var i = items.Count - 1; i >= 0; i--)
        {
            if (ChangeOf(statuses[i]) is { } post)
            {
                posts.Add(post);
            }
            else
            {
                bad.Add(new BadItem($"an item of {place.Name} is no post with id, uri and account", items[i].Beginning()));
            }
        }
        var ids = items.Select(MastodonPost.IdOf).OfType<string>().ToList();
        ids.Sort(MastodonPage.Compare);
        return new MastodonPage(posts, bad, items.Count, ids.LastOrDefault(), ids.FirstOrDefault());
    }

    private PostChange? ChangeOf(JsonElement status) => _posts.Of(status) is { } post ? new PostChange(MastodonPost.KindOf(status), post.Key, post) : null;

    private async Task LearnAnsweredAsync(List<JsonElement> statuses, CancellationToken ct)
    {
        foreach (var status in statuses.Where(status => MastodonPost.IdOf(status) is not null))
        {
            known.Add(MastodonPost.IdOf(status)!, status.Text("uri"));
        }
        foreach (var id in statuses.Select(MastodonPost.AnswersId).OfType<string>().Where(id => !known.Knows(id)).Distinct().Take(MostAnswered).ToList())
        {
            if (!await LearnAsync(id, ct))
            {
                return;
            }
        }
    }

    /// <summary>False when the server would be asked too often: the post is heard without what it answers, sooner than nothing is heard for minutes.</summary>
    private async Task<bool> LearnAsync(string id, CancellationToken ct)
    {
        if (_steady.GetUtcNow() < _restsUntil || !api.TryTurn())
        {
            return false;
        }
        try
        {
            known.Add(id, await UriOfAsync(id, ct));
            return true;
        }
        catch (MastodonTooOftenException e)
        {
            _restsUntil = _steady.GetUtcNow() + (e.After ?? Rest);
            return false;
        }
    }

    private async Task<string?> UriOfAsync(string id, CancellationToken ct)
    {
        try
        {
            using var json = await api.AskAsync("/api/v1/statuses/" + Uri.EscapeDataString(id), ct);
            return json.RootElement.Text("uri") is { Length: <= 1000 } uri ? uri : null;
        }
        catch (Core.Pipeline.ChannelException e) when (e is MastodonGoneException or { NeedsOperator: true } || (e.After is null && known.FailsForLong(id, context.Time.GetUtcNow())))
        {
            // It was deleted, is not for us, or the server can't show it.
            return null;
        }
    }
}
