using Microsoft.Extensions.Logging;

namespace ListeningBot.Learning;

internal static partial class Log
{
    [LoggerMessage(EventId = 801, Level = LogLevel.Information, Message = "Model {Version} judges from now on: {File}")]
    public static partial void ModelTaken(this ILogger log, string version, string file);

    [LoggerMessage(EventId = 802, Level = LogLevel.Error, Message = "{Words}")]
    public static partial void ModelRefused(this ILogger log, string words);

    [LoggerMessage(EventId = 803, Level = LogLevel.Error, Message = "The team's models in {Folder} can't be looked after: {Why} What is in force stays.")]
    public static partial void FolderNotRead(this ILogger log, string folder, string why);
}
