using System.ComponentModel;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.Reddit;

/// <summary>Reads subreddits and searches of Reddit: by its public feeds without an account, or by its API with an application of your own.</summary>
public sealed record RedditOptions
{
    /// <summary>Subreddits to read whole, posts and comments, by their names: ["laptops"].</summary>
    [Description("Subreddits to read whole, posts and comments, by their names: \"laptops\".")]
    public IReadOnlyList<string> Subreddits { get; init; } = [];

    /// <summary>What to search for in the posts of all Reddit. Left out: the words of the watches that listen on this channel; [] searches for nothing.</summary>
    [Description("What to search for on all of Reddit. Left out: the words of the watches that listen on this channel; empty: nothing.")]
    public IReadOnlyList<string>? Searches { get; init; }

    /// <summary>How often each subreddit and search is looked at. Default 5 minutes; 1 second to 7 days. Without an application at most five looks a minute are made in all.</summary>
    [Description("How often each subreddit and search is looked at.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The id of your application at Reddit.</summary>
    [Description("The id of your application at Reddit. With it and its secret the API is read instead of the public feeds.")]
    public string? ClientId { get; init; }

    /// <summary>The application's secret.</summary>
    [Secret]
    [Description("Secret: the application's secret; best in the environment.")]
    public string? ClientSecret { get; init; }

    /// <summary>Your account at Reddit, without "u/": Reddit wants it named in each request to the API.</summary>
    [Description("The account that answers for the bot, as Reddit wants it named in each request, without u/.")]
    public string? UserName { get; init; }

    /// <summary>Where the public feeds and the sign-in are. Default: https://www.reddit.com.</summary>
    [Description("Where the public feeds and the sign-in are.")]
    public string Address { get; init; } = "https://www.reddit.com";

    /// <summary>Where the API is. Default: https://oauth.reddit.com.</summary>
    [Description("Where the API is.")]
    public string Api { get; init; } = "https://oauth.reddit.com";

    /// <summary>What one answer may take. Not to be configured.</summary>
    internal TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two requests for public feeds; Reddit allows about ten a minute. Not to be configured.</summary>
    internal TimeSpan FeedPace { get; init; } = TimeSpan.FromSeconds(6);

    internal bool HasApi => !string.IsNullOrWhiteSpace(ClientId);

    /// <summary>Keeps the secret out of logs.</summary>
    public override string ToString() => $"{Subreddits.Count} subreddits at {(HasApi ? Api : Address)}";

    internal static IEnumerable<OptionProblem> Validate(RedditOptions options)
    {
        if (options.Subreddits?.FirstOrDefault(name => !RedditPost.IsName(name)) is { } odd)
        {
            yield return new OptionProblem("Subreddits", $"holds \"{odd}\", which is no subreddit's name", "Write what stands behind r/ in its address: [\"laptops\"].");
        }
        if (options.Searches?.FirstOrDefault(search => string.IsNullOrWhiteSpace(search) || search.Length > RedditSearches.Longest) is not null)
        {
            yield return new OptionProblem("Searches", "holds one that is empty or longer than 512 characters", "Write words and phrases: [\"\\\"acme laptop\\\"\"].");
        }
        var given = new[] { options.ClientId, options.ClientSecret, options.UserName }.Count(text => !string.IsNullOrWhiteSpace(text));
        if (given is 1 or 2)
        {
            yield return new OptionProblem("ClientId", "needs ClientSecret and UserName beside it", "Give all three to read the API, or none to read the public feeds.");
        }
        if (!string.IsNullOrWhiteSpace(options.UserName) && !RedditPost.IsName(options.UserName))
        {
            yield return new OptionProblem("UserName", "is no account's name", "Write it without u/.");
        }
        foreach (var problem in new[]
        {
            ServiceOptions.Every(options.Every),
            ServiceOptions.Address(nameof(Address), options.Address, "https://www.reddit.com"),
            ServiceOptions.Address(nameof(Api), options.Api, "https://oauth.reddit.com"),
        }.SelectMany(problems => problems))
        {
            yield return problem;
        }
    }
}
