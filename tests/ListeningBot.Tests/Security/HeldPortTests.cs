using System.Net;
using System.Net.Sockets;
using System.Text;
using ListeningBot.Channels;
using ListeningBot.Configuration;
using ListeningBot.Hosting;
using ListeningBot.Telemetry;
using ListeningBot.Tests.Support;
using ListeningBot.Web;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Security;

/// <summary>Somebody opens hundreds of connections to the bot's port and never finishes what he asks: others are answered beside him, and as soon as his time is over where he took all there is.</summary>
public sealed class HeldPortTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private readonly TempStore _temp = new();
    private readonly ManualClock _clock = new();
    private readonly Doors _doors = new();
    private readonly List<TcpClient> _held = [];

    [Theory]
    [InlineData("")]
    [InlineData("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")]
    [InlineData("POST /in/forms HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n")]
    public async Task Others_are_answered(string begun)
    {
        _doors.Open("forms", async context => await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted));
        var board = new HealthBoard(_clock);
        await using var service = new HealthService(new WebSettings { Listen = "http://127.0.0.1:0" }, new Readiness(board, _temp.Store, new NodeFigures(_clock), _clock), new PrometheusPage(new Gauges(board, _temp.Store, new NodeFigures(_clock), _clock)), _doors, new Pulse(_clock), _clock, NullLogger<HealthService>.Instance);
        await service.StartAsync(CancellationToken.None);
        var at = new Uri(_doors.AddressOf("x"));

        await HoldAsync(at, 300, begun);
        Assert.True(await IsAnsweredAsync(at), "300 held connections kept others out.");
        await HoldAsync(at, 300, begun);

        var since = TimeProvider.System.GetTimestamp();
        while (!await IsAnsweredAsync(at))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < Patience, "600 held connections keep others out for good.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
        _held.ForEach(client => client.Dispose());
    }

    private async Task HoldAsync(Uri at, int many, string begun)
    {
        for (var i = 0; i < many; i++)
        {
            var client = new TcpClient();
            _held.Add(client);
            await client.ConnectAsync(at.Host, at.Port);
            try
            {
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(begun));
            }
            catch (IOException)
            {
                // Turned away.
            }
        }
    }

    private static async Task<bool> IsAnsweredAsync(Uri at)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            foreach (var path in (string[])["/healthz", "/metrics"])
            {
                using var answer = await http.GetAsync(new Uri(at, path));
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _held.ForEach(client => client.Dispose());
        await _temp.DisposeAsync();
    }
}
