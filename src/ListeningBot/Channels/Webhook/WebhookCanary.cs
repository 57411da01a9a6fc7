using System.Net.Http.Headers;
using System.Text.Json;

namespace ListeningBot.Channels.Webhook;

/// <summary>A signed delivery to our own door, as a sender's comes.</summary>
internal sealed class WebhookCanary(ChannelContext context, WebhookOptions options) : ICanaryPath
{
    public async Task SendAsync(string id, string title, string text, CancellationToken ct)
    {
        await context.Doors.Known.WaitAsync(ct);
        if (context.Doors.WhyNot is { } why)
        {
            throw new IOException(why);
        }
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id, title, text, author = new { id = "listeningbot-canary", name = "Canary" } });
        var (timestamp, signature) = Signature.Of(options.Secret, context.Time.GetUtcNow(), body);
        using var request = new HttpRequestMessage(HttpMethod.Post, context.Doors.AddressOf(context.Name)) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("X-Timestamp", timestamp);
        request.Headers.Add("X-Signature", signature);

        // To ourselves: no stranger's address is ever asked here, so what the web reader forbids does not matter.
        using var handler = new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        try
        {
            using var answer = await client.SendAsync(request, ct);
            if (!answer.IsSuccessStatusCode)
            {
                throw new IOException($"Our own door answered HTTP {(int)answer.StatusCode}. Look at what /readyz says of this channel.");
            }
        }
        catch (HttpRequestException e)
        {
            throw new IOException($"Our own door could not be reached ({e.HttpRequestError}). Look at what /readyz says of this channel.", e);
        }
    }
}
