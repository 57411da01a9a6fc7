using System.ComponentModel;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.HackerNews;

/// <summary>Stories and comments of Hacker News (news.ycombinator.com) that say a word we listen for. No account is needed.</summary>
public sealed record HackerNewsOptions
{
    /// <summary>Words and phrases to search for. Default: those of the watches that listen on this channel.</summary>
    [Description("Words and phrases to search for. Default: those of the watches that listen on this channel.")]
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>Pause between two looks. Default 1 minute; 1 second to 7 days.</summary>
    [Description("Pause between two looks, hours:minutes:seconds.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Where new posts are searched for. Default: Algolia's search of Hacker News.</summary>
    [Description("Where new posts are searched for.")]
    public string Search { get; init; } = "https://hn.algolia.com/api/v1";

    /// <summary>Where single posts and people are asked for. Default: the official API.</summary>
    [Description("Where single posts and people are asked for.")]
    public string Items { get; init; } = "https://hacker-news.firebaseio.com/v0";

    /// <summary>What one answer may take. Default 30 seconds; 1 to 300.</summary>
    [Description("How long one answer may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public static IEnumerable<OptionProblem> Validate(HackerNewsOptions options) =>
    [
        .. ServiceOptions.Address(nameof(Search), options.Search, "https://hn.algolia.com/api/v1"),
        .. ServiceOptions.Address(nameof(Items), options.Items, "https://hacker-news.firebaseio.com/v0"),
        .. ServiceOptions.Every(options.Every),
        .. ServiceOptions.Timeout(options.Timeout),
    ];
}
