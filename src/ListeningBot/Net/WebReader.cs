using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using ListeningBot.Configuration;
using ListeningBot.Telemetry;

namespace ListeningBot.Net;

/// <summary>
/// The one HTTP client of all channels and notifiers, with its limits on size, time and address. Every failure is a
/// <see cref="WebFaultException"/>; an answer of any status is an answer.
/// </summary>
public sealed partial class WebReader : IDisposable
{
    private const int MostRedirects = 5;
    private static readonly string[] Classes = ["other", "1xx", "2xx", "3xx", "4xx", "5xx"];
    private readonly Connector _connector;
    private readonly HttpClient _client;
    private readonly HttpMessageInvoker _sockets;

    public WebReader(HttpSettings settings, TimeProvider time)
        : this(settings, time, new Connector(settings.AllowPrivateHosts, time))
    {
    }

    internal WebReader(HttpSettings settings, TimeProvider time, Connector connector)
    {
        Settings = settings;
        Time = time;
        _connector = connector;
        var handler = Handler(connector);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _sockets = new HttpMessageInvoker(handler, disposeHandler: false);
    }

    public HttpSettings Settings { get; }
    public TimeProvider Time { get; }

    /// <summary>Gets a page; follows up to five redirects, each checked anew.</summary>
    public Task<WebAnswer> GetAsync(WebGet request, CancellationToken ct) =>
        WithinAsync(request.Limits, request.Url, ct, token => FollowAsync(request, token));

    /// <summary>Sends any request, once, and reads its answer whole. Follows no redirect.</summary>
    public Task<WebAnswer> SendAsync(HttpRequestMessage request, CancellationToken ct, WebLimits? limits = null)
    {
        var url = Checked(request.RequestUri);
        return WithinAsync(limits ?? WebLimits.Default, url, ct, token => ExchangeAsync(request, url, limits ?? WebLimits.Default, token));
    }

    /// <summary>Opens a web socket under the same rules. The caller disposes it, and caps what it reads.</summary>
    /// <param name="limit">For the handshake; default 30 seconds.</param>
    public Task<ClientWebSocket> ConnectWebSocketAsync(
        Uri url,
        IReadOnlyDictionary<string, string>? headers,
        CancellationToken ct,
        Action<ClientWebSocketOptions>? configure = null,
        TimeSpan? limit = null) =>
        WithinAsync(WebLimits.Default with { Timeout = limit ?? WebLimits.Default.Timeout }, url, ct, token => ShakeHandsAsync(url, headers, configure, token));

    public void Dispose()
    {
        _sockets.Dispose();
        _client.Dispose();
    }

