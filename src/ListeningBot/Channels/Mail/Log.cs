using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mail;

internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Warning, "Mail {Channel}: the letter with uid {Uid} {Why}; it is kept aside and the rest goes on")]
    public static partial void LetterSkipped(this ILogger log, string channel, uint uid, string why);

    [LoggerMessage(1101, LogLevel.Warning, "Mail {Channel}: the server numbered the folder anew; letters since {Day} are looked through, those known are passed over")]
    public static partial void FolderRenumbered(this ILogger log, string channel, DateOnly day);

    [LoggerMessage(1102, LogLevel.Information, "Mail {Channel}: the connection was lost and is opened again")]
    public static partial void LineLost(this ILogger log, string channel);
}
