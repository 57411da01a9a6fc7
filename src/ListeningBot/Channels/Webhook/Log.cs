using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Webhook;

internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Warning, "Webhook {Channel} refused {Count} deliveries, the last with HTTP {Status}: what they hold is not heard. 401: compare the sender's secret and clock with ours; 413: its size; 415: its content type")]
    public static partial void DeliveriesRefused(this ILogger log, string channel, int count, int status);

    [LoggerMessage(1401, LogLevel.Warning, "Webhook {Channel}: {What}; it is kept aside and the rest goes on")]
    public static partial void ItemRefused(this ILogger log, string channel, string what);

    [LoggerMessage(1402, LogLevel.Warning, "Webhook {Channel}: {Count} posts are taken, and not as their sender says; the first {Why}. Its clock, or the time zone in which it writes, is wrong: the answer tells it which posts")]
    public static partial void ItemsDoubted(this ILogger log, string channel, int count, string why);
}