    private static SocketsHttpHandler Handler(Connector connector) => LineProbe.Pinging(new SocketsHttpHandler
    {
        ConnectCallback = connector.ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
        MaxConnectionsPerServer = 8,
        MaxResponseHeadersLength = 64,

        // Who hangs up wants nothing more: a stream that is paid for by the post ends at once.
        MaxResponseDrainSize = 0,
        AutomaticDecompression = DecompressionMethods.All,
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    private async Task<T> WithinAsync<T>(WebLimits limits, Uri url, CancellationToken ct, Func<CancellationToken, Task<T>> work)
    {
        using var late = new CancellationTokenSource(limits.Timeout, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        try
        {
            return await work(either.Token);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            throw new OperationCanceledException(ct);
        }
        catch (Exception) when (late.IsCancellationRequested)
        {
            throw new WebFaultException(WebFault.Timeout, $"{Where(url)} did not answer in full within {limits.Timeout.TotalSeconds:0.#} seconds. It is tried again");
        }
        catch (UriFormatException e)
        {
            // Seen only when the host's name is needed: "xn--" before what is not of ASCII.
            throw new WebFaultException(WebFault.BadAddress, $"{Where(url)} is or leads to an address whose host is no name", e);
        }
        catch (Exception e) when (e is not WebFaultException && WebFaults.Explain(e, Where(url)) is not null)
        {
            throw WebFaults.Explain(e, Where(url))!;
        }
    }

    private async Task<WebAnswer> FollowAsync(WebGet asked, CancellationToken ct)
    {
        var url = Checked(asked.Url);
        var authorization = asked.Authorization ?? BasicSignIn.From(url);
        Uri? moved = null;
        for (var hop = 0; hop <= MostRedirects; hop++)
        {
            CheckSender(asked.SentBy ?? asked.Url, url);
            using var request = Get(url, asked, authorization);
            var answer = await ExchangeAsync(request, url, asked.Limits, ct);
            if (Redirect.Target(answer, url) is not { } target)
            {
                return answer with { MovedTo = moved };
            }
            authorization = Redirect.SameHost(url, target) ? authorization : null;
            moved = hop == 0 && Redirect.IsPermanent(answer.Status) ? target : moved;
            url = target;
        }
        throw new WebFaultException(WebFault.Redirects, $"{Where(asked.Url)} redirects more than {MostRedirects} times. Give the address that a browser shows in the end");
    }

    private void CheckSender(Uri sender, Uri url)
    {
        if (_connector.MayBePrivate(url.IdnHost.Trim('[', ']'), url.Port) && !_connector.MayBePrivate(sender.IdnHost.Trim('[', ']'), sender.Port))
        {
            throw new WebFaultException(WebFault.PrivateAddress, $"{sender.Host} leads to {url.Host}, which is private, so it is not followed. If it is meant to be read, configure that address itself");
        }
    }

    private static HttpRequestMessage Get(Uri url, WebGet asked, string? authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, url) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        Add(request.Headers, "Accept", asked.Accept);
        Add(request.Headers, "If-None-Match", asked.ETag);
        Add(request.Headers, "If-Modified-Since", asked.LastModified);
        Add(request.Headers, "Authorization", authorization);
        return request;
    }

    private static void Add(HttpRequestHeaders headers, string name, string? value)
    {
        if (value is { Length: > 0 } && value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0)
        {
            headers.TryAddWithoutValidation(name, value);
        }
    }

    private async Task<WebAnswer> ExchangeAsync(HttpRequestMessage request, Uri url, WebLimits limits, CancellationToken ct)
    {
        request.RequestUri = BasicSignIn.Without(url);
        if (!request.Headers.NonValidated.Contains("User-Agent"))
        {
            Add(request.Headers, "User-Agent", Settings.UserAgent);
        }
        using var response = await AskAsync(request, ct);
        return await WebBody.ReadAsync(response, request.RequestUri, limits.MaxBytes, Time.GetUtcNow(), ct);
    }

    /// <summary>Sends it, and counts what came of it.</summary>
    private async Task<HttpResponseMessage> AskAsync(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (Time is HouseClock house && response.Headers.Date is { } date)
            {
                house.Hear(date);
            }
            Count(Classes[Math.Clamp((int)response.StatusCode / 100, 0, 5)]);
            return response;
        }
        catch
        {
            Count("fault");
            throw;
        }

        static void Count(string answer) => Measures.Requests.Add(1, new("service", Errand.Current), new("answer", answer));
    }

    private async Task<ClientWebSocket> ShakeHandsAsync(Uri url, IReadOnlyDictionary<string, string>? headers, Action<ClientWebSocketOptions>? configure, CancellationToken ct)
    {
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.SetRequestHeader("User-Agent", Settings.UserAgent);
            foreach (var (name, value) in headers ?? new Dictionary<string, string>())
            {
                socket.Options.SetRequestHeader(name, value);
            }
            configure?.Invoke(socket.Options);
            socket.Options.CollectHttpResponseDetails = true;
            await socket.ConnectAsync(Checked(url, "ws", "wss"), _sockets, ct);
            return socket;
        }
        catch (WebSocketException e) when (WebFaults.Explain(e, Where(url)) is null)
        {
            var fault = NotOpened(socket, url, e);
            socket.Dispose();
            throw fault;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private WebFaultException NotOpened(ClientWebSocket socket, Uri url, WebSocketException cause)
    {
        var status = (int)socket.HttpStatusCode;
        var wait = socket.HttpResponseHeaders?.FirstOrDefault(h => h.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
        return status is 0 or 101
            ? WebFaults.NoWebSocket(Where(url), cause)
            : WebFaults.Refused(Where(url), status, RetryAfter.Parse(wait, Time.GetUtcNow()), cause);
    }

    private static Uri Checked(Uri? url, string plain = "http", string secure = "https") =>
        url is { IsAbsoluteUri: true, Host.Length: > 0 } && (url.Scheme == plain || url.Scheme == secure)
            ? url
            : throw new WebFaultException(WebFault.BadAddress, $"not a web address. Give one that begins with {secure}://");

    /// <summary>Scheme and host only: path and query may hold secrets.</summary>
    private static string Where(Uri url) => url.IsAbsoluteUri ? $"{url.Scheme}://{url.Authority}" : "the address";
}
