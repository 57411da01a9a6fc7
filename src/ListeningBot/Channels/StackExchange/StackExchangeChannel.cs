using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ListeningBot.Channels.Searches;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.StackExchange;

/// <summary>Searches each site for each word again and again: questions in the order in which they were asked.</summary>
internal sealed class StackExchangeChannel(ChannelContext context, StackExchangeOptions options) : IChannel
{
    /// <summary>Questions come to the search after a while; within it their edits are seen as well.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(1);
    private const int PageSize = 100;

    /// <summary>The one place that knows what was read lately, whichever word found it.</summary>
    private const string All = "";
    private readonly StackExchangeApi _api = new(context, options);
    private readonly HashSet<string> _refused = [];
    private readonly ILogger _log = context.Logs.CreateLogger<StackExchangeChannel>();

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var words = Asked(context.Name, options, watches).Needed(context.Name).Searches;
        (string Site, string Word)[] searches = [.. options.SiteNames.SelectMany(site => words.Select(word => (site, word)))];
        var cursor = ServiceCursor.Parse(since, options.Api);
        TakeOver(cursor, searches);
        cursor.Keep([All, .. searches.Select(search => PlaceOf(search.Site, search.Word))]);
        cursor.Place(All).ReadTo(null);
        while (true)
        {
            var found = new Dictionary<string, string?>();
            foreach (var (site, word) in searches)
            {
                await foreach (var batch in LookAsync(site, word, cursor, found, ct))
                {
                    yield return batch;
                }
            }
            await context.Looked(new PlacesLook(options.SiteNames, found), ct);
            yield return PostBatch.Empty(cursor.ToCursor());
            await context.NextPoll(StackExchangePace.Pause(options.Every, searches.Length, _api.QuotaRemaining, _api.Clock.GetUtcNow()), ct);
        }
    }

    public static async Task<string> SignInAsync(ChannelContext context, StackExchangeOptions options, CancellationToken ct)
    {
        var api = new StackExchangeApi(context, options);
        foreach (var site in options.SiteNames)
        {
            using var info = await api.AskAsync("info", site, ct);
        }
        return $"asked {string.Join(", ", options.SiteNames)}; {api.QuotaRemaining} of {api.QuotaMax} requests are left today";
    }

    /// <summary>Word by word, on each site.</summary>
    public static SearchPlan Asked(string channel, StackExchangeOptions options, WatchSet watches) =>
        SearchWords.Of(watches, channel, new PlainWords("stackexchange"), options.Words);

    /// <summary>What is no plain word is a phrase, so that a sign in it is no operator: "[tag]", "user:1", "-word".</summary>
    public static string QueryOf(string word)
    {
        var bare = word.TrimStart('#', '@').Replace('"', ' ').Trim();
        return bare.All(char.IsLetterOrDigit) ? bare : $"\"{bare}\"";
    }

    /// <summary>Site by site: one that was refused for long makes no other go back so far.</summary>
    private void TakeOver(ServiceCursor cursor, (string Site, string Word)[] searches)
    {
        foreach (var site in searches.GroupBy(search => search.Site, search => PlaceOf(search.Site, search.Word)))
        {
            var gone = cursor.Gone([.. site]).Where(gone => gone.Key.StartsWith(PlaceOf(site.Key, ""), StringComparison.Ordinal));
            SearchedUntil.TakeOver(cursor, gone.Select(gone => gone.Value), site, context.Time.GetUtcNow());
        }
    }

    private static string PlaceOf(string site, string word) => site + " " + word.ToLowerInvariant();

    /// <summary>Page after page from a time on, and never by page numbers alone: those end at 25 for who has no key.</summary>
    private async IAsyncEnumerable<PostBatch> LookAsync(string site, string word, ServiceCursor cursor, Dictionary<string, string?> found, [EnumeratorCancellation] CancellationToken ct)
    {
        var place = cursor.Place(PlaceOf(site, word));
        var isFirst = place.IsFirst;
        var now = _api.Clock.GetUtcNow().ToUnixTimeSeconds();
        var from = SearchedUntil.Of(place) is { } at
            ? Math.Min(at, now) - (long)Overlap.TotalSeconds
            : now - (long)PostTime.FirstContactBack.TotalSeconds;
        for (var page = 1; page > 0;)
        {
            using var json = await AskAsync(site, QueryOf(word, from, page), found, ct);
            if (json is null)
            {
                yield break;
            }
            now = Math.Min(now, _api.Clock.GetUtcNow().ToUnixTimeSeconds());
            List<JsonElement> items = [.. json.RootElement.Items("items").Take(PageSize)];
            var last = Math.Min(items.Max(item => item.Whole("creation_date")) ?? from, now);
            (page, from) = !json.RootElement.IsTrue("has_more") || items.Count == 0 ? (0, from) : last > from ? (1, last) : (page + 1, from);
            place.ReadTo((page == 0 ? now : from).ToString(CultureInfo.InvariantCulture));
            var (changes, aside) = New(items, new StackExchangePost(site, context.Name), cursor.Place(All));
            if (changes.Count + aside.Count > 0)
            {
                cursor.Place(All).Seen.Trim(items.Count);
                yield return PostBatch.OfChanges(changes, cursor.ToCursor(), isFirst, aside: aside);
            }
        }
    }

    /// <summary>Null for a site that is refused, while others are not.</summary>
    private async Task<JsonDocument?> AskAsync(string site, string query, Dictionary<string, string?> found, CancellationToken ct)
    {
        if (found.GetValueOrDefault(site) is not null)
        {
            return null;
        }
        try
        {
            var json = await _api.AskAsync("search/advanced", site, ct, query);
            found[site] = null;
            _refused.Remove(site);
            return json;
        }
        catch (PlaceRefusedException e)
        {
            found[site] = e.Message;
            if (_refused.Add(site))
            {
                _log.PlaceRefused(context.Name, site, e.Message);
            }
            if (options.SiteNames.All(one => found.GetValueOrDefault(one) is not null))
            {
                throw;
            }
            return null;
        }
    }

    private static string QueryOf(string word, long from, int page) =>
        string.Create(CultureInfo.InvariantCulture, $"&q={Uri.EscapeDataString(QueryOf(word))}&sort=creation&order=asc&fromdate={from}&page={page}&pagesize={PageSize}&filter=withbody");

    private static (List<PostChange> Changes, List<BadItem> Aside) New(List<JsonElement> items, StackExchangePost posts, PlaceRead seen)
    {
        List<PostChange> changes = [];
        List<BadItem> aside = [];
        foreach (var item in items)
        {
            if (posts.OfQuestion(item) is { } post)
            {
                if (seen.Note(post.Key.ToString(), post.Title, post.Text) is { } kind)
                {
                    changes.Add(new PostChange(kind, post.Key, post));
                }
            }
            else if (seen.Note("bad\n" + item.Beginning(), null, "") is not null)
            {
                aside.Add(new BadItem("an item that is no question with id and title", item.Beginning()));
            }
        }
        return (changes, aside);
    }
}
