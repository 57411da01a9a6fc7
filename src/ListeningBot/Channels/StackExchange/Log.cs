using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.StackExchange;

internal static partial class Log
{
    [LoggerMessage(1850, LogLevel.Warning, "Stack Exchange {Channel}: {Left} of {All} requests are left today; looks are spread over the rest of the day. Give a Key, a longer Every, fewer Sites or fewer words")]
    public static partial void QuotaLow(this ILogger log, string channel, long left, long all);
}
