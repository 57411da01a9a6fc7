using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Bluesky;

internal static partial class Log
{
    [LoggerMessage(1200, LogLevel.Information, "Bluesky {Channel}: listening to {Host} from {From:u}")]
    public static partial void Connected(this ILogger log, string channel, string host, DateTimeOffset from);

    [LoggerMessage(1201, LogLevel.Warning, "Bluesky {Channel}: the service could not give what was posted between {From:u} and {To:u}")]
    public static partial void GapFound(this ILogger log, string channel, DateTimeOffset from, DateTimeOffset to);

    [LoggerMessage(1202, LogLevel.Warning, "Bluesky {Channel}: {Count} frames could not be understood (the first {What}); they are kept aside and the rest goes on")]
    public static partial void FramesSkipped(this ILogger log, string channel, int count, string what);
}
