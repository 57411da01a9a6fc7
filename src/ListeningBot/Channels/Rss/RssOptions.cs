using System.ComponentModel;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.Rss;

/// <summary>Listens on a feed: RSS 0.9x to 2.0, RSS 1.0, Atom or JSON Feed; of a blog, a forum, a news or blog search, reviews.</summary>
public sealed record RssOptions
{
    /// <summary>The feed's address, http or https. A feed with sign-in: https://user:password@host/feed.</summary>
    [Description("The feed's address: RSS, Atom or JSON Feed.")]
    public required string Url { get; init; }

    /// <summary>Pause between two looks. Default 5 minutes; 1 second to 7 days.</summary>
    [Description("Pause between two looks, hours:minutes:seconds.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>When the feed gives only the beginning of a text, get the page that it links to. Default true.</summary>
    [Description("When the feed gives only the beginning of a text, get the page that it links to.")]
    public bool FollowTeasers { get; init; } = true;

    /// <summary>What one answer may take. Default 30 seconds; 1 to 300.</summary>
    [Description("How long one answer may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The address, once validated.</summary>
    internal Uri Address => new(Url.Trim());

    public static IEnumerable<OptionProblem> Validate(RssOptions options)
    {
        if (!Uri.TryCreate(options.Url?.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            yield return new OptionProblem("Url", "is not a web address", "Give the feed's address, beginning with https://.");
        }
        if (options.Every < TimeSpan.FromSeconds(1) || options.Every > TimeSpan.FromDays(7))
        {
            yield return new OptionProblem("Every", $"is {options.Every}, which is not between one second and seven days", "Give hours, minutes and seconds: \"00:05:00\".");
        }
        if (options.Timeout < TimeSpan.FromSeconds(1) || options.Timeout > TimeSpan.FromMinutes(5))
        {
            yield return new OptionProblem("Timeout", $"is {options.Timeout}, which is not between one second and five minutes", "Give hours, minutes and seconds: \"00:00:30\".");
        }
    }
}
