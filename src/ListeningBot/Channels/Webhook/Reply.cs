using Microsoft.AspNetCore.Http;

namespace ListeningBot.Channels.Webhook;

/// <summary>What a sender is told.</summary>
/// <param name="RetryAfter">Seconds; null where trying again does not help.</param>
internal sealed record Reply(int Status, object Body, int? RetryAfter = null)
{
    /// <summary>Which part was wrong is nobody's business.</summary>
    public static readonly Reply NotProven = Error(
        StatusCodes.Status401Unauthorized,
        "Not proven. Send X-Timestamp (seconds since 1970, by a right clock) and X-Signature: sha256= and the HMAC-SHA256 over TIMESTAMP.BODY in hex digits, with this channel's secret.");

    public static readonly Reply Busy = Error(StatusCodes.Status429TooManyRequests, "Too much at once. Send it again a little later; several posts in one list are quicker.", 5);
    public static readonly Reply NotStored = Error(StatusCodes.Status503ServiceUnavailable, "It can't be stored just now. Send it again.", 10);
    public static readonly Reply NotWhole = Error(StatusCodes.Status408RequestTimeout, "The body did not come whole in time. Send it again.", 1);
    public static readonly Reply NotJson = Error(StatusCodes.Status415UnsupportedMediaType, "Send Content-Type: application/json, in UTF-8, without Content-Encoding.");

    public static Reply TooLarge(int largest) => Error(StatusCodes.Status413PayloadTooLarge, $"A delivery holds at most {largest} bytes. Send fewer posts at once.");

    /// <summary>200, or 400 when something of it was no post; what was taken is stored in both cases.</summary>
    public static Reply Of(Delivery delivery) => (delivery.Refused.Count, delivery.Doubted.Count) switch
    {
        (0, 0) => new Reply(StatusCodes.Status200OK, new { taken = delivery.Taken.Count }),
        (0, _) => new Reply(StatusCodes.Status200OK, new { taken = delivery.Taken.Count, doubted = delivery.Doubted }),
        _ => new Reply(StatusCodes.Status400BadRequest, new { error = "Some of it is no post. What is named as taken is stored.", taken = delivery.Taken, refused = delivery.Refused, doubted = delivery.Doubted }),
    };

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (RetryAfter is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        return context.Response.WriteAsJsonAsync(Body, Body.GetType(), context.RequestAborted);
    }

    private static Reply Error(int status, string error, int? retryAfter = null) => new(status, new { error }, retryAfter);
}
