using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Replay;

internal static partial class Log
{
    [LoggerMessage(1300, LogLevel.Warning, "Replay {Channel}: line {Line} {Why}; it is kept aside and the rest goes on")]
    public static partial void LineSkipped(this ILogger log, string channel, long line, string why);
}
