using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.X;

internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Information, "X {Channel}: waits until {GoesOn:u}, so that the day's budget is not exceeded")]
    public static partial void WaitsForMoney(this ILogger log, string channel, DateTimeOffset goesOn);

    [LoggerMessage(2401, LogLevel.Warning, "X {Channel}: {Why} It is connected to again at once, and what was missed is searched for")]
    public static partial void StreamCut(this ILogger log, string channel, string why);
}
