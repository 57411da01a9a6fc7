using System.Globalization;
using System.Net;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.X;

/// <summary>What was found, or when there will be money to look.</summary>
internal sealed record XFound(XPage? Page, DateTimeOffset? GoesOn);

/// <summary>X refuses the question itself (HTTP 400).</summary>
internal sealed class XQuestionException(string message) : ChannelException(message)
{
}

/// <summary>Asks X. What an answer may cost at most is reserved before, and what it did not cost is given back after.</summary>
internal sealed class XApi(ChannelContext context, XOptions options)
{
    private const int MostAtOnce = 100;

    /// <summary>X gives no fewer posts at a time.</summary>
    public const int FewestMentions = 5;
    public const int FewestFound = 10;

    /// <summary>With these nothing was sent, so nothing is charged.</summary>
    private static readonly WebFault[] NotSent = [WebFault.BadAddress, WebFault.PrivateAddress, WebFault.UnknownName, WebFault.NotReached, WebFault.Tls];
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(16);
    private readonly JsonService _json = new(context.Web, "X", XFaults.Cures, answer => XFaults.Of(answer, answer.Date ?? context.Time.GetUtcNow(), options.Token));
    private readonly SteadyClock _steady = new(context.Time);
    private readonly Dictionary<string, DateTimeOffset> _restUntil = [];
    private readonly Lock _gate = new();
    private bool _cautious;

    /// <summary>X's own: posts are numbered by it.</summary>
    public SteadyClock Clock => _json.Clock;

    /// <summary>Posts that name the account, newest first.</summary>
    public Task<XFound> MentionsAsync(string account, long since, string? token, CancellationToken ct) => FindAsync(
        "mentions", $"/2/users/{account}/mentions?since_id={since}{(token is null ? "" : "&pagination_token=" + Uri.EscapeDataString(token))}", FewestMentions, new XPrice(options.Prices.Mention, options.Prices.Author, options.Authors), 1, ct);

    /// <summary>Posts of the last seven days, newest first.</summary>
    public Task<XFound> SearchAsync(string query, long since, string? token, bool authors, double share, CancellationToken ct) => FindAsync(
        "search", $"/2/tweets/search/recent?query={Uri.EscapeDataString(query)}&since_id={since}{(token is null ? "" : "&next_token=" + Uri.EscapeDataString(token))}", FewestFound, new XPrice(options.Prices.Post, options.Prices.Author, authors), share, ct);

    /// <summary>These posts, and which of them are gone.</summary>
    /// <param name="ids">At most 100.</param>
    public async Task<XFound> LookupAsync(IReadOnlyCollection<string> ids, double share, CancellationToken ct)
    {
        var price = new XPrice(options.Prices.Post, options.Prices.Author, options.Authors);
        var most = ids.Count * price.Each;
        return await PayAsync("lookup", most, most, share, _ => $"/2/tweets?ids={string.Join(',', ids)}&{XFields.Of(price.WithAuthors)}", page => page.Cost(price), ct);
    }

    /// <summary>One person: by number, or "by/username/NAME".</summary>
    public Task<XFound> PersonAsync(string path, double share, CancellationToken ct) =>
        PayAsync("people", options.Prices.Author, options.Prices.Author, share, _ => $"/2/users/{path}?user.fields={XFields.Profile}", page => page.HasPerson ? options.Prices.Author : 0, ct);

    /// <summary>What costs nothing.</summary>
    public Task<(WebAnswer Answer, JsonDocument Json)> AskFreeAsync(string path, CancellationToken ct) => _json.AskAsync(Get(path), ct);

    /// <summary>The same for other methods than GET.</summary>
    public Task<(WebAnswer Answer, JsonDocument Json)> SendFreeAsync(HttpRequestMessage request, CancellationToken ct)
    {
        request.Headers.TryAddWithoutValidation("Authorization", Authorization);
        return _json.SendAsync(request, options.Limits, ct);
    }

    public WebGet Get(string path) => new(Address(path)) { Accept = "application/json", Authorization = Authorization, Limits = options.Limits };

    public Uri Address(string path) => new(options.Api.TrimEnd('/') + path);

    private string Authorization => "Bearer " + options.Token;

    private Task<XFound> FindAsync(string kind, string path, int least, XPrice price, double share, CancellationToken ct)
    {
        var most = _cautious ? least : MostAtOnce;
        return PayAsync(
            kind, least * price.Each, most * price.Each, share, amount => $"{path}&max_results={Math.Clamp(amount / price.Each, least, most)}&{XFields.Of(price.WithAuthors)}", page => page.Cost(price), ct);
    }

    private async Task<XFound> PayAsync(string kind, long least, long most, double share, Func<long, string> path, Func<XPage, long> cost, CancellationToken ct)
    {
        await RestAsync(kind, ct);
        var reserved = await context.Spending.ReserveAsync(options.DayBudget, least, most, share, ct);
        if (reserved.Amount == 0)
        {
            return new XFound(null, reserved.GoesOn);
        }
        try
        {
            var (answer, json) = await _json.AskAsync(Get(path(reserved.Amount)), ct);
            using (json)
            {
                Note(kind, answer);
                var page = XPage.Read(json.RootElement);
                await context.Spending.SettleAsync(reserved, cost(page));
                _cautious = false;
                return new XFound(page, null);
            }
        }
        catch (ChannelException e)
        {
            // X charges for what it answers with. Where we can't know whether it did, all that was reserved stays spent, and the next question is a small one.
            _cautious = e.InnerException is WebFaultException fault ? !NotSent.Contains(fault.Fault) : e.InnerException is not null;
            await context.Spending.SettleAsync(reserved, _cautious ? reserved.Amount : 0);
            throw;
        }
    }

