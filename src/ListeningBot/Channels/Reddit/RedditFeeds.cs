using System.Net;
using ListeningBot.Channels.Feeds;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.Reddit;

/// <summary>Reddit's public feeds (Atom), which need no account.</summary>
internal sealed class RedditFeeds(ChannelContext context, RedditOptions options)
{
    /// <summary>Fewer than this on a page: there are no older ones.</summary>
    private const int WholePage = 25;
    private readonly HostPace _pace = new(options.FeedPace, context.Time);
    private readonly RedditEntry _entry = new(context.Name);
    private readonly JsonService _service = new(
        context.Web,
        "Reddit",
        new Cures { Unauthorized = "Check that Address is https://www.reddit.com", NotFound = "Check Address", TooMany = "Give a longer Every, fewer Subreddits, or ClientId, ClientSecret and UserName" },
        OwnFault);

    /// <param name="path">"/r/laptops/new": ".rss" is put behind it.</param>
    public async Task<PlacePage> PageAsync(string path, string query, string? next, CancellationToken ct)
    {
        foreach (var after in RedditPages.Candidates(next))
        {
            if (await _pace.TurnAsync(options.Address, ct) is { } wait)
            {
                throw new ChannelException("Reddit's public feeds are asked for as often as Reddit allows. They are asked for again in a moment.") { After = wait };
            }
            var url = new Uri($"{options.Address.TrimEnd('/')}{path}.rss?limit=100{query}{(after is null ? "" : "&after=" + after)}");
            var answer = await _service.AskPlainAsync(new WebGet(url) { Accept = "application/atom+xml", Limits = WebLimits.Default with { Timeout = options.Patience } }, ct);
            var (shown, bad) = _entry.OfFeed(Read(answer));
            if (shown.Count + bad.Count > 0)
            {
                return new PlacePage(shown, bad, shown.Count < WholePage ? null : RedditPages.After(shown));
            }
        }
        return new PlacePage([], [], null);
    }

    private static FeedContent Read(WebAnswer answer)
    {
        try
        {
            return FeedReader.Read(answer.Body.Span, answer.Charset, answer.Url) is { IsWhole: true } feed
                ? feed
                : throw new ChannelException("Reddit's feed breaks off. It is tried again.");
        }
        catch (NotAFeedException e) when (answer.Url.AbsolutePath.StartsWith("/subreddits", StringComparison.Ordinal))
        {
            throw new PlaceRefusedException($"Reddit knows no such subreddit and offers a search for one ({e.Message}). Check its name.");
        }
        catch (NotAFeedException e)
        {
            throw new ChannelException(
                e.IsPage ? "Reddit shows a page for people in place of the feed: it holds this machine back. Give a longer Every, or ClientId, ClientSecret and UserName."
                : $"what Reddit sent {e.Message}. It is tried again; check Address if it stays so.",
                e);
        }
    }

    private static ChannelException? OwnFault(WebAnswer answer) => answer.Status == HttpStatusCode.TooManyRequests
        ? new ChannelException("Reddit was asked too often (HTTP 429). Give a longer Every, fewer Subreddits, or ClientId, ClientSecret and UserName.") { After = answer.RetryAfter ?? RedditApi.ResetOf(answer) }
        : RedditPages.RefusedPlace(answer);
}
