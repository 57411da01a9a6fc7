using System.Globalization;
using System.Net.Http.Headers;

namespace ListeningBot.Net;

/// <summary>Reads Retry-After: seconds (also fractions, which some services send) or a date.</summary>
public static class RetryAfter
{
    /// <summary>A service that says "in a year" is asked again after this all the same.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    public static TimeSpan? Parse(string? value, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var seconds) && double.IsFinite(seconds))
        {
            return TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Longest.TotalSeconds));
        }
        return RetryConditionHeaderValue.TryParse(value, out var condition) && condition.Date is { } date
            ? TimeSpan.FromTicks(Math.Clamp((date - now).Ticks, 0, Longest.Ticks))
            : null;
    }
}
