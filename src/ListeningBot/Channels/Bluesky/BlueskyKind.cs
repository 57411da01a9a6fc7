namespace ListeningBot.Channels.Bluesky;

internal static class BlueskyKind
{
    public static ChannelKind<BlueskyOptions> Create() => new(
        "bluesky",
        BlueskyOptions.Validate,
        (context, options) => new BlueskyChannel(context, options),
        BlueskyChannel.SignInAsync,
        (context, options) => new BlueskyProfiles(context, options),
        (context, options) => new BlueskyThreads(context, options));
}
