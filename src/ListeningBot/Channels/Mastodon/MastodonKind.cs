namespace ListeningBot.Channels.Mastodon;

internal static class MastodonKind
{
    public static ChannelKind<MastodonOptions> Create() => new(
        "mastodon",
        MastodonOptions.Validate,
        (context, options) => new MastodonChannel(context, options),
        MastodonChannel.SignInAsync,
        (context, options) => new MastodonAuthors(context, options),
        (context, options) => new MastodonThreads(context, options),
        (context, options) => options.CanaryToken is { Length: > 0 } ? new MastodonCanary(context, options) : null,
        MastodonPlaces.Asked);
}
