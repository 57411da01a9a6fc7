using ListeningBot.Core.Watching;

namespace ListeningBot.Channels;

/// <summary>What a channel asks a service for that must be told what to look for.</summary>
internal static class SearchWords
{
    /// <summary>
    /// The configured words; without any, those of the watches that listen on the channel, each once whatever its case. The matcher decides in the end, so a
    /// service may give more than was asked for, but not less.
    /// </summary>
    public static IReadOnlyList<string> Of(WatchSet watches, string channel, IReadOnlyList<string>? configured)
    {
        var words = configured is { Count: > 0 }
            ? configured
            : watches.Watches.Where(watch => watch.Channels.Count == 0 || watch.Channels.Contains(channel, StringComparer.OrdinalIgnoreCase)).SelectMany(watch => watch.Find);
        return [.. words.Select(word => word.Trim()).Where(word => word.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
