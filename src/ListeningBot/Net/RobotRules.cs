namespace ListeningBot.Net;

/// <summary>What a site says of robots on a page of its.</summary>
internal enum Robots
{
    Welcome,
    Unwelcome,

    /// <summary>The site could not say just now: it is to be left alone for a while.</summary>
    Unknown,
}

/// <summary>What sites say in robots.txt (RFC 9309), asked once a day for each.</summary>
internal sealed class RobotRules(WebReader web, TimeProvider time)
{
    private const int MostHosts = 1000;
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(24);
    private static readonly TimeSpan FreshFault = TimeSpan.FromMinutes(10);
    private static readonly WebLimits Limits = new(TimeSpan.FromSeconds(5), 500 * 1024);
    private readonly Dictionary<string, Task<(RobotsTxt Rules, DateTimeOffset Until)>> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _gate = new();

    /// <param name="sentBy">Where the page's address was found: see <see cref="WebGet.SentBy"/>.</param>
    public async Task<Robots> OnAsync(Uri page, Uri sentBy, CancellationToken ct)
    {
        var (rules, _) = await OfAsync(page.GetLeftPart(UriPartial.Authority), sentBy).WaitAsync(ct);
        return rules == RobotsTxt.Closed ? Robots.Unknown : rules.Allow(page.PathAndQuery) ? Robots.Welcome : Robots.Unwelcome;
    }

    /// <summary>Those who want the same site's rules at the same time wait for one answer.</summary>
    private Task<(RobotsTxt Rules, DateTimeOffset Until)> OfAsync(string host, Uri sentBy)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(host, out var known) || known.IsFaulted || (known.IsCompleted && known.Result.Until < time.GetUtcNow()))
            {
                if (_known.Count >= MostHosts)
                {
                    _known.Clear();
                }
                known = AskAsync(new Uri(host + "/robots.txt"), sentBy);
                _known[host] = known;
            }
            return known;
        }
    }

    /// <summary>A file that is not there forbids nothing; one that can't be had just now forbids all for a while.</summary>
    private async Task<(RobotsTxt Rules, DateTimeOffset Until)> AskAsync(Uri file, Uri sentBy)
    {
        var rules = await ReadAsync(file, sentBy);
        return (rules, time.GetUtcNow() + (rules == RobotsTxt.Closed ? FreshFault : Fresh));
    }

    private async Task<RobotsTxt> ReadAsync(Uri file, Uri sentBy)
    {
        try
        {
            var answer = await web.GetAsync(new WebGet(file) { Limits = Limits, SentBy = sentBy }, CancellationToken.None);
            return (int)answer.Status switch
            {
                >= 200 and < 300 => RobotsTxt.Parse(answer.TextUtf8().TrimStart('\uFEFF')),
                >= 500 or 429 => RobotsTxt.Closed,
                _ => RobotsTxt.Open,
            };
        }
        catch (WebFaultException)
        {
            return RobotsTxt.Closed;
        }
    }
}
