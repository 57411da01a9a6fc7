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

    [LoggerMessage(2135, LogLevel.Information, "Discord: press {Press} was not saved here: {Why} Its presser is asked to press again, and that machine hears it")]
    public static partial void PressTakenOver(this ILogger log, string press, string why);

    [LoggerMessage(2122, LogLevel.Information, "Discord: the answer to press {Press} was not taken: {Why}. What the press did stays done")]
    public static partial void AnswerNotTaken(this ILogger log, string press, string why);

    [LoggerMessage(2123, LogLevel.Information, "Discord: press {Press} is of a button, form or command that is not known")]
    public static partial void UnknownPress(this ILogger log, string press);

    [LoggerMessage(2124, LogLevel.Error, "Discord: what came over the gateway could not be dealt with")]
    public static partial void EventFailed(this ILogger log, Exception error);

    [LoggerMessage(2129, LogLevel.Warning, "Discord: press {Press} came from the server {Server}, where no room of this bot is; it was refused. Remove the bot from that server, and switch \"Public Bot\" off in the Developer Portal")]
    public static partial void ForeignPress(this ILogger log, string press, string server);

    [LoggerMessage(2125, LogLevel.Warning, "Discord: an event that should be a press could not be read")]
    public static partial void UnreadablePress(this ILogger log);

    [LoggerMessage(2126, LogLevel.Error, "Discord: the message {Message} in a case's thread was not saved as a note")]
    public static partial void NoteNotSaved(this ILogger log, string message, Exception error);

    [LoggerMessage(2127, LogLevel.Warning, "Discord: {Cure}. Until then what people write in threads is not kept as notes; presses and commands are heard")]
    public static partial void NotesNotHeard(this ILogger log, string cure);

    [LoggerMessage(2128, LogLevel.Information, "Discord: a new session; what people wrote in threads since the last one is not kept as notes")]
    public static partial void NotesMissed(this ILogger log);

    [LoggerMessage(2130, LogLevel.Information, "Discord: {Count} commands are offered in the server {Guild}")]
    public static partial void CommandsOffered(this ILogger log, int count, string guild);

    [LoggerMessage(2131, LogLevel.Warning, "Discord: the commands are not offered in the server {Guild}: {Why}. Next try in {Pause}")]
    public static partial void CommandsNotOffered(this ILogger log, string guild, string why, TimeSpan pause);

    [LoggerMessage(2132, LogLevel.Error, "Discord: the operators could not be told: {Text}")]
    public static partial void NotTold(this ILogger log, string text, Exception error);

    [LoggerMessage(2111, LogLevel.Warning, "Discord: the thread of {Subject} in the room {Room} has an old name and may not be renamed. Rename it by hand, or give the bot's role \"Manage Threads\" in that channel")]
    public static partial void ThreadNotRenamed(this ILogger log, string subject, string room);
}
