using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Webhook;
using ListeningBot.Configuration;
using ListeningBot.Hosting;
using ListeningBot.Net;
using ListeningBot.Telemetry;
using ListeningBot.Tests.Support;
using ListeningBot.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.IntegrationTests.Channels.Webhook;

/// <summary>The program's real server with one webhook channel behind it, and a sender.</summary>
internal sealed class WebhookBench : IAsyncDisposable
{
    public const string Secret = "a-secret-of-both-sides";
    private readonly TempStore _temp = new();
    private readonly HealthBoard _board = new(TimeProvider.System);
    private readonly HealthService _server;
    private readonly WebReader _web = new(new HttpSettings(), TimeProvider.System);
    private readonly HttpClient _http = new();

    public WebhookBench() => _server = new HealthService(new WebSettings { Listen = "http://127.0.0.1:0" }, new Readiness(_board, _temp.Store, new NodeFigures(TimeProvider.System), TimeProvider.System), new PrometheusPage(new Gauges(_board, _temp.Store, new NodeFigures(TimeProvider.System), TimeProvider.System)), Doors, new Pulse(TimeProvider.System), TimeProvider.System, NullLogger<HealthService>.Instance);

    public Doors Doors { get; } = new();
    public CollectedLogs Logs { get; } = new();
    public ManualClock Clock { get; } = new();
    public Uri Address => new(Doors.AddressOf("forms"));

    public async Task StartAsync() => await _server.StartAsync(CancellationToken.None);

    public WebhookChannel Channel(WebhookOptions? options = null) => new(
        new ChannelContext("forms", _web, Clock, Logs, (_, _) => Task.CompletedTask) { Doors = Doors },
        options ?? new WebhookOptions { Secret = Secret });

    /// <summary>Signed by the clock's time.</summary>
    public HttpRequestMessage Request(string body, string secret = Secret, TimeSpan ago = default) => Signed(Address, Encoding.UTF8.GetBytes(body), secret, Clock.GetUtcNow() - ago);

    public static HttpRequestMessage Signed(Uri address, byte[] body, string secret, DateTimeOffset at)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString();
        byte[] signed = [.. Encoding.ASCII.GetBytes(timestamp + "."), .. body];
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Timestamp", timestamp);
        request.Headers.Add("X-Signature", "sha256=" + Convert.ToHexString(hash).ToLowerInvariant());
        return request;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public async Task<(int Status, string Text)> PostAsync(string body, string secret = Secret, TimeSpan ago = default)
    {
        using var answer = await SendAsync(Request(body, secret, ago));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _http.Dispose();
        _web.Dispose();
        await _temp.DisposeAsync();
    }
}
