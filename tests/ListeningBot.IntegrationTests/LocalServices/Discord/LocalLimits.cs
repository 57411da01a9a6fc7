using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>Request limits by bucket and channel, with the documented headers. Generous until a test makes them narrow.</summary>
public sealed class LocalLimits(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (int Used, DateTimeOffset ResetAt)> _windows = [];

    /// <summary>Requests for messages of one channel in one window.</summary>
    public int Messages { get; set; } = 1000;
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many requests came although their bucket was empty.</summary>
    public int Exceeded { get; private set; }

    /// <summary>Writes the headers; false when the bucket is empty and 429 was said.</summary>
    internal async Task<bool> AllowAsync(HttpContext context, string bucket, string channel)
    {
        var (allowed, remaining, reset) = Take(bucket + " " + channel);
        var headers = context.Response.Headers;
        headers["X-RateLimit-Limit"] = Messages.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset-After"] = reset.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        headers["X-RateLimit-Reset"] = (time.GetUtcNow() + reset).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["X-RateLimit-Bucket"] = bucket;
        if (!allowed)
        {
            await LocalFault.WriteTooManyAsync(context, reset.TotalSeconds, global: false, "user");
        }
        return allowed;
    }

    private (bool Allowed, int Remaining, TimeSpan Reset) Take(string key)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            var window = _windows.GetValueOrDefault(key);
            window = window.ResetAt <= now ? (0, now + Window) : window;
            if (window.Used >= Messages)
            {
                Exceeded++;
                return (false, 0, window.ResetAt - now);
            }
            _windows[key] = (window.Used + 1, window.ResetAt);
            return (true, Messages - window.Used - 1, window.ResetAt - now);
        }
    }
}
