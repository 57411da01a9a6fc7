using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Discord;

internal static partial class Log
{
    [LoggerMessage(1500, LogLevel.Warning, "Discord channel {Channel}: {What}; it is kept aside and the rest goes on")]
    public static partial void MessageSkipped(this ILogger log, string channel, string what);

    [LoggerMessage(1501, LogLevel.Warning, "Discord channel {Channel}: {What}. The others are heard")]
    public static partial void PlaceNotHeard(this ILogger log, string channel, string what);

    [LoggerMessage(1502, LogLevel.Information, "Discord channel {Channel}: reads back what was written since it last listened")]
    public static partial void ReadsBack(this ILogger log, string channel);
}
