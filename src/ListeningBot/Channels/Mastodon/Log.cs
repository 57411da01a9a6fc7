using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mastodon;

internal static partial class Log
{
    [LoggerMessage(1860, LogLevel.Information, "Mastodon {Channel}: hearing the stream of {Host}")]
    public static partial void Streaming(this ILogger log, string channel, string host);

    [LoggerMessage(1861, LogLevel.Warning, "Mastodon {Channel}: no stream, so posts are heard at each look only: {Why}")]
    public static partial void NoStream(this ILogger log, string channel, string why);

    [LoggerMessage(1862, LogLevel.Information, "Mastodon {Channel}: the stream ended, {Why}; posts are heard at each look until it is back")]
    public static partial void StreamClosed(this ILogger log, string channel, string why);
}
