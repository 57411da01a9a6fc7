using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.Reddit;

/// <summary>What Reddit is searched for.</summary>
internal static class RedditSearches
{
    /// <summary>Characters of one search; Reddit's limit.</summary>
    public const int Longest = 512;

    /// <param name="configured">Null: the words of the watches that listen here, as few searches as hold them all.</param>
    public static List<string> Of(IReadOnlyList<string>? configured, WatchSet watches, string channel)
    {
        if (configured is not null)
        {
            return [.. configured.Select(search => search.Trim()).Distinct(StringComparer.Ordinal)];
        }
        List<string> searches = [];
        foreach (var word in Words(watches, channel))
        {
            if (searches.Count > 0 && searches[^1].Length + " OR ".Length + word.Length <= Longest)
            {
                searches[^1] += " OR " + word;
            }
            else if (word.Length <= Longest)
            {
                searches.Add(word);
            }
        }
        return searches;
    }

    private static IEnumerable<string> Words(WatchSet watches, string channel) =>
        from word in SearchWords.Of(watches, channel, null)
        let plain = word.Replace('"', ' ').Replace('\\', ' ').Trim()
        where plain.Length > 0
        select $"\"{plain}\"";
}
