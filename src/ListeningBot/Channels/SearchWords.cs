using ListeningBot.Core.Pipeline;
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

    /// <summary>The same, where there is nothing to do without any. Throws <see cref="ChannelException"/> with the cure.</summary>
    public static IReadOnlyList<string> Needed(WatchSet watches, string channel, IReadOnlyList<string>? configured) => Of(watches, channel, configured) is { Count: > 0 } words
        ? words
        : throw new ChannelException($"There is nothing to search for: no watch that listens on \"{channel}\" names words. Add words under \"find\" of a watch, or give the channel Words.") { NeedsOperator = true };
}
