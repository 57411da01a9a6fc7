using System.Globalization;

namespace ListeningBot.Core.Pipeline;

/// <summary>What a store that was put back from a backup knows of that.</summary>
public static class PutBack
{
    /// <summary>Its text is the backup's moment in Unix milliseconds, its time when it was put back.</summary>
    public const string Document = "put back";

    /// <summary>The backup's moment; null when the store was never put back.</summary>
    public static DateTimeOffset? Taken(IStoreView view) =>
        long.TryParse(view.Document(Document), NumberStyles.None, CultureInfo.InvariantCulture, out var taken) ? DateTimeOffset.FromUnixTimeMilliseconds(taken) : null;

    /// <summary>What is not in the store because of it, as the cause of a gap.</summary>
    public static string Cause(DateTimeOffset taken) => $"the store was put back from a backup of {taken.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC. What was heard later is not in it";
}
