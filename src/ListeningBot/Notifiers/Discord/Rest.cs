using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ListeningBot.Net;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Discord's REST API: sends a request once, within the limits, and says honestly how it ended.</summary>
internal sealed class Rest(WebReader web, DiscordOptions options, RateLimits limits, TimeProvider time, ILogger log)
{
    /// <summary>Discord refuses requests without such a name.</summary>
    public const string UserAgent = "DiscordBot (https://example.com/listeningbot, 0.1)";

    /// <summary>A limit that is free again sooner than this is waited for; else whoever asks comes again.</summary>
    private static readonly TimeSpan ShortMoment = TimeSpan.FromSeconds(1);
    private readonly WebLimits _limits = new(options.Patience, 4 * 1024 * 1024);
    private readonly Uri _base = options.ApiBase;

    /// <summary>Discord asks to stop at once when it no longer takes the token; a mended one comes with a new notifier.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(10);
    private long _silentUntil;

    public Task<RestReply> SendAsync(Route route, CancellationToken ct) => SendAsync(route, null as HttpContent, ct);

    public Task<RestReply> SendAsync(Route route, MessageBody body, CancellationToken ct) =>
        SendAsync(route, Content(Json(body, PayloadJson.Default.MessageBody), body), ct);

    public Task<RestReply> SendAsync(Route route, Callback body, CancellationToken ct) =>
        SendAsync(route, Content(Json(body, PayloadJson.Default.Callback), body.Data), ct);

    public Task<RestReply> SendAsync(Route route, FormCallback body, CancellationToken ct) => SendAsync(route, Json(body, PayloadJson.Default.FormCallback), ct);

    public Task<RestReply> SendAsync(Route route, ThreadStart body, CancellationToken ct) => SendAsync(route, Json(body, PayloadJson.Default.ThreadStart), ct);

    public Task<RestReply> SendAsync(Route route, ThreadChange body, CancellationToken ct) => SendAsync(route, Json(body, PayloadJson.Default.ThreadChange), ct);

    public Task<RestReply> SendAsync(Route route, IReadOnlyList<SlashCommand> body, CancellationToken ct) =>
        SendAsync(route, Json(body, PayloadJson.Default.IReadOnlyListSlashCommand), ct);

    private static ByteArrayContent Json<T>(T body, JsonTypeInfo<T> type) =>
        new(JsonSerializer.SerializeToUtf8Bytes(body, type)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    /// <summary>With a picture it goes in parts: documented under "Uploading Files" (API v10).</summary>
    private static HttpContent Content(ByteArrayContent json, MessageBody? message)
    {
        if (message is not { Picture: { } picture, Attachments: [var file] })
        {
            return json;
        }
        json.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"payload_json\"" };
        var png = new ByteArrayContent(picture.Png)
        {
            Headers =
            {
                ContentType = new MediaTypeHeaderValue("image/png"),
                ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"files[{file.Id}]\"", FileName = $"\"{file.Filename}\"" },
            },
        };
        return new MultipartFormDataContent { json, png };
    }

    private async Task<RestReply> SendAsync(Route route, HttpContent? body, CancellationToken ct)
    {
        if (!route.OwnToken && time.GetUtcNow().UtcTicks < Interlocked.Read(ref _silentUntil))
        {
            return new RestReply.Refused(401, 0, "");
        }
        if (!route.OwnToken && await WaitForTurnAsync(route, ct) is { } limited)
        {
            return limited;
        }
        WebAnswer? answer = null;
        try
        {
            answer = await web.SendAsync(Request(route, body), ct, _limits);
        }
        catch (WebFaultException fault)
        {
            return Failed(fault);
        }
        finally
        {
            if (!route.OwnToken)
            {
                limits.End(route, answer);
            }
        }
        return Read(route, answer);
    }

    private async Task<RestReply.Limited?> WaitForTurnAsync(Route route, CancellationToken ct)
    {
        var since = time.GetTimestamp();
        while (limits.Take(route) is var (wait, why))
        {
            if (time.GetElapsedTime(since) + wait > ShortMoment)
            {
                return new RestReply.Limited(wait, why);
            }
            await Task.Delay(wait, time, ct);
        }
        return null;
    }

    private HttpRequestMessage Request(Route route, HttpContent? body)
    {
        var request = new HttpRequestMessage(route.Method, new Uri(_base, route.Path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
        request.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        if (!route.OwnToken)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bot", options.Token);
        }
        request.Content = body;
        return request;
    }

    /// <summary>Only a connection that never came about is sure not to have carried the request.</summary>
    private static RestReply Failed(WebFaultException fault) => fault.Fault switch
    {
        WebFault.Timeout or WebFault.CutOff or WebFault.Garbled or WebFault.TooLarge => new RestReply.Unsure(fault.Message),
        _ => new RestReply.NotSent(fault.Message),
    };

    private RestReply Read(Route route, WebAnswer answer)
    {
        var body = Discord.Json.Parse(answer.Body.Span);
        var status = (int)answer.Status;
        switch (status)
        {
            case >= 200 and < 300:
                return body is not null || answer.Body.IsEmpty ? new RestReply.Done(body ?? default) : new RestReply.Unsure("Discord's answer could not be read");
            case 429:
                return Exceeded(route, answer, body);
            case >= 500:
                return new RestReply.Unsure($"Discord answered with an error of its own (HTTP {status})");
            default:
                return Refused(route, status, body);
        }
    }

    private RestReply.Limited Exceeded(Route route, WebAnswer answer, JsonElement? body)
    {
        var wait = (body?.Real("retry_after") is { } seconds and >= 0 and < 90_000 ? TimeSpan.FromSeconds(seconds) : null as TimeSpan?) ?? answer.RetryAfter ?? TimeSpan.FromSeconds(5);
        var scope = answer.Header("X-RateLimit-Scope");
        var global = body?.IsTrue("global") == true || answer.Header("X-RateLimit-Global") == "true" || scope == "global";

        // An answer without Discord's own fields comes from the shield in front of it, and counts for all that we send.
        var blocked = body is null;
        limits.Exceeded(route, wait, global || blocked, scope == "shared");
        log.Limited(route.Template, wait, blocked ? "address" : global ? "global" : scope ?? "user");
        return new RestReply.Limited(wait, blocked ? "this machine's address is held back by Discord for too many requests" : global ? "Discord's limit for the whole bot is used up" : "Discord's limit for this room is used up");
    }

    private RestReply.Refused Refused(Route route, int status, JsonElement? body)
    {
        if (status is 401 or 403)
        {
            limits.CountInvalid();
        }
        if (status == 401 && !route.OwnToken)
        {
            Interlocked.Exchange(ref _silentUntil, (time.GetUtcNow() + Silence).UtcTicks);
        }
        return new RestReply.Refused(status, body?.Number("code") ?? 0, body is { } answer ? FormErrors.Of(answer) : "");
    }
}
