using System.Net;
using System.Net.Sockets;
using System.Text;
using ListeningBot.Configuration;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Security;

/// <summary>A service that gives a byte a second, for ever, in whatever part of its answer, holds nobody longer than the time for the whole answer.</summary>
public sealed class SlowServiceTests
{
    private static readonly WebLimits Limits = new(TimeSpan.FromSeconds(5), 1024 * 1024);

    [Theory]
    [InlineData("http", "", "HTTP/1.1 200 OK")]
    [InlineData("http", "HTTP/1.1 200 OK\r\nX-Much: ", "aaaaaaaa")]
    [InlineData("http", "HTTP/1.1 200 OK\r\n", "A: b\r\n")]
    [InlineData("http", "", "HTTP/1.1 100 Continue\r\n\r\n")]
    [InlineData("http", "HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "<rss>")]
    [InlineData("http", "HTTP/1.1 200 OK\r\n\r\n", "<rss>")]
    [InlineData("http", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")]
    [InlineData("http", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "extension")]
    [InlineData("http", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "Trailer: x\r\n")]
    [InlineData("https", "", "\u0016\u0003\u0003\u0040\u0000")]
    [InlineData("https", "\u0016\u0003\u0003\u0040\u0000\u0002\u0000\u0000\u0030", "\u0003")]
    public async Task It_ends_with_the_time_for_the_whole_answer(string scheme, string first, string then)
    {
        var clock = new ManualClock();
        await using var slow = new Drip(first, then, clock);
        using var web = new WebReader(new HttpSettings { AllowPrivateHosts = [$"127.0.0.1:{slow.Port}"] }, clock);
        var began = clock.GetUtcNow();

        var asking = web.GetAsync(new WebGet(new Uri($"{scheme}://127.0.0.1:{slow.Port}/feed")) { Limits = Limits }, default);
        await Until.TrueAsync(() => slow.Given > 2 || asking.IsCompleted, clock);
        Assert.False(asking.IsCompleted, "Nothing dripped.");
        await Until.TrueAsync(() => asking.IsCompleted, clock);

        var fault = await Assert.ThrowsAsync<WebFaultException>(() => asking);
        Assert.Equal(WebFault.Timeout, fault.Fault);
        Assert.InRange(clock.GetUtcNow() - began, Limits.Timeout, Limits.Timeout * 9);
    }

    /// <summary>The opening of a web socket, and a stream's, too.</summary>
    [Fact]
    public async Task A_web_socket_that_never_opens_ends_with_its_limit()
    {
        var clock = new ManualClock();
        await using var slow = new Drip("HTTP/1.1 101 Switching Protocols\r\n", "A: b\r\n", clock);
        using var web = new WebReader(new HttpSettings { AllowPrivateHosts = [$"127.0.0.1:{slow.Port}"] }, clock);

        var opening = web.ConnectWebSocketAsync(new Uri($"ws://127.0.0.1:{slow.Port}/"), null, default, limit: Limits.Timeout);
        await Until.TrueAsync(() => opening.IsCompleted, clock);

        Assert.Equal(WebFault.Timeout, (await Assert.ThrowsAsync<WebFaultException>(() => opening)).Fault);
    }

    /// <summary>Says something at once, then something else for ever, a byte for each second of the clock.</summary>
    private sealed class Drip : IAsyncDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();
        private readonly Task _serving;
        private int _given;

        public Drip(string first, string then, TimeProvider clock)
        {
            _listener.Start();
            _serving = ServeAsync(Encoding.Latin1.GetBytes(first), Encoding.Latin1.GetBytes(then), clock);
        }

        public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;
        public int Given => Volatile.Read(ref _given);

        private async Task ServeAsync(byte[] first, byte[] then, TimeProvider clock)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                var stream = client.GetStream();
                await stream.WriteAsync(first, _end.Token);
                for (var at = 0; ; at = (at + 1) % then.Length)
                {
                    await stream.WriteAsync(then.AsMemory(at, 1), _end.Token);
                    Interlocked.Increment(ref _given);
                    await Task.Delay(TimeSpan.FromSeconds(1), clock, _end.Token);
                }
            }
            catch (Exception e) when (e is OperationCanceledException or IOException)
            {
                // The asker hung up, or the test is over.
            }
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _serving;
            _listener.Stop();
            _end.Dispose();
        }
    }
}
