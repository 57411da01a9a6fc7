using System.Text.Json.Nodes;
using ListeningBot.Channels;
using ListeningBot.Channels.Mastodon;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Mastodon;

public sealed class MastodonCanaryTests : IAsyncDisposable
{
    private readonly LocalSite _site = new();
    private readonly WebReader _web = new(new HttpSettings { AllowPrivateHosts = ["127.0.0.1"] }, TimeProvider.System);
    private int _status = 200;
    private JsonObject? _written;

    [Fact]
    public async Task It_is_a_direct_message_of_the_test_account_to_the_account_that_listens()
    {
        await SendAsync();

        Assert.Equal("@care made up lb-canary-1", _written!["status"]!.GetValue<string>());
        Assert.Equal("direct", _written["visibility"]!.GetValue<string>());
        Assert.Equal(["Bearer read-token", "Bearer canary-token"], _site.Seen.Select(request => request.Header("Authorization")));
        Assert.Equal("lb-canary-1", _site.Seen[1].Header("Idempotency-Key"));
    }

    [Fact]
    public async Task A_token_that_may_not_write_is_told_with_the_cure_and_without_the_token()
    {
        _status = 403;

        var fault = await Assert.ThrowsAsync<ChannelException>(SendAsync);

        Assert.Contains("write:statuses", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-token", fault.Message, StringComparison.Ordinal);
    }

    private async Task SendAsync()
    {
        _site.Answer = async context =>
        {
            if (context.Request.Method == "POST")
            {
                _written = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
                await FeedAnswers.Status(_status, body: "{}")(context);
                return;
            }
            await FeedAnswers.Text("""{"id":"1","username":"care","acct":"care"}""", "application/json")(context);
        };
        await _site.StartAsync();
        using var logs = new CollectedLogs();
        var context = new ChannelContext("mastodon", _web, TimeProvider.System, logs, (_, _) => Task.CompletedTask);
        var options = new MastodonOptions { Server = _site.Address, Token = "read-token", CanaryToken = "canary-token" };
        await MastodonKind.Create().Canary(context, options)!.SendAsync("lb-canary-1", "Test", "made up lb-canary-1", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        _web.Dispose();
        await _site.DisposeAsync();
    }
}
