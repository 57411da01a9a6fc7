using Microsoft.Extensions.Logging;

namespace ListeningBot.Storage;

internal static partial class Log
{
    [LoggerMessage(300, LogLevel.Information, "The database {Path} is open, version {Version}.")]
    public static partial void Opened(ILogger logger, string path, long version);

    [LoggerMessage(301, LogLevel.Information, "The database {Path} was brought from version {From} to {To}.")]
    public static partial void Migrated(ILogger logger, string path, long from, long to);

    [LoggerMessage(302, LogLevel.Warning, "Other users of this machine may read the database {Path}, which holds customers' words. Take that right away: chmod 600.")]
    public static partial void OthersMayRead(ILogger logger, string path);

    [LoggerMessage(303, LogLevel.Error, "{Count} changes were not stored: {Why} Those who asked for them were told; further failures are not logged until writing works again.")]
    public static partial void GroupFailed(ILogger logger, int count, string why);

    [LoggerMessage(304, LogLevel.Information, "The store writes again.")]
    public static partial void WritesAgain(ILogger logger);

    [LoggerMessage(305, LogLevel.Error, "A failed transaction could not be undone: {Why}")]
    public static partial void UndoFailed(ILogger logger, string why);

    [LoggerMessage(307, LogLevel.Error, "{What}")]
    public static partial void InDoubt(ILogger logger, string what);

    [LoggerMessage(308, LogLevel.Warning, "There was a database {Path} before, and there is none now: the bot begins with an empty store and knows no case, no card and no version of the configuration. If that is not meant, stop the service, move the new file with its -wal and -shm away, put back the old one with its own (or the last backup: storage restore), and start again.{Kept}")]
    public static partial void Gone(ILogger logger, string path, string kept);

    [LoggerMessage(306, LogLevel.Debug, "The database is closed.")]
    public static partial void Closed(ILogger logger);
}
