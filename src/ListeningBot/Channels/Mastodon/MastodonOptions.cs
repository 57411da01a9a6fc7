using System.ComponentModel;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.Mastodon;

/// <summary>Public posts that a server of the fediverse knows: its hashtags and, with an account's token, its search, that account's mentions and its stream.</summary>
public sealed record MastodonOptions
{
    /// <summary>The server to listen on: "https://mastodon.social".</summary>
    [Description("The server to listen on: \"https://mastodon.social\".")]
    public required string Server { get; init; }

    /// <summary>An account's access token with the scope "read". Default: none, so only what the server shows to everybody.</summary>
    [Secret]
    [Description("An account's access token with the scope \"read\": search, mentions and seconds instead of a minute. Best in the environment.")]
    public string? Token { get; init; }

    /// <summary>Hashtags to follow, with or without "#". Default: the words of the watches that listen on this channel, as far as they can be tags.</summary>
    [Description("Hashtags to follow, with or without #. Default: the words of the watches that listen on this channel, as far as they can be tags.")]
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Words and phrases to search for; needs <see cref="Token"/>. Default: those of the watches that listen on this channel.</summary>
    [Description("Words and phrases to search for; needs Token. Default: those of the watches that listen on this channel.")]
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>Also every public post that the server knows. Much traffic. Default false.</summary>
    [Description("Also every public post that the server knows. Much traffic.")]
    public bool Public { get; init; }

    /// <summary>With <see cref="Token"/>: hear posts within seconds, by the server's stream. Default true.</summary>
    [Description("With Token: hear posts within seconds, by the server's stream.")]
    public bool Stream { get; init; } = true;

    /// <summary>The token of a test account on the same server, with the scope "write:statuses": it writes canaries to the account of <see cref="Token"/>. Default: none.</summary>
    [Secret]
    [Description("The token of a test account on the same server, with the scope write:statuses: it writes canaries to the account of Token.")]
    public string? CanaryToken { get; init; }

    /// <summary>Pause between two looks. Default 1 minute; 1 second to 7 days.</summary>
    [Description("Pause between two looks, hours:minutes:seconds.")]
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What one answer may take. Default 30 seconds; 1 to 300.</summary>
    [Description("How long one answer may take.")]
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Without the tokens, which a record would print.</summary>
    public override string ToString() => $"{Server}{(HasToken ? " with a token" : "")}";

    internal Uri Address => new(Server.TrimEnd('/'));
    internal bool HasToken => Token is { Length: > 0 };

    public static IEnumerable<OptionProblem> Validate(MastodonOptions options)
    {
        foreach (var tag in (options.Tags ?? []).Where(tag => MastodonPlaces.TagOf(tag) is null))
        {
            yield return new OptionProblem(nameof(Tags), $"names \"{tag}\", which can be no hashtag", "Give letters, digits and _ only, not digits alone: \"acmelaptop\".");
        }
        if (options.Token is { } token && token.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            yield return new OptionProblem(nameof(Token), "has white space in it", "Give the access token alone, as the server shows it.");
        }
        if (options.CanaryToken is { Length: > 0 } canary && (!options.HasToken || canary.Any(c => char.IsWhiteSpace(c) || char.IsControl(c))))
        {
            yield return options.HasToken
                ? new OptionProblem(nameof(CanaryToken), "has white space in it", "Give the access token alone, as the server shows it.")
                : new OptionProblem(nameof(CanaryToken), "needs a Token: canaries are written to its account", "Give a Token, or take CanaryToken out.");
        }
        if (options.Words is { Count: > 0 } && !options.HasToken)
        {
            yield return new OptionProblem(nameof(Words), "need a Token: servers let nobody else search posts", "Give a Token, or take Words out: hashtags need none.");
        }
        foreach (var problem in ServiceOptions.Address(nameof(Server), options.Server, "https://mastodon.social").Concat(ServiceOptions.Every(options.Every)).Concat(ServiceOptions.Timeout(options.Timeout)))
        {
            yield return problem;
        }
    }
}
