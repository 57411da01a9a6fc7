using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels;

internal static partial class Log
{
    [LoggerMessage(1400, LogLevel.Warning, "Channel {Channel} hears nothing of {Place}, the rest goes on: {Why}")]
    public static partial void PlaceRefused(this ILogger log, string channel, string place, string why);

    [LoggerMessage(1401, LogLevel.Information, "Channel {Channel} hears {Place} again")]
    public static partial void PlaceBack(this ILogger log, string channel, string place);
}
