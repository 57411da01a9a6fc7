using Microsoft.Extensions.Logging;

namespace ListeningBot.Holidays;

internal static partial class Log
{
    [LoggerMessage(440, LogLevel.Warning, "{Text}")]
    public static partial void HolidaysTold(this ILogger log, string text);

    [LoggerMessage(441, LogLevel.Warning, "The holidays at {Host}, line {Line}: {What}")]
    public static partial void HolidayLeftOut(this ILogger log, string host, int line, string what);

    [LoggerMessage(442, LogLevel.Error, "Reading the holidays at {Host} met a fault of the program; it is tried again in 15 minutes")]
    public static partial void HolidaysFaulted(this ILogger log, Exception e, string host);

    [LoggerMessage(443, LogLevel.Information, "The holidays at {Host} are read: {Holidays}, without {Observances} observances, on which people work")]
    public static partial void HolidaysRead(this ILogger log, string host, int holidays, int observances);
}
