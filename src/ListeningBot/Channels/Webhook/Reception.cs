using System.Net.Mime;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace ListeningBot.Channels.Webhook;

/// <summary>
/// Answers the requests of one webhook: proves the sender, reads the posts, hands them to the channel and answers when they are durable.
/// What is held in memory is bounded: so many bodies at once, so many deliveries waiting.
/// </summary>
internal sealed class Reception(ChannelContext context, WebhookOptions options)
{
    private const int BodiesAtOnce = 32;
    private static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(5);
    private readonly ILogger _log = context.Logs.CreateLogger<Reception>();
    private readonly SemaphoreSlim _turns = new(BodiesAtOnce);
    private readonly SeenDeliveries _seen = new(options.Window, context.Time);
    private readonly RefusalCount _refusals = new(context.Time);
    private volatile ChannelWriter<Delivery>? _desk;

    /// <summary>Where deliveries go; null while the channel is not read.</summary>
    public ChannelWriter<Delivery>? Desk
    {
        get => _desk;
        set => _desk = value;
    }

    public async Task AnswerAsync(HttpContext http)
    {
        var reply = await ReplyAsync(http);
        if (reply.Status is >= 400 and not (400 or 429 or 503) && _refusals.Counts() is { } refused)
        {
            _log.DeliveriesRefused(context.Name, refused, reply.Status);
        }
        try
        {
            await reply.WriteAsync(http);
        }
        catch (OperationCanceledException)
        {
            // Who does not wait for the answer asks again and gets it then.
        }
    }

    private async Task<Reply> ReplyAsync(HttpContext http)
    {
        if (_desk is null)
        {
            return Reply.NotStored;
        }
        if (!IsJson(http.Request))
        {
            return Reply.NotJson;
        }
        if (Signature.Read(http.Request.Headers["X-Timestamp"], http.Request.Headers["X-Signature"]) is not { } signature
            || !signature.IsWithin(options.Window, context.Time.GetUtcNow()))
        {
            return Reply.NotProven;
        }
        if (http.Request.ContentLength > options.LargestBody)
        {
            return Reply.TooLarge(options.LargestBody);
        }
        if (!await IsMyTurnAsync(http.RequestAborted))
        {
            return Reply.Busy;
        }
        try
        {
            return await ReadAsync(http, signature);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async Task<bool> IsMyTurnAsync(CancellationToken gone)
    {
        using var patience = new CancellationTokenSource(TurnPatience, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, gone);
        try
        {
            await _turns.WaitAsync(both.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<Reply> ReadAsync(HttpContext http, Signature signature)
    {
        using var body = new MemoryStream();
        if (await CopyAsync(http, body) is { } fault)
        {
            return fault;
        }
        var bytes = body.GetBuffer().AsMemory(0, (int)body.Length);
        if (!signature.IsBy(options, bytes.Span))
        {
            return Reply.NotProven;
        }
        var delivery = Delivery.Read(bytes, context.Name, context.Time.GetUtcNow(), options.Window);
        return await _seen.AnswerAsync(signature, () => TakeAsync(delivery));
    }

    /// <summary>Null when the body came whole.</summary>
    private async Task<Reply?> CopyAsync(HttpContext http, MemoryStream body)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = options.LargestBody;
        }
        using var patience = new CancellationTokenSource(BodyPatience, context.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, http.RequestAborted);
        try
        {
            await http.Request.Body.CopyToAsync(body, both.Token);
            return null;
        }
        catch (BadHttpRequestException e)
        {
            return e.StatusCode == StatusCodes.Status413PayloadTooLarge ? Reply.TooLarge(options.LargestBody) : Reply.NotWhole;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return Reply.NotWhole;
        }
    }

    /// <summary>Completes when the posts are durable, or can't be for now.</summary>
    private async Task<Reply> TakeAsync(Delivery delivery)
    {
        if (_desk is not { } desk)
        {
            return Reply.NotStored;
        }
        if (!desk.TryWrite(delivery))
        {
            return Reply.Busy;
        }
        try
        {
            return await delivery.Stored.WaitAsync(options.Patience, context.Time) ? Reply.Of(delivery) : Reply.NotStored;
        }
        catch (TimeoutException)
        {
            // What still waits is skipped, so that asking again makes no heap; what is being stored is known by its ids when it comes again.
            delivery.End(stored: false);
            return Reply.NotStored;
        }
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        && request.Headers.ContentEncoding is [] or ["identity"];
}
