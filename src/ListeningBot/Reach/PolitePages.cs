using ListeningBot.Channels;
using ListeningBot.Net;

namespace ListeningBot.Reach;

/// <param name="Url">Where it came from in the end.</param>
internal sealed record Page(Uri Url, string Html);

/// <summary>Gets strangers' pages politely: one a second of each host, small, briefly, and only where robots are welcome.</summary>
internal sealed class PolitePages(WebReader web, TimeProvider time)
{
    private static readonly WebLimits Limits = new(TimeSpan.FromSeconds(10), 2 * 1024 * 1024);
    private readonly RobotRules _robots = new(web, time);
    private readonly HostPace _pace = new(TimeSpan.FromSeconds(1), time);

    /// <summary>Null when there is no page for us, and won't be later. Throws <see cref="LookupException"/> when it may be asked for again.</summary>
    /// <param name="sentBy">Where the address was found: see <see cref="WebGet.SentBy"/>.</param>
    public async Task<Page?> GetAsync(Uri url, Uri sentBy, CancellationToken ct)
    {
        try
        {
            return await _robots.OnAsync(url, sentBy, ct) switch
            {
                Robots.Welcome => await ReadAsync(url, sentBy, ct),
                Robots.Unwelcome => null,
                _ => throw new LookupException($"the robots.txt of {url.Host} can't be had"),
            };
        }
        catch (WebFaultException fault) when (fault.Fault is WebFault.Timeout or WebFault.NotReached or WebFault.CutOff)
        {
            throw new LookupException(fault.Message, fault);
        }
        catch (WebFaultException)
        {
            return null;
        }
    }

    private async Task<Page?> ReadAsync(Uri url, Uri sentBy, CancellationToken ct)
    {
        if (await _pace.TurnAsync(url.Authority, ct) is { } rest)
        {
            throw new LookupException($"{url.Host} is left alone for a while") { After = rest };
        }
        var answer = await web.GetAsync(new WebGet(url) { Accept = "text/html, application/xhtml+xml", Limits = Limits, SentBy = sentBy }, ct);
        if ((int)answer.Status is 429 or >= 500)
        {
            _pace.Rest(url.Authority, answer.RetryAfter ?? TimeSpan.FromSeconds(10));
            throw new LookupException($"{url.Host} answered HTTP {(int)answer.Status}") { After = answer.RetryAfter };
        }
        return answer.IsSuccess && answer.MediaType is "text/html" or "application/xhtml+xml" ? new Page(answer.Url, WebText.Decode(answer.Body.Span, answer.Charset)) : null;
    }
}
