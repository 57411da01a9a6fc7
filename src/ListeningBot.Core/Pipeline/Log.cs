using Microsoft.Extensions.Logging;

namespace ListeningBot.Core.Pipeline;

internal static partial class Log
{
    [LoggerMessage(EventId = 201, Level = LogLevel.Warning, Message = "Card {Subject} in room {Room} is put off: {Reason}")]
    public static partial void CardPutOff(this ILogger log, string subject, string room, string reason);

    [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "Whether card {Subject} is already in room {Room} can't be told yet: {Reason}")]
    public static partial void CardNotFoundYet(this ILogger log, string subject, string room, string reason);

    [LoggerMessage(EventId = 203, Level = LogLevel.Error, Message = "Room {Room} does not take card {Subject}: {Reason}")]
    public static partial void CardRejected(this ILogger log, string subject, string room, string reason);

    [LoggerMessage(EventId = 204, Level = LogLevel.Error, Message = "Room {Room} takes no cards until somebody mends it; they wait: {Reason}")]
    public static partial void RoomBlocked(this ILogger log, string room, string reason);

    [LoggerMessage(EventId = 205, Level = LogLevel.Error, Message = "Card {Subject} in room {Room} met a fault of the program and is put off; the others go on")]
    public static partial void CardFaulted(this ILogger log, Exception e, string subject, string room);

    [LoggerMessage(EventId = 206, Level = LogLevel.Error, Message = "A ping beside card {Subject} in room {Room} is given up: {Reason}")]
    public static partial void PingRejected(this ILogger log, string subject, string room, string reason);

    [LoggerMessage(EventId = 207, Level = LogLevel.Error, Message = "Room {Room} takes no pings until somebody mends it; they wait: {Reason}")]
    public static partial void PingsBlocked(this ILogger log, string room, string reason);
}
