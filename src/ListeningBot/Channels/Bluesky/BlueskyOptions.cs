using System.ComponentModel;
using ListeningBot.Configuration;

namespace ListeningBot.Channels.Bluesky;

/// <summary>All public posts of Bluesky, heard through a Jetstream service. No account is needed.</summary>
public sealed record BlueskyOptions
{
    private const string PublicEndpoint = "wss://jetstream2.us-east.bsky.network/subscribe";
    private const string OtherPublicEndpoint = "wss://jetstream1.us-west.bsky.network/subscribe";

    /// <summary>The Jetstream service's address. Default: the public one in the eastern US.</summary>
    [Description("A Jetstream service's address. Default: the public one.")]
    public string Endpoint { get; init; } = PublicEndpoint;

    /// <summary>Asked in turn when the other one fails. Default: with the default <see cref="Endpoint"/> the public one in the western US, else none.</summary>
    [Description("Asked in turn when the other one fails; empty for none.")]
    public string? OtherEndpoint { get; init; }

    /// <summary>Where authors' public profiles are asked for, after the card, and the posts of open cases again. Default: Bluesky's public AppView.</summary>
    [Description("Where authors' public profiles, and the posts of open cases, are asked for. Default: Bluesky's public service.")]
    public string Profiles { get; init; } = "https://public.api.bsky.app";

    /// <summary>Tells which server keeps an account's posts: asked when the AppView no longer shows one. Default: the public directory of DIDs.</summary>
    [Description("Where is asked which server keeps an account's posts. Default: the public directory.")]
    public string Directory { get; init; } = "https://plc.directory";

    /// <summary>All public posts pass here: a stream that is silent for longer is dead, whatever the connection says. Shorter in tests.</summary>
    internal TimeSpan LongestSilence { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For connecting. Shorter in tests.</summary>
    internal TimeSpan Handshake { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Cursors are times, so any instance goes on where another stopped.</summary>
    internal IReadOnlyList<Uri> Endpoints
    {
        get
        {
            var other = OtherEndpoint ?? (Endpoint == PublicEndpoint ? OtherPublicEndpoint : "");
            return other.Length == 0 ? [new Uri(Endpoint)] : [new Uri(Endpoint), new Uri(other)];
        }
    }

    internal string ProfileHost => new Uri(Profiles).Host;

    public static IEnumerable<OptionProblem> Validate(BlueskyOptions options)
    {
        if (!IsSocketAddress(options.Endpoint))
        {
            yield return Problem(nameof(Endpoint), options.Endpoint);
        }
        if (options.OtherEndpoint is { Length: > 0 } other && !IsSocketAddress(other))
        {
            yield return Problem(nameof(OtherEndpoint), other);
        }
        if (!IsWebAddress(options.Directory))
        {
            yield return new OptionProblem(nameof(Directory), $"is not a web address: \"{options.Directory}\"", "Give an address such as \"https://plc.directory\", without a query.");
        }
        if (!IsWebAddress(options.Profiles))
        {
            yield return new OptionProblem(nameof(Profiles), $"is not a web address: \"{options.Profiles}\"", "Give an address such as \"https://public.api.bsky.app\", without a query.");
        }
    }

    private static OptionProblem Problem(string option, string value) =>
        new(option, $"is not a web socket address: \"{value}\"", "Give an address such as \"wss://jetstream2.us-east.bsky.network/subscribe\", without a query.");

    private static bool IsWebAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Length > 0 && address.Query.Length == 0;

    private static bool IsSocketAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address)
        && address.Scheme is "ws" or "wss"
        && address.Host.Length > 0
        && address.Query.Length == 0;
}
