using ListeningBot.Channels.Feeds;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.Rss;

/// <summary>Asks for the feed; every failure becomes a sentence for the operator.</summary>
internal sealed class FeedSource(WebReader web, RssOptions options)
{
    private const string Accepted = "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.8, text/xml;q=0.8, */*;q=0.1";
    private readonly Uri _url = options.Address;

    /// <summary>Null content when nothing changed since the cursor. Throws <see cref="ChannelException"/>.</summary>
    public async Task<(WebAnswer Answer, FeedContent? Content)> AskAsync(RssCursor? since, CancellationToken ct)
    {
        try
        {
            var answer = await web.GetAsync(
                new WebGet(_url) { Accept = Accepted, ETag = since?.ETag, LastModified = since?.LastModified, Limits = WebLimits.Default with { Timeout = options.Timeout } },
                ct);
            return answer.Status == System.Net.HttpStatusCode.NotModified ? (answer, null) : (answer, ContentOf(Good(answer)));
        }
        catch (WebFaultException e)
        {
            throw new ChannelException($"the feed can't be read: {e.Message}.", e) { NeedsOperator = e.Fault is WebFault.PrivateAddress or WebFault.BadAddress };
        }
    }

    private WebAnswer Good(WebAnswer answer) => answer.IsSuccess ? answer : throw ((int)answer.Status switch
    {
        401 => Refused(answer, "asks for a sign-in (HTTP 401)", "Give user and password in its Url: https://user:password@host/feed", needsOperator: true),
        403 => Refused(answer, "refuses us (HTTP 403)", "Check that the address is open to all, or ask its owner to let in the robot that Http:UserAgent names", needsOperator: true),
        404 => Refused(answer, "is not there (HTTP 404)", "Check the address", needsOperator: false),
        410 => Refused(answer, "is gone for good (HTTP 410)", "Take this channel out, or give the feed's new address", needsOperator: true),
        429 => Refused(answer, "was asked too often (HTTP 429)", "Give a longer Every", needsOperator: false),
        >= 500 and var status => Refused(answer, $"has a fault of its own (HTTP {status})", "It is tried again", needsOperator: false, passes: true),
        var status => Refused(answer, $"answers HTTP {status}", "Check the address", needsOperator: false),
    });

    private ChannelException Refused(WebAnswer answer, string what, string cure, bool needsOperator, bool passes = false) =>
        new($"the feed on {_url.Host} {what}. {cure}.") { After = answer.RetryAfter, NeedsOperator = needsOperator, Passes = passes };

    private FeedContent ContentOf(WebAnswer answer)
    {
        var text = WebText.Decode(answer.Body.Span, answer.Charset);
        try
        {
            return FeedReader.Read(text, answer.Url);
        }
        catch (NotAFeedException e)
        {
            throw new ChannelException($"what {_url.Host} sent {e.Message}. {Cure(e, text, answer.Url)}", e);
        }
    }

    private static string Cure(NotAFeedException e, string text, Uri url) =>
        !e.IsPage ? "It is tried again; check the address if it stays so."
        : PageText.Feeds(text, url) is [var feed, ..] ? $"The page names this feed: {feed.GetLeftPart(UriPartial.Path)}; give that as Url."
        : "Give the address of the feed, not of the page; the page names none.";
}