    private async Task RestAsync(string kind, CancellationToken ct)
    {
        DateTimeOffset until;
        lock (_gate)
        {
            until = _restUntil.GetValueOrDefault(kind);
        }
        var rest = until - _steady.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, context.Time, ct);
        }
    }

    /// <summary>X tells with each answer how many more it gives, and when it counts anew.</summary>
    private void Note(string kind, WebAnswer answer)
    {
        if (answer.Header("x-rate-limit-remaining") == "0" && XFaults.Reset(answer, Clock.GetUtcNow()) is { } rest && rest <= LongestRest)
        {
            lock (_gate)
            {
                _restUntil[kind] = _steady.GetUtcNow() + rest;
            }
        }
    }
}

/// <summary>What is asked for with each post.</summary>
internal static class XFields
{
    public const string Users = "id,name,username,public_metrics";

    /// <summary>Of one person, for reaching them.</summary>
    public const string Profile = Users + ",description,entities,url";
    private const string Posts = "author_id,conversation_id,created_at,edit_history_tweet_ids,entities,lang,note_tweet,referenced_tweets";

    public static string Of(bool authors) => $"tweet.fields={Posts}" + (authors ? $"&expansions=author_id&user.fields={Users}" : "");
}

/// <summary>What X means by an answer that is no success.</summary>
internal static class XFaults
{
    private const int LongestDetail = 200;

    public static readonly Cures Cures = new()
    {
        Unauthorized = "Check the channel's Token: it must be the app's bearer token, of today (console.x.com)",
        Forbidden = "Look at console.x.com: the app must belong to a project whose access covers this, and an account must not be private",
        NotFound = "Check the Account and the Api address",
        TooMany = "Give a longer Every, or let no other program use the same app",
    };

    /// <param name="token">Ours, of which nothing is told.</param>
    public static ChannelException? Of(WebAnswer answer, DateTimeOffset now, string token) => answer.Status switch
    {
        HttpStatusCode.BadRequest => new XQuestionException($"X does not take a question (HTTP 400){Detail(answer, token)}. Look at the words of the watches that listen here."),
        HttpStatusCode.PaymentRequired => new ChannelException("X has no more credit for this app (HTTP 402). Add credits at console.x.com.") { NeedsOperator = true },
        HttpStatusCode.TooManyRequests when IsCapped(answer) => new ChannelException($"X gives this app no more posts in this billing cycle (HTTP 429){Detail(answer, token)}. Look at console.x.com.") { NeedsOperator = true },
        HttpStatusCode.TooManyRequests => new ChannelException($"X was asked too often (HTTP 429). {Cures.TooMany}.") { After = Reset(answer, now) ?? answer.RetryAfter },
        _ => null,
    };

    /// <summary>The same for the stream, with the faults that only it has.</summary>
    public static ChannelException OfStream(WebAnswer answer, DateTimeOffset now, string token) => answer.Status switch
    {
        HttpStatusCode.TooManyRequests when !IsCapped(answer) => new XTooManyException($"X's stream was asked for too often, or another program holds the app's one connection (HTTP 429). Let no other program use the same app.") { After = Reset(answer, now) ?? answer.RetryAfter },
        HttpStatusCode.Unauthorized => new ChannelException($"X's stream refuses our sign-in (HTTP 401). {Cures.Unauthorized}.") { NeedsOperator = true },
        HttpStatusCode.Forbidden => new ChannelException($"X's stream is forbidden to this app (HTTP 403). {Cures.Forbidden}.") { NeedsOperator = true },
        HttpStatusCode.Conflict => new ChannelException("X's stream has no rules yet (HTTP 409). They are set anew."),
        _ => Of(answer, now, token) ?? new ChannelException($"X's stream answers HTTP {(int)answer.Status}. It is tried again.") { Passes = (int)answer.Status >= 500 },
    };

    /// <summary>How long until X counts anew, by its header (Unix seconds): a second to a day. Null when it does not say.</summary>
    public static TimeSpan? Reset(WebAnswer answer, DateTimeOffset now) =>
        long.TryParse(answer.Header("x-rate-limit-reset"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at is > 0 and < 253_402_300_799
            && DateTimeOffset.FromUnixTimeSeconds(at) - now is var rest && rest > TimeSpan.FromMinutes(-1) && rest < TimeSpan.FromDays(1)
            ? TimeSpan.FromSeconds(Math.Max(1, rest.TotalSeconds))
            : null;

    private static bool IsCapped(WebAnswer answer) => answer.TextUtf8().Contains("usage-capped", StringComparison.Ordinal);

    /// <summary>X's own sentence on what was wrong with our question. It speaks of the question alone; who stands in X's place may repeat all that it was told.</summary>
    private static string Detail(WebAnswer answer, string token)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            var root = json.RootElement;
            var first = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0 ? errors[0] : root;
            var said = first.ValueKind != JsonValueKind.Object ? null
                : first.TryGetProperty("message", out var message) ? JsonText.TextOf(message)
                : first.TryGetProperty("detail", out var detail) ? JsonText.TextOf(detail) : null;
            return said is null ? "" : $": {HtmlText.Clean(said.Replace(token, "***", StringComparison.Ordinal), LongestDetail).ReplaceLineEndings(" ")}";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
