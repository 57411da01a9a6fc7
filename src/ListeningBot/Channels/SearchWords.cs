using ListeningBot.Channels.Searches;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels;

/// <summary>The words that a service is asked for which takes one word or phrase at a time.</summary>
internal static class SearchWords
{
    /// <summary>
    /// The configured words; without any, the fewest of which each post has one that a watch here wants, each once whatever its case. The matcher decides in the
    /// end, so a service may give more than was asked for, but not less.
    /// </summary>
    public static SearchPlan Of(WatchSet watches, string channel, PlainWords dialect, IReadOnlyList<string>? configured)
    {
        if (configured is { Count: > 0 })
        {
            return new([.. configured.Select(word => word.Trim()).Where(word => word.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)], []);
        }
        var asks = WatchAsks.Of(watches, channel, dialect);
        return new(SearchCover.Of(asks.Wanted), asks.Unsearchable);
    }
}
