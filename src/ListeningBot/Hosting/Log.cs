using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting;

internal static partial class Log
{
    [LoggerMessage(EventId = 401, Level = LogLevel.Warning, Message = "Channel {Channel} can't be read: {Why} Next try in {Pause}.")]
    public static partial void ChannelFailed(this ILogger log, string channel, string why, TimeSpan pause);

    [LoggerMessage(EventId = 402, Level = LogLevel.Error, Message = "Channel {Channel} met a fault of the program; the others go on. It is tried again in {Pause}.")]
    public static partial void ChannelFaulted(this ILogger log, Exception e, string channel, TimeSpan pause);

    [LoggerMessage(EventId = 403, Level = LogLevel.Error, Message = "A word about {Part} to the ops room could not be stored: {Why}")]
    private static partial void NoticeLost(ILogger log, string part, string why);

    [LoggerMessage(EventId = 404, Level = LogLevel.Warning, Message = "Channel {Channel} was not heard from {From:u} to {To:u}: {Cause}")]
    public static partial void GapFound(this ILogger log, string channel, DateTimeOffset from, DateTimeOffset to, string cause);

    [LoggerMessage(EventId = 405, Level = LogLevel.Error, Message = "Notifier {Notifier} hears no presses: {Why} Next try in {Pause}.")]
    public static partial void HearingFailed(this ILogger log, string notifier, string why, TimeSpan pause);

    [LoggerMessage(EventId = 406, Level = LogLevel.Error, Message = "Room {Room} could not be kept up to date: {Why} Next try in {Pause}.")]
    private static partial void RoomNotKept(ILogger log, string room, string why, TimeSpan pause);

    [LoggerMessage(EventId = 407, Level = LogLevel.Information, Message = "Listening. Channels: {Channels}, watches: {Watches}, rooms: {Rooms}")]
    public static partial void Listening(this ILogger log, int channels, int watches, int rooms);

    [LoggerMessage(EventId = 408, Level = LogLevel.Warning, Message = "Health is not served: {Why}")]
    public static partial void HealthNotServed(this ILogger log, string why);

    [LoggerMessage(EventId = 409, Level = LogLevel.Information, Message = "Health answers on {Address}")]
    public static partial void HealthServed(this ILogger log, string address);

    [LoggerMessage(EventId = 410, Level = LogLevel.Error, Message = "Due work ({Work}) failed: {Why} It is done at the next waking.")]
    private static partial void WorkNotDone(ILogger log, string work, string why);

    [LoggerMessage(EventId = 411, Level = LogLevel.Error, Message = "A batch of channel {Channel} could not be recorded whole; it is recorded item by item.")]
    public static partial void BatchSplit(this ILogger log, Exception e, string channel);

    [LoggerMessage(EventId = 412, Level = LogLevel.Error, Message = "An item of channel {Channel} could not be recorded and is kept aside: {Item}")]
    public static partial void ItemKeptAside(this ILogger log, Exception e, string channel, string item);

    [LoggerMessage(EventId = 413, Level = LogLevel.Warning, Message = "Not all work ended within the time for stopping; it is left. What was stored is safe.")]
    public static partial void StoppedEarly(this ILogger log);

    [LoggerMessage(EventId = 416, Level = LogLevel.Information, Message = "Stopped: channels and rooms have ended.")]
    public static partial void Stopped(this ILogger log);

    [LoggerMessage(EventId = 418, Level = LogLevel.Warning, Message = "The last run was not stopped in order, or the store took no changes when it was; its last sign of life was at {Last:u}, {Ago} ago. What ended it stands in the service manager's log (with systemd: journalctl -u listeningbot).")]
    public static partial void WasBrokenOff(this ILogger log, DateTimeOffset last, string ago);

    [LoggerMessage(EventId = 414, Level = LogLevel.Information, Message = "Channel {Channel} is heard again; it was dark from {From:u}")]
    public static partial void ChannelBack(this ILogger log, string channel, DateTimeOffset from);

    [LoggerMessage(EventId = 415, Level = LogLevel.Information, Message = "{Work}: {Why} That machine goes on with it; nothing is wrong.")]
    private static partial void WentOnElsewhere(ILogger log, string work, string why);

    [LoggerMessage(EventId = 417, Level = LogLevel.Warning, Message = "Channel {Channel} gave complaints so old by their date that they may have been heard and forgotten: {Count}. They are passed over; where the date is wrong, look at them in the source.")]
    public static partial void PassedOver(this ILogger log, string channel, int count);

