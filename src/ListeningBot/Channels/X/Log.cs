using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.X;

internal static partial class Log
{
    [LoggerMessage(2400, LogLevel.Information, "X {Channel}: waits until {GoesOn:u}, so that the day's budget is not exceeded")]
    public static partial void WaitsForMoney(this ILogger log, string channel, DateTimeOffset goesOn);
}
