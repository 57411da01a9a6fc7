using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.YouTube;

/// <summary>Looks at the newest comment threads of each channel and video, in turn, as often as the day's units allow.</summary>
internal sealed class YouTubeChannel : IChannel
{
    private const int MostPages = 20;
    private const int MostReplyPages = 5;
    private const int MostTitles = 1000;

    /// <summary>Of the day's units, what is left for re-reading open cases.</summary>
    public const int ShareOfRereading = 5;

    /// <summary>A look is one unit, and now and then some for titles, replies and further pages.</summary>
    private const int UnitsALook = 2;
    private readonly ChannelContext _context;
    private readonly YouTubeOptions _options;
    private readonly YouTubeApi _api;
    private readonly PlaceRounds _rounds;
    private readonly Dictionary<string, string?> _titles = new(StringComparer.Ordinal);

    public YouTubeChannel(ChannelContext context, YouTubeOptions options)
    {
        (_context, _options) = (context, options);
        _api = new YouTubeApi(context, options, new YouTubeUnits(options.UnitsADay - (options.UnitsADay / ShareOfRereading), context.Time));
        _rounds = new PlaceRounds(context, MostPages);
    }

    public IAsyncEnumerable<PostBatch> ReadAsync(Cursor? since, WatchSet watches, CancellationToken ct) =>
        _rounds.ReadAsync(ServiceCursor.Parse(since, _options.Address), Places(), Pause, ct);

    public static async Task<string> SignInAsync(ChannelContext context, YouTubeOptions options, CancellationToken ct) =>
        "newest comments: " + await PlaceRounds.TryAsync(new YouTubeChannel(context, options).Places(), ct);

    private TimeSpan Pause()
    {
        var (wished, spread) = (_options.Every / Places().Count, _api.Units.Spread(UnitsALook));
        return wished > spread ? wished : spread;
    }

    private List<Place> Places() =>
    [
        .. _options.Channels.Distinct().Select(id => new Place("channel " + id, (next, seen, ct) => AskAsync("allThreadsRelatedToChannelId=" + id, next, seen, ct))),
        .. _options.Videos.Distinct().Select(id => new Place("video " + id, (next, seen, ct) => AskAsync("videoId=" + id, next, seen, ct))),
    ];

    private async Task<PlacePage> AskAsync(string of, string? next, SeenItems seen, CancellationToken ct)
    {
        using var json = await _api.GetAsync(
            $"commentThreads?part=snippet,replies&{of}&order=time&maxResults=100&textFormat=plainText{(next is null ? "" : "&pageToken=" + Uri.EscapeDataString(next))}", ct);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new ChannelException("YouTube's API answered with something that is no list of comments. It is tried again; check Address if it stays so.");
        }
        var threads = json.RootElement.Items("items").ToList();
        await LearnTitlesAsync(threads.Where(thread => thread.Text("id") is { } id && seen.ContentOf(SeenItems.HashOfId(id)) is null), ct);
        List<PostChange> shown = [];
        List<BadItem> bad = [];
        List<string> marks = [];
        foreach (var thread in threads)
        {
            var video = thread.Text("snippet", "videoId");
            Add(JsonFields.Each([thread], "thread", whole => Added(whole.At("snippet", "topLevelComment"), video)));
            var (replies, mark) = await RepliesAsync(thread, seen, ct);
            Add(JsonFields.Each(replies, "reply", reply => Added(reply, video)));
            marks.AddRange(mark is null ? [] : [mark]);
        }
        return new PlacePage(shown, bad, json.RootElement.Text("nextPageToken")) { Marks = marks };

        void Add((List<PostChange> Good, List<BadItem> Bad) mapped)
        {
            shown.AddRange(mapped.Good);
            bad.AddRange(mapped.Bad);
        }
    }

    /// <summary>A thread shows a few of its replies; where it has more than it shows, and more than when it was last read, all are asked for.</summary>
    private async Task<(IReadOnlyList<JsonElement> Replies, string? Mark)> RepliesAsync(JsonElement thread, SeenItems seen, CancellationToken ct)
    {
        List<JsonElement> inside = [.. thread.Items("replies", "comments")];
        var (id, count) = (thread.Text("id"), thread.Number("snippet", "totalReplyCount") ?? 0);
        var mark = $"{count} replies to {id}";
        if (!YouTubeComment.IsId(id) || count <= inside.Count || seen.ContentOf(SeenItems.HashOfId(mark)) is not null)
        {
            return (inside, null);
        }
        return (await AllRepliesAsync(_api, id!, ct), mark);
    }

    /// <summary>All replies to a comment, up to 500.</summary>
    public static async Task<List<JsonElement>> AllRepliesAsync(YouTubeApi api, string comment, CancellationToken ct)
    {
        List<JsonElement> replies = [];
        string? next = null;
        for (var page = 0; page < MostReplyPages && (page == 0 || next is not null); page++)
        {
            using var json = await api.GetAsync($"comments?part=snippet&parentId={comment}&maxResults=100&textFormat=plainText{(next is null ? "" : "&pageToken=" + Uri.EscapeDataString(next))}", ct);
            replies.AddRange(json.RootElement.Items("items").Select(reply => reply.Clone()));
            next = json.RootElement.Text("nextPageToken");
        }
        return replies;
    }

    private PostChange? Added(JsonElement comment, string? video)
    {
        var post = YouTubeComment.Of(comment, _context.Name, video, id => _titles.GetValueOrDefault(id));
        return new PostChange(ChangeKind.Added, post.Key, post);
    }

    /// <summary>The titles of videos that are new to us: fifty for one unit.</summary>
    private async Task LearnTitlesAsync(IEnumerable<JsonElement> threads, CancellationToken ct)
    {
        if (_titles.Count > MostTitles)
        {
            _titles.Clear();
        }
        var unknown = threads.Select(thread => thread.Text("snippet", "videoId")).OfType<string>().Where(id => YouTubeComment.IsId(id) && !_titles.ContainsKey(id)).Distinct();
        foreach (var ids in unknown.Chunk(50).ToList())
        {
            using var json = await _api.GetAsync($"videos?part=snippet&id={string.Join(',', ids)}", ct);
            foreach (var id in ids)
            {
                _titles[id] = null;
            }
            foreach (var video in json.RootElement.Items("items"))
            {
                _titles[video.Text("id") ?? ""] = video.Text("snippet", "title");
            }
        }
    }
}
