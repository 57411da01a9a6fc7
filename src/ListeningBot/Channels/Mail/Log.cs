using Microsoft.Extensions.Logging;

namespace ListeningBot.Channels.Mail;

internal static partial class Log
{
    [LoggerMessage(1100, LogLevel.Warning, "Mail {Channel}: the letter with uid {Uid} {Why}; it is kept aside and the rest goes on")]
    public static partial void LetterSkipped(this ILogger log, string channel, uint uid, string why);

    [LoggerMessage(1101, LogLevel.Warning, "Mail {Channel}: the server numbered the folder {Folder} anew; letters since {Day} are looked through, those known are passed over")]
    public static partial void FolderRenumbered(this ILogger log, string channel, string folder, DateOnly day);

    [LoggerMessage(1102, LogLevel.Information, "Mail {Channel}: the connection was lost and is opened again. {Why}")]
    public static partial void LineLost(this ILogger log, string channel, string why);

    [LoggerMessage(1103, LogLevel.Warning, "Mail {Channel}: the folder {Folder} is not read, the others are: {Why}")]
    public static partial void FolderPassedOver(this ILogger log, string channel, string folder, string why);

    [LoggerMessage(1104, LogLevel.Error, "Mail {Channel}: the OAuth service handed out a new refresh token, which can't be kept in {File}: {Why}. Let this user write there; else the sign-in may fail after a restart")]
    public static partial void TokenNotKept(this ILogger log, string channel, string file, string why);

    [LoggerMessage(1105, LogLevel.Information, "Mail {Channel}: letters were moved out of {Folder} or deleted while they were being read ({Letters}); where other folders are read they are heard there, else with what came of them")]
    public static partial void LettersGone(this ILogger log, string channel, int letters, string folder);
}
