using System.Globalization;
using System.Net;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.Reddit;

/// <summary>Reddit's API, signed in as an application.</summary>
internal sealed class RedditApi(ChannelContext context, RedditOptions options)
{
    /// <summary>Requests that are left when we pause until Reddit counts anew.</summary>
    private const double FewLeft = 5;
    private readonly RedditToken _token = new(context, options);
    private readonly RedditThing _thing = new(context.Name);
    private readonly JsonService _service = new(
        context.Web,
        "Reddit's API",
        new Cures { Forbidden = "Check that the application may use the API", NotFound = "Check Api", TooMany = "Give a longer Every, or fewer Subreddits" },
        OwnFault);

    private readonly SteadyClock _steady = new(context.Time);
    private DateTimeOffset _heldUntil;

    /// <summary>How long Reddit wants no requests; zero or less: none.</summary>
    public TimeSpan Held => _heldUntil - _steady.GetUtcNow();

    /// <summary>A page of a listing. The next is asked for by the last fullname of this one, or by one before when that was deleted meanwhile: a listing after a deleted post is empty for ever.</summary>
    public async Task<PlacePage> PageAsync(string path, string query, string? next, CancellationToken ct)
    {
        foreach (var after in RedditPages.Candidates(next))
        {
            using var json = await GetAsync($"{path}?limit=100&raw_json=1{query}{(after is null ? "" : "&after=" + after)}", ct);
            if (json.RootElement.At("data", "children").ValueKind != JsonValueKind.Array)
            {
                throw new ChannelException("Reddit's API answered with something that is no listing. It is tried again; check Api if it stays so.");
            }
            var (shown, bad) = _thing.OfListing(json.RootElement);
            if (shown.Count + bad.Count > 0)
            {
                return new PlacePage(shown, bad, json.RootElement.Text("data", "after") is null ? null : RedditPages.After(shown));
            }
        }
        return new PlacePage([], [], null);
    }

    /// <summary>Throws <see cref="ChannelException"/>.</summary>
    public async Task<JsonDocument> GetAsync(string pathAndQuery, CancellationToken ct)
    {
        for (var again = false; ; again = true)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, options.Api.TrimEnd('/') + pathAndQuery);
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + await _token.GetAsync(ct));
            request.Headers.TryAddWithoutValidation("User-Agent", RedditToken.UserAgent(options));
            try
            {
                var (answer, json) = await _service.SendAsync(request, WebLimits.Default with { Timeout = options.Patience }, ct);
                Heed(answer);
                return json;
            }
            catch (TokenRefusedException) when (!again)
            {
                _token.Forget();
            }
        }
    }

    private void Heed(WebAnswer answer)
    {
        if (Number(answer, "x-ratelimit-remaining") is < FewLeft && ResetOf(answer) is { } reset)
        {
            _heldUntil = _steady.GetUtcNow() + reset;
        }
    }

    /// <summary>Until Reddit counts our requests anew, as far as it says so.</summary>
    public static TimeSpan? ResetOf(WebAnswer answer) => Number(answer, "x-ratelimit-reset") is >= 0 and <= 86_400 and var seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static double? Number(WebAnswer answer, string header) =>
        double.TryParse(answer.Header(header), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static ChannelException? OwnFault(WebAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Unauthorized => new TokenRefusedException(),
        HttpStatusCode.TooManyRequests => new ChannelException("Reddit's API was asked too often (HTTP 429). Give a longer Every, or fewer Subreddits.") { After = answer.RetryAfter ?? ResetOf(answer) },
        _ => RedditPages.RefusedPlace(answer),
    };

    /// <summary>A token that was withdrawn; a new one may do.</summary>
    private sealed class TokenRefusedException : ChannelException
    {
        public TokenRefusedException()
            : base("Reddit's API refuses our sign-in (HTTP 401). Check ClientId and ClientSecret.") => NeedsOperator = true;
    }
}
