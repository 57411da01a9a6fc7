using Microsoft.Extensions.Logging;

namespace ListeningBot.Hosting.Cluster;

internal static partial class Log
{
    [LoggerMessage(EventId = 901, Level = LogLevel.Information, Message = "This machine runs {Role} from now on (epoch {Epoch})")]
    public static partial void Took(this ILogger log, string role, long epoch);

    [LoggerMessage(EventId = 902, Level = LogLevel.Information, Message = "{Role} goes to another machine")]
    public static partial void Gave(this ILogger log, string role);

    [LoggerMessage(EventId = 903, Level = LogLevel.Warning, Message = "{Role} was lost: another machine may run it. It stops here.")]
    public static partial void Lost(this ILogger log, string role);

    [LoggerMessage(EventId = 904, Level = LogLevel.Error, Message = "The database can't be asked who runs what: {Why} It is tried again each second; what must run once stops here after five seconds, so that another machine can go on with it.")]
    public static partial void RoundFailed(this ILogger log, string why);

    [LoggerMessage(EventId = 905, Level = LogLevel.Information, Message = "The database answers again who runs what")]
    public static partial void RoundWell(this ILogger log);

    [LoggerMessage(EventId = 906, Level = LogLevel.Error, Message = "What this machine runs could not be changed. It is tried again.")]
    public static partial void RolesNotApplied(this ILogger log, Exception e);

    [LoggerMessage(EventId = 908, Level = LogLevel.Warning, Message = "What other machines did can't be asked for: {Why} It is tried again each second.")]
    public static partial void NewsFailed(this ILogger log, string why);

    [LoggerMessage(EventId = 909, Level = LogLevel.Information, Message = "What other machines did is known again")]
    public static partial void NewsWell(this ILogger log);

    [LoggerMessage(EventId = 907, Level = LogLevel.Warning, Message = "The roles of this machine could not be handed over: {Why} Others take them when their leases are over, within six seconds.")]
    public static partial void NotReleased(this ILogger log, string why);

    [LoggerMessage(EventId = 910, Level = LogLevel.Warning, Message = "An earlier start of this machine was not stopped in order: it ended without handing over what it ran, which goes on here at once. What ended it stands in the service manager's log (with systemd: journalctl -u listeningbot).")]
    public static partial void FreedEarlier(this ILogger log);
}
