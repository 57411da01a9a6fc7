using ListeningBot.Channels.Feeds;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Rss;

/// <summary>Gets the pages behind teasers, politely: few, small, briefly, and only where robots are welcome.</summary>
internal sealed class TeaserPages(ChannelContext context, Uri feed)
{
    /// <summary>Pages for one look at the feed.</summary>
    public const int Most = 10;
    private const int AtOnce = 3;
    private static readonly WebLimits Limits = new(TimeSpan.FromSeconds(10), 2 * 1024 * 1024);
    private readonly RobotRules _robots = new(context.Web, context.Time);
    private readonly ILogger _log = context.Logs.CreateLogger<TeaserPages>();

    /// <summary>The items in order, with the page's text where it could be had.</summary>
    public async Task<KnownItem[]> CompleteAsync(IReadOnlyList<KnownItem> teasers, CancellationToken ct)
    {
        var completed = teasers.ToArray();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, Math.Min(Most, completed.Length)),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (i, token) => completed[i] = await CompleteAsync(completed[i], token));
        return completed;
    }

    private async Task<KnownItem> CompleteAsync(KnownItem teaser, CancellationToken ct)
    {
        var link = teaser.Item.Link!;
        try
        {
            if (await _robots.OnAsync(link, feed, ct) != Robots.Welcome)
            {
                return NotRead(teaser, "its robots.txt asks us not to, or could not be had");
            }
            var answer = await context.Web.GetAsync(new WebGet(link) { Accept = "text/html, application/xhtml+xml", Limits = Limits, SentBy = feed }, ct);
            if (!answer.IsSuccess || answer.MediaType is not ("text/html" or "application/xhtml+xml"))
            {
                return NotRead(teaser, $"HTTP {(int)answer.Status}, {answer.MediaType ?? "no type"}");
            }
            var page = PageText.MainOf(WebText.Decode(answer.Body.Span, answer.Charset), XmlItem.LongestText);
            return page is not null && Teaser.Completed(teaser.Item, page.Text, page.IsMarked) is { } whole ? teaser with { Item = whole } : NotRead(teaser, "nothing more of the item found there");
        }
        catch (WebFaultException e)
        {
            return NotRead(teaser, e.Message);
        }
    }

    private KnownItem NotRead(KnownItem teaser, string why)
    {
        _log.PageNotRead(context.Name, teaser.Item.Link!.Host, why);
        return teaser;
    }
}
