using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Rss;

internal static partial class Log
{
    [LoggerMessage(1000, LogLevel.Warning, "Feed {Channel}: {What}; it is kept aside and the rest goes on")]
    public static partial void ItemSkipped(this ILogger log, string channel, string what);

    [LoggerMessage(1001, LogLevel.Warning, "Feed {Channel} has moved for good to {Host}: change its Url before the old one is switched off")]
    public static partial void Moved(this ILogger log, string channel, string host);

    [LoggerMessage(1002, LogLevel.Warning, "Feed {Channel} breaks off: {Items} items were whole and are read; the rest is read when it comes")]
    public static partial void BrokeOff(this ILogger log, string channel, int items);

    [LoggerMessage(1003, LogLevel.Debug, "Feed {Channel}: a page on {Host} was not read ({Why}); the feed's own summary stands")]
    public static partial void PageNotRead(this ILogger log, string channel, string host, string why);
}
