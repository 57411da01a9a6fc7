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
    public static SearchPlan Of(WatchSet watches, string channel, PlainWords dialect, IReadOnlyList<string>? configured) => Of(watches, channel, dialect, configured, SearchCover.Of);

    /// <summary>The configured ones; without any, the words that posts may be tagged with which a watch here wants.</summary>
    public static SearchPlan Tags(WatchSet watches, string channel, PlainWords dialect, IReadOnlyList<string>? configured, Func<string, bool> canBeTag) =>
        Of(watches, channel, dialect, configured, wanted => SearchCover.Tags(wanted, canBeTag));

    private static SearchPlan Of(WatchSet watches, string channel, PlainWords dialect, IReadOnlyList<string>? configured, Func<IReadOnlyList<Ask>, IReadOnlyList<string>> wordsOf)
    {
        if (configured is { Count: > 0 })
        {
            return new([.. configured.Select(word => word.Trim()).Where(word => word.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)], []);
        }
        var asks = WatchAsks.Of(watches, channel, dialect);
        return new(wordsOf(asks.Wanted), asks.Unsearchable);
    }
}
