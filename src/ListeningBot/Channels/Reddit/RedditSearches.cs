using ListeningBot.Channels.Searches;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.Reddit;

/// <summary>What Reddit is searched for.</summary>
internal static class RedditSearches
{
    /// <summary>Characters of one search; Reddit's limit.</summary>
    public const int Longest = 512;

    /// <param name="configured">Null: what the watches that listen here want, in as few searches as hold it.</param>
    public static SearchPlan Of(IReadOnlyList<string>? configured, WatchSet watches, string channel)
    {
        if (configured is not null)
        {
            return new([.. configured.Select(search => search.Trim()).Distinct(StringComparer.Ordinal)], []);
        }
        var asks = WatchAsks.Of(watches, channel, new RedditDialect());
        return new(new SearchPacking(" AND ", Longest).Of(asks.Wanted), asks.Unsearchable);
    }
}
