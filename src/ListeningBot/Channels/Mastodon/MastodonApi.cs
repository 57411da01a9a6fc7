using System.Globalization;
using System.Net;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mastodon;

/// <summary>The server says for certain that it does not have it (any more).</summary>
internal sealed class MastodonGoneException(string message) : ChannelException(message);

/// <summary>The server wants fewer requests, for whatever.</summary>
internal sealed class MastodonTooOftenException(string message) : ChannelException(message);

/// <summary>Asks a server by Mastodon's API (docs.joinmastodon.org), which Pleroma, Akkoma, GoToSocial and others speak as well.</summary>
/// <param name="server">Need not be the configured one: the token goes to that alone.</param>
internal sealed class MastodonApi
{
    private readonly ChannelContext _context;
    private readonly MastodonOptions _options;
    private readonly Uri _server;
    private readonly JsonService _service;
    private readonly MastodonPace _pace;

    public MastodonApi(ChannelContext context, MastodonOptions options, Uri? server = null)
    {
        (_context, _options, _server, _pace) = (context, options, server ?? options.Address, new MastodonPace(context.Time));
        _service = new JsonService(context.Web, $"the server {_server.Host}", new Cures { NotFound = "Check Server in the configuration", TooMany = "Give a longer Every, or fewer tags and words" }, OwnFault);
    }

    public string Host => _server.Host;

    /// <summary>The server's own: posts are put in by it.</summary>
    public SteadyClock Clock => _service.Clock;

    private bool IsOurs => _server == _options.Address;

    /// <summary>Waits until a page may be asked for, of which there are many.</summary>
    public Task TurnAsync(CancellationToken ct) => _pace.TurnAsync(ct);

    /// <summary>For what can be done without: false when it would have to wait.</summary>
    public bool TryTurn() => _pace.TryTurn();

    /// <summary>The caller disposes it. Throws <see cref="MastodonGoneException"/>, <see cref="ChannelException"/>.</summary>
    public async Task<JsonDocument> AskAsync(string path, CancellationToken ct) => (await _service.AskAsync(
        new WebGet(new Uri(_server.AbsoluteUri.TrimEnd('/') + path))
        {
            Authorization = IsOurs && _options.HasToken ? "Bearer " + _options.Token : null,
            SentBy = _options.Address,
            Limits = WebLimits.Default with { Timeout = IsOurs || _options.Timeout < TimeSpan.FromSeconds(10) ? _options.Timeout : TimeSpan.FromSeconds(10) },
        },
        ct)).Json;

    private ChannelException? OwnFault(WebAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Unauthorized when _options.HasToken => Closed(answer, "refuses the Token. Make a new one: on the server under Preferences, Development"),
        HttpStatusCode.Forbidden when _options.HasToken => Closed(answer, "forbids this to the Token's account. Check that the application has the scope \"read\" and that the account is not suspended"),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.UnprocessableEntity when !_options.HasToken =>
            Closed(answer, "shows this only to people who are signed in. Give the Token of an account there, or another Server"),
        HttpStatusCode.NotFound or HttpStatusCode.Gone when SaysSo(answer) => new MastodonGoneException($"the server {Host} does not have what was asked for (HTTP {(int)answer.Status}). Check Server in the configuration: it must speak Mastodon's API."),
        HttpStatusCode.TooManyRequests => new MastodonTooOftenException($"the server {Host} was asked too often (HTTP 429). Give a longer Every, or fewer tags and words.") { After = UntilReset(answer) ?? answer.RetryAfter },
        _ => null,
    };

    private ChannelException Closed(WebAnswer answer, string what) => new($"the server {Host} {what} (HTTP {(int)answer.Status}).") { After = answer.RetryAfter, NeedsOperator = true };

    /// <summary>The API's own word, not that of a web server in front of it.</summary>
    private static bool SaysSo(WebAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            return json.RootElement.Text("error") is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>X-RateLimit-Reset is a time (docs.joinmastodon.org/api/rate-limits).</summary>
    private TimeSpan? UntilReset(WebAnswer answer) =>
        DateTimeOffset.TryParse(answer.Header("X-RateLimit-Reset"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var reset)
        && reset - (answer.Date ?? _context.Time.GetUtcNow()) is var wait && wait > TimeSpan.Zero
            ? wait < RetryAfter.Longest ? wait : RetryAfter.Longest
            : null;
}
