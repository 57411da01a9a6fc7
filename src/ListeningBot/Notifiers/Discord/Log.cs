using Microsoft.Extensions.Logging;

namespace ListeningBot.Notifiers.Discord;

internal static partial class Log
{
    [LoggerMessage(2100, LogLevel.Information, "Discord: connected, presses are heard")]
    public static partial void Connected(this ILogger log);

    [LoggerMessage(2101, LogLevel.Information, "Discord: connection taken up again, nothing was missed")]
    public static partial void Resumed(this ILogger log);

    [LoggerMessage(2102, LogLevel.Warning, "Discord: {Why}. Next try in {Pause}, same session: {Resume}")]
    public static partial void Reconnecting(this ILogger log, string why, TimeSpan pause, bool resume);

    [LoggerMessage(2103, LogLevel.Error, "Discord: too many sessions were started today; the next starts in {Wait}. Find out why this program restarts so often")]
    public static partial void NoStartsLeft(this ILogger log, TimeSpan wait);

    [LoggerMessage(2104, LogLevel.Debug, "Discord: goodbye not heard ({Error})")]
    public static partial void GoodbyeUnheard(this ILogger log, string error);

    [LoggerMessage(2110, LogLevel.Warning, "Discord: limit reached on {Route} for {Wait} (scope {Scope})")]
    public static partial void Limited(this ILogger log, string route, TimeSpan wait, string scope);

    [LoggerMessage(2120, LogLevel.Warning, "Discord: press {Press} takes long to store; its presser is told to wait")]
    public static partial void SlowPress(this ILogger log, string press);

    [LoggerMessage(2121, LogLevel.Error, "Discord: press {Press} was not saved; its presser is told so")]
    public static partial void PressNotSaved(this ILogger log, string press, Exception error);

    [LoggerMessage(2122, LogLevel.Information, "Discord: the answer to press {Press} was not taken: {Why}. What the press did stays done")]
    public static partial void AnswerNotTaken(this ILogger log, string press, string why);

    [LoggerMessage(2123, LogLevel.Information, "Discord: press {Press} is of a button that is not known")]
    public static partial void UnknownButton(this ILogger log, string press);

    [LoggerMessage(2124, LogLevel.Error, "Discord: a press could not be answered")]
    public static partial void PressFailed(this ILogger log, Exception error);

    [LoggerMessage(2125, LogLevel.Warning, "Discord: an event that should be a press could not be read")]
    public static partial void UnreadablePress(this ILogger log);
}
