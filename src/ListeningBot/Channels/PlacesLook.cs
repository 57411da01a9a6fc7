namespace ListeningBot.Channels;

/// <summary>What one look at the places of a channel (subreddits, folders, hashtags) found, so that fifty that are refused together are one word to the operators.</summary>
/// <param name="All">Names of all places that it reads, lasting and fit to be shown. What was noted of any other is given up.</param>
/// <param name="Found">Of each place that was looked at: null when it was read, else why not, with the cure. Of a place left out nothing is known.</param>
public sealed record PlacesLook(IReadOnlyCollection<string> All, IReadOnlyDictionary<string, string?> Found)
{
    /// <summary>How far back a place is read that can be read again; null, the default: to where its reading had stopped.</summary>
    public TimeSpan? ReadsBack { get; init; }
}
