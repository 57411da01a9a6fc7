using System.Net;
using System.Text.Json;
using ListeningBot.Core.Pipeline;
using ListeningBot.Net;

namespace ListeningBot.Channels.YouTube;

/// <summary>The Data API, version 3. Every list costs one unit, whatever it holds. The key goes as a header: an address may be logged.</summary>
internal sealed class YouTubeApi(ChannelContext context, YouTubeOptions options, YouTubeUnits units)
{
    private static readonly TimeSpan AfterMidnight = TimeSpan.FromMinutes(1);
    private readonly JsonService _service = new(
        context.Web,
        "YouTube's API",
        new Cures
        {
            Unauthorized = "Check Key",
            Forbidden = "Check in the Google Cloud console that the key may use the YouTube Data API v3, and from this machine",
            NotFound = "Check Address",
        },
        answer => OwnFault(answer, units));

    public YouTubeUnits Units => units;

    /// <summary>Throws <see cref="ChannelException"/>.</summary>
    public async Task<JsonDocument> GetAsync(string pathAndQuery, CancellationToken ct)
    {
        if (!units.TryUse())
        {
            throw UsedUp("the units that UnitsADay allows are used up", units);
        }
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{options.Address.TrimEnd('/')}/{pathAndQuery}");
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("X-Goog-Api-Key", options.Key.Trim());
        return (await _service.SendAsync(request, WebLimits.Default with { Timeout = options.Patience }, ct)).Json;
    }

    private static ChannelException? OwnFault(WebAnswer answer, YouTubeUnits units) => answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
        ? ReasonOf(answer) switch
        {
            "quotaExceeded" or "dailyLimitExceeded" => Exhausted(units),
            "rateLimitExceeded" or "userRateLimitExceeded" => new ChannelException("YouTube's API was asked too often in a minute (HTTP 403). Give a longer Every.") { After = answer.RetryAfter ?? TimeSpan.FromMinutes(1) },
            "commentsDisabled" => new PlaceRefusedException("comments are switched off there. Nothing to mend, unless it is your own."),
            "videoNotFound" or "channelNotFound" or "notFound" => new PlaceRefusedException("YouTube does not know it (HTTP 404). Check its id; it may have been deleted or made private."),
            "keyInvalid" or "API_KEY_INVALID" => new ChannelException("YouTube's API refuses the key. Check Key.") { NeedsOperator = true },
            _ => null,
        }
        : null;

    private static ChannelException Exhausted(YouTubeUnits units)
    {
        units.UseUp();
        return UsedUp("the key has no units left today (quotaExceeded)", units);
    }

    private static ChannelException UsedUp(string what, YouTubeUnits units) =>
        new($"YouTube is not read until midnight in California, in {units.UntilMidnight():hh\\:mm} hours: {what}. Name fewer Channels and Videos, give a longer Every, or ask Google for more units.") { After = units.UntilMidnight() + AfterMidnight };

    /// <summary>What Google's errors say in "errors" or in "details"; null when the body is no such error.</summary>
    private static string? ReasonOf(WebAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Body);
            var error = json.RootElement.At("error");
            var reasons = error.Items("errors").Concat(error.Items("details")).Select(one => one.Text("reason")).OfType<string>().ToList();
            return reasons.Find(reason => reason == "API_KEY_INVALID") ?? reasons.FirstOrDefault();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
