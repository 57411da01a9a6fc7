using ListeningBot.Channels.Feeds;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Rss;

/// <summary>What came of the page behind a teaser.</summary>
internal enum PageFate
{
    Read,

    /// <summary>It says no more than the teaser, or is not for us; that won't be otherwise soon.</summary>
    NoHelp,

    /// <summary>It may be had later.</summary>
    NotNow,

    /// <summary>Too many others came before it.</summary>
    NotAsked,
}

/// <param name="Item">With the page's text where that could be had.</param>
internal sealed record FollowedTeaser(KnownItem Item, PageFate Page);

/// <summary>Gets the pages behind teasers, politely: few, small, briefly, and only where robots are welcome.</summary>
internal sealed class TeaserPages(ChannelContext context, Uri feed)
{
    /// <summary>Pages for one look at the feed.</summary>
    public const int Most = 10;
    private const int AtOnce = 3;
    private static readonly WebLimits Limits = new(TimeSpan.FromSeconds(10), 2 * 1024 * 1024);
    private readonly RobotRules _robots = new(context.Web, context.Time);
    private readonly ILogger _log = context.Logs.CreateLogger<TeaserPages>();

    /// <summary>In order; those beyond <see cref="Most"/> are left for later.</summary>
    public async Task<IReadOnlyList<FollowedTeaser>> FollowAsync(IReadOnlyList<KnownItem> teasers, CancellationToken ct)
    {
        var followed = teasers.Select(teaser => new FollowedTeaser(teaser, PageFate.NotAsked)).ToArray();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Math.Min(Most, followed.Length)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (i, token) => followed[i] = await FollowAsync(teasers[i], token));
        return followed;
    }

    private async Task<FollowedTeaser> FollowAsync(KnownItem teaser, CancellationToken ct)
    {
        var link = teaser.Item.Link!;
        try
        {
            var robots = await _robots.OnAsync(link, feed, ct);
            if (robots != Robots.Welcome)
            {
                return robots == Robots.Unknown ? NotRead(teaser, "its robots.txt could not be had", PageFate.NotNow) : NotRead(teaser, "its robots.txt asks us not to");
            }
            var answer = await context.Web.GetAsync(new WebGet(link) { Accept = "text/html, application/xhtml+xml", Limits = Limits, SentBy = feed }, ct);
            if (!answer.IsSuccess || answer.MediaType is not ("text/html" or "application/xhtml+xml"))
            {
                return NotRead(teaser, $"HTTP {(int)answer.Status}, {answer.MediaType ?? "no type"}", (int)answer.Status is 429 or >= 500 ? PageFate.NotNow : PageFate.NoHelp);
            }
            var page = PageText.MainOf(WebText.Decode(answer.Body.Span, answer.Charset), XmlItem.LongestText);
            return page is not null && Teaser.Completed(teaser.Item, page.Text, page.IsMarked) is { } whole ? new FollowedTeaser(teaser with { Item = whole }, PageFate.Read) : NotRead(teaser, "nothing more of the item found there");
        }
        catch (WebFaultException e)
        {
            return NotRead(teaser, e.Message, e.Fault is WebFault.Timeout or WebFault.NotReached or WebFault.CutOff ? PageFate.NotNow : PageFate.NoHelp);
        }
    }

    private FollowedTeaser NotRead(KnownItem teaser, string why, PageFate fate = PageFate.NoHelp)
    {
        _log.PageNotRead(context.Name, teaser.Item.Link!.Host, why);
        return new FollowedTeaser(teaser, fate);
    }
}
