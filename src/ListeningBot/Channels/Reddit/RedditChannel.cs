using System.Runtime.CompilerServices;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.Reddit;

/// <summary>Reads the newest posts and comments of each subreddit, and each search, in turn.</summary>
internal sealed class RedditChannel : IChannel
{
    private const string Comments = " comments";
    private const string Search = "search ";
    private const int MostApiPages = 10;
    private const int MostFeedPages = 3;
    private static readonly TimeSpan LeastFeedPause = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan LeastApiPause = TimeSpan.FromSeconds(2);
    private readonly ChannelContext _context;
    private readonly RedditOptions _options;
    private readonly RedditApi? _api;
    private readonly RedditFeeds _feeds;
    private readonly PlaceRounds _rounds;

    public RedditChannel(ChannelContext context, RedditOptions options)
    {
        (_context, _options) = (context, options);
        _api = options.HasApi ? new RedditApi(context, options) : null;
        _feeds = new RedditFeeds(context, options);
        _rounds = new PlaceRounds(context, options.HasApi ? MostApiPages : MostFeedPages);
    }

    public async IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, [EnumeratorCancellation] CancellationToken ct)
    {
        var places = Places(watches);
        var cursor = ServiceCursor.Parse(since, _options.Address);
        PlaceVisit.NoteReadAt(cursor, await _context.HeardAt(ct));
        TakeOverSearches(cursor, [.. places.Select(place => place.Name).Where(IsSearch)]);
        await foreach (var batch in _rounds.ReadAsync(cursor, places, () => Pause(places.Count), ct))
        {
            yield return batch;
        }
    }

    /// <summary>Asks for each subreddit's newest posts.</summary>
    public static async Task<string> SignInAsync(ChannelContext context, RedditOptions options, CancellationToken ct)
    {
        var channel = new RedditChannel(context, options);
        List<Place> places = [.. channel.Subreddits().Where(place => !place.Name.EndsWith(Comments, StringComparison.Ordinal)).DefaultIfEmpty(channel.PlaceAt("r/all", "/r/all/new"))];
        return $"{(options.HasApi ? "signed in to the API" : "public feeds")}; newest posts: {await PlaceRounds.TryAsync(places, ct)}";
    }

    private List<Place> Places(WatchSet watches) =>
    [
        .. Subreddits(),
        .. RedditSearches.Of(_options.Searches, watches, _context.Name).Searches.Select(search => PlaceAt(Search + search, "/search", $"&sort=new&type=link&q={Uri.EscapeDataString(search)}")),
    ];

    private static bool IsSearch(string place) => place.StartsWith(Search, StringComparison.Ordinal);

    private void TakeOverSearches(ServiceCursor cursor, IReadOnlyList<string> searches)
    {
        var known = cursor.Names.Where(IsSearch).ToList();
        PlaceVisit.TakeOver(cursor, known.Except(searches).Select(cursor.Place), searches.Except(known), _context.Time.GetUtcNow());
    }

    private IEnumerable<Place> Subreddits() =>
        from name in _options.Subreddits.Distinct(StringComparer.OrdinalIgnoreCase)
        from place in new[] { PlaceAt($"r/{name}", $"/r/{name}/new"), PlaceAt($"r/{name}{Comments}", $"/r/{name}/comments") }
        select place;

    private Place PlaceAt(string name, string path, string query = "") =>
        new(name, (next, _, ct) => _api is { } api ? api.PageAsync(path, query, next, ct) : _feeds.PageAsync(path, query, next, ct));

    private TimeSpan Pause(int places)
    {
        var least = _api is not { } api ? LeastFeedPause : api.Held > LeastApiPause ? api.Held : LeastApiPause;
        var spread = _options.Every / Math.Max(1, places);
        return spread > least ? spread : least;
    }
}
