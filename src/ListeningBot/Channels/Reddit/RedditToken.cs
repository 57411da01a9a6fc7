using System.Net.Http.Headers;
using System.Text;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.Reddit;

/// <summary>The application's token (OAuth 2, client credentials): lasts about a day and is renewed before it runs out.</summary>
internal sealed class RedditToken(ChannelContext context, RedditOptions options)
{
    private const double Used = 0.9;
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);
    private readonly JsonService _service = new(context.Web, "Reddit's sign-in", new Cures
    {
        Unauthorized = "Check ClientId and ClientSecret against www.reddit.com/prefs/apps",
        Forbidden = "Check that the application at www.reddit.com/prefs/apps may use the API",
    });

    private readonly SteadyClock _steady = new(context.Time);
    private string? _token;
    private DateTimeOffset _until;

    public void Forget() => _token = null;

    /// <summary>Throws <see cref="ChannelException"/>.</summary>
    public async Task<string> GetAsync(CancellationToken ct)
    {
        if (_token is { } known && _steady.GetUtcNow() < _until)
        {
            return known;
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Address.TrimEnd('/') + "/api/v1/access_token")
        {
            Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.ClientId}:{options.ClientSecret}")));
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent(options));
        var (_, json) = await _service.SendAsync(request, WebLimits.Default with { Timeout = options.Patience }, ct);
        using (json)
        {
            var token = json.RootElement.Text("access_token");
            if (token is null || token.Any(char.IsControl))
            {
                throw new ChannelException("Reddit's sign-in gives no token. Check that the application at www.reddit.com/prefs/apps is a \"script\" or a \"web app\".") { NeedsOperator = true };
            }
            var lasts = json.RootElement.Number("expires_in") is > 0 and < 1e7 and var seconds ? TimeSpan.FromSeconds(seconds) : Usual;
            _until = _steady.GetUtcNow() + (lasts * Used);
            return _token = token;
        }
    }

    /// <summary>As Reddit asks for it: platform, application, version, and who answers for it.</summary>
    public static string UserAgent(RedditOptions options) =>
        $"dotnet:listeningbot:v{typeof(RedditToken).Assembly.GetName().Version?.ToString(3)} (by /u/{options.UserName})";
}
