using System.Net.WebSockets;
using ListeningBot.Configuration;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using Microsoft.AspNetCore.Http.Features;

namespace ListeningBot.IntegrationTests.Net;

public sealed class WebSocketTests
{
    [Fact]
    public async Task A_web_socket_opens_with_our_headers()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/ws", async context =>
        {
            using var served = await context.WebSockets.AcceptWebSocketAsync();
            await served.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, default);
            await served.ReceiveAsync(new byte[10], default);
        });
        using var web = Reader(site.HostAndPort);

        using var socket = await web.ConnectWebSocketAsync(new Uri($"ws://{site.HostAndPort}/ws"), new Dictionary<string, string> { ["X-Token"] = "t" }, default);
        var buffer = new byte[10];
        var got = await socket.ReceiveAsync(buffer, default);

        Assert.Equal("hello"u8.ToArray(), buffer[..got.Count]);
        var seen = Assert.Single(site.Seen);
        Assert.Equal("t", seen.Header("X-Token"));
        Assert.Equal(web.Settings.UserAgent, seen.Header("User-Agent"));
    }

    [Fact]
    public async Task A_web_socket_to_a_private_address_is_refused()
    {
        await using var site = await LocalFeed.StartedAsync();
        using var web = Reader();

        Assert.Equal(WebFault.PrivateAddress, (await Fault(web, $"ws://{site.HostAndPort}/ws")).Fault);
        Assert.Empty(site.Seen);
    }

    [Fact]
    public async Task A_status_instead_of_a_web_socket_is_told_with_its_wait()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/ws", FeedAnswers.Status(429, retryAfter: "30"));
        using var web = Reader(site.HostAndPort);

        var fault = await Fault(web, $"ws://{site.HostAndPort}/ws");

        Assert.Equal(WebFault.Refused, fault.Fault);
        Assert.Equal(429, fault.Status);
        Assert.Equal(TimeSpan.FromSeconds(30), fault.RetryAfter);
    }

    [Fact]
    public async Task A_handshake_that_hangs_is_left_in_time()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/ws", FeedAnswers.Hang());
        using var web = Reader(site.HostAndPort);

        var fault = await Assert.ThrowsAsync<WebFaultException>(() =>
            web.ConnectWebSocketAsync(new Uri($"ws://{site.HostAndPort}/ws"), null, default, limit: TimeSpan.FromMilliseconds(200)));

        Assert.Equal(WebFault.Timeout, fault.Fault);
    }

    [Fact]
    public async Task A_handshake_with_a_wrong_answer_is_a_fault_too()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/ws", async context =>
        {
            context.Response.StatusCode = 101;
            context.Response.Headers.Upgrade = "websocket";
            context.Response.Headers.Connection = "Upgrade";
            context.Response.Headers.SecWebSocketAccept = "bm90IHdoYXQgd2FzIGFza2VkIGZvcg==";
            await context.Features.Get<IHttpUpgradeFeature>()!.UpgradeAsync();
        });
        using var web = Reader(site.HostAndPort);

        Assert.Equal(WebFault.Garbled, (await Fault(web, $"ws://{site.HostAndPort}/ws")).Fault);
    }

    [Theory]
    [InlineData("ws://127.0.0.1:1/", WebFault.NotReached)]
    [InlineData("http://127.0.0.1:1/", WebFault.BadAddress)]
    public async Task A_web_socket_that_does_not_come_about_is_told(string url, WebFault expected)
    {
        using var web = Reader("127.0.0.1:1");

        Assert.Equal(expected, (await Fault(web, url)).Fault);
    }

    private static WebReader Reader(params string[] allowed) => new(new HttpSettings { AllowPrivateHosts = allowed }, TimeProvider.System);

    private static Task<WebFaultException> Fault(WebReader web, string url) =>
        Assert.ThrowsAsync<WebFaultException>(() => web.ConnectWebSocketAsync(new Uri(url), null, default));
}
