using Microsoft.Extensions.Logging;

namespace ListeningBot.Configuration;

internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Information, "The configuration was edited and is in force: {Channels} channels, {Watches} watches")]
    public static partial void Swapped(this ILogger log, int channels, int watches);

    [LoggerMessage(102, LogLevel.Error, "The configuration has errors ({Count}); the last good one stays in force")]
    public static partial void Broken(this ILogger log, int count);

    [LoggerMessage(103, LogLevel.Error, "{Problem}")]
    public static partial void OneProblem(this ILogger log, string problem);

    [LoggerMessage(104, LogLevel.Information, "The configuration is fine again")]
    public static partial void FineAgain(this ILogger log);

    [LoggerMessage(106, LogLevel.Error, "A changed configuration could not be put in force everywhere")]
    public static partial void ChangeFailed(this ILogger log, Exception exception);

    [LoggerMessage(107, LogLevel.Warning, "Started with the last good configuration, because the files have errors")]
    public static partial void StartedWithLastGood(this ILogger log);

    [LoggerMessage(108, LogLevel.Warning, "{Section} was changed: that takes effect at the next start")]
    public static partial void NeedsRestart(this ILogger log, string section);

    [LoggerMessage(109, LogLevel.Error, "Looking at the configuration failed: {Why} It is looked at again twice a second; this is told once.")]
    public static partial void LookFailed(this ILogger log, string why, Exception? exception);

    [LoggerMessage(114, LogLevel.Information, "The configuration is looked at again")]
    public static partial void LooksAgain(this ILogger log);

    [LoggerMessage(110, LogLevel.Warning, "Likely not meant, but in force: {Warning}")]
    public static partial void OneWarning(this ILogger log, string warning);

    [LoggerMessage(111, LogLevel.Warning, "Version {Version} of the configuration is live but can't be used on this machine")]
    public static partial void VersionRefused(this ILogger log, long version);

    [LoggerMessage(112, LogLevel.Warning, "A change of the configuration is held until somebody decides: {Changed}")]
    public static partial void Held(this ILogger log, string changed);

    [LoggerMessage(113, LogLevel.Error, "A change of watches could not be tried on stored posts; it goes live untried")]
    public static partial void GuardFailed(this ILogger log, Exception exception);
}
