using System.Net;
using ListeningBot.Core.Posts;
using ListeningBot.Net;

namespace ListeningBot.Channels.Reddit;

/// <summary>What listings have in common in both ways of reading.</summary>
internal static class RedditPages
{
    private const int MostCandidates = 3;

    /// <summary>The last fullnames of a page, the oldest first: one may be deleted before the next page is asked for.</summary>
    public static string? After(IReadOnlyList<PostChange> shown) =>
        shown.Count == 0 ? null : string.Join(',', shown.TakeLast(MostCandidates).Reverse().Select(one => one.Key.Id));

    /// <summary>What to ask for a page with, one after the other until it holds something; null for the newest.</summary>
    public static IEnumerable<string?> Candidates(string? next) => next?.Split(',') ?? Enumerable.Repeat<string?>(null, 1);

    /// <summary>Private, quarantined, banned or unknown: Reddit forbids one subreddit so, and also a machine that it does not like.</summary>
    public static PlaceRefusedException? RefusedPlace(WebAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Forbidden => new PlaceRefusedException("Reddit forbids us to read this (HTTP 403). A private or quarantined subreddit can't be heard; when it is so with all, Reddit turns away this machine: give ClientId, ClientSecret and UserName.") { NeedsOperator = true },
        HttpStatusCode.NotFound or HttpStatusCode.Found => new PlaceRefusedException($"Reddit knows no such subreddit, or banned it (HTTP {(int)answer.Status}). Check its name."),
        _ => null,
    };
}