    public static void NoticeNotStored(this ILogger log, string part, Exception e)
    {
        if (!log.TakenOver("A word about " + part, e))
        {
            NoticeLost(log, part, e.Message);
        }
    }

    public static void KeepingFailed(this ILogger log, string room, Exception e, TimeSpan pause)
    {
        if (!log.TakenOver("Room " + room, e))
        {
            RoomNotKept(log, room, e.Message, pause);
        }
    }

    public static void DueWorkFailed(this ILogger log, string work, Exception e)
    {
        if (!log.TakenOver($"Due work ({work})", e))
        {
            WorkNotDone(log, work, e.Message);
        }
    }

    /// <summary>True, and told: it failed because another machine does it now.</summary>
    public static bool TakenOver(this ILogger log, string work, Exception e)
    {
        if (e is not StoreException { IsTakenOver: true })
        {
            return false;
        }
        WentOnElsewhere(log, work, e.Message);
        return true;
    }

    /// <summary>A pause as a reader wants it: 00:00:03, without the fractions that chance gave it.</summary>
    public static TimeSpan WholeSeconds(this TimeSpan pause) => TimeSpan.FromSeconds(Math.Ceiling(pause.TotalSeconds));

    [LoggerMessage(EventId = 420, Level = LogLevel.Error, Message = "Due work ({Work}) met a fault of the program; the rest of it is done.")]
    public static partial void DueWorkFaulted(this ILogger log, Exception e, string work);

    [LoggerMessage(EventId = 421, Level = LogLevel.Error, Message = "Room {Room} met a fault of the program. It is tried again in {Pause}.")]
    public static partial void KeepingFaulted(this ILogger log, Exception e, string room, TimeSpan pause);

    [LoggerMessage(EventId = 440, Level = LogLevel.Information, Message = "Canary {Run} came out of all channels and rooms")]
    public static partial void CanaryWell(this ILogger log, long run);

    [LoggerMessage(EventId = 441, Level = LogLevel.Error, Message = "Canary {Run}: {Part}: {Why}")]
    public static partial void CanaryLost(this ILogger log, long run, string part, string why);

    [LoggerMessage(EventId = 430, Level = LogLevel.Information, Message = "Not everything about the author of mention {Mention} could be looked up: {Why}. {Next}")]
    public static partial void AuthorNotFound(this ILogger log, long mention, string why, string next);

    [LoggerMessage(EventId = 431, Level = LogLevel.Warning, Message = "Channel {Channel} can't be asked again about the posts of open cases: {Why} Next try in {Pause}; what is new is heard all the same.")]
    public static partial void RereadFailed(this ILogger log, string channel, string why, TimeSpan pause);

    [LoggerMessage(EventId = 432, Level = LogLevel.Error, Message = "Asking channel {Channel} again about the posts of open cases met a fault of the program. It is tried again in {Pause}; what is new is heard all the same.")]
    public static partial void RereadFaulted(this ILogger log, Exception e, string channel, TimeSpan pause);

    [LoggerMessage(EventId = 450, Level = LogLevel.Information, Message = "Older than it is kept, and removed: {What}.")]
    public static partial void Aged(this ILogger log, string what);

    [LoggerMessage(EventId = 460, Level = LogLevel.Warning, Message = "The service manager can't be told how the bot is: {Why}")]
    public static partial void ManagerNotTold(this ILogger log, string why);

    [LoggerMessage(EventId = 461, Level = LogLevel.Error, Message = "No sign of life could be given to the service manager; it is tried again.")]
    public static partial void NoSignOfLife(this ILogger log, Exception e);

    [LoggerMessage(EventId = 433, Level = LogLevel.Error, Message = "The store takes no changes: {Why}")]
    public static partial void StoreUnwell(this ILogger log, string why);

    [LoggerMessage(EventId = 462, Level = LogLevel.Warning, Message = "{Whose} clock was moved by {By}. All schedules begin anew.")]
    public static partial void ClockMoved(this ILogger log, string whose, TimeSpan by);

    [LoggerMessage(EventId = 464, Level = LogLevel.Error, Message = "{Why}")]
    public static partial void ClockDoubted(this ILogger log, string why);

    [LoggerMessage(EventId = 465, Message = "The shared scheduler can't use the database: {Why}")]
    public static partial void SchedulerCutOff(this ILogger log, LogLevel level, string why);

    [LoggerMessage(EventId = 463, Level = LogLevel.Error, Message = "The schedules could not be moved after the clock was. It is tried again each second.")]
    public static partial void ScheduleNotMoved(this ILogger log, Exception e);
}
