using System.Net.Http.Headers;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mastodon;

/// <summary>A direct message of a test account to the account that listens: seen by nobody else (docs.joinmastodon.org/methods/statuses).</summary>
internal sealed class MastodonCanary(ChannelContext context, MastodonOptions options) : ICanaryPath
{
    private readonly JsonService _service = new(
        context.Web,
        $"the server {options.Address.Host}",
        new Cures { Unauthorized = "Make a new CanaryToken, with the test account", Forbidden = "Give the test account's application the scope \"write:statuses\"" });

    public async Task SendAsync(string id, string title, string text, CancellationToken ct)
    {
        using var self = await new MastodonApi(context, options).AskAsync("/api/v1/accounts/verify_credentials", ct);
        var account = self.RootElement.Text("acct") ?? throw new ChannelException($"The server {options.Address.Host} does not say whose the Token is. Check the Token.");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Address.AbsoluteUri.TrimEnd('/') + "/api/v1/statuses"))
        {
            Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { status = $"@{account} {text}", visibility = "direct", language = "en" })),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.CanaryToken);
        request.Headers.Add("Idempotency-Key", id);
        var (_, answer) = await _service.SendAsync(request, WebLimits.Default with { Timeout = options.Timeout }, ct);
        answer.Dispose();
    }
}
