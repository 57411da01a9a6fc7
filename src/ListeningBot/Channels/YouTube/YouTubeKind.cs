namespace ListeningBot.Channels.YouTube;

internal static class YouTubeKind
{
    public static ChannelKind<YouTubeOptions> Create() => new(
        "youtube",
        YouTubeOptions.Validate,
        (context, options) => new YouTubeChannel(context, options),
        YouTubeChannel.SignInAsync,
        threads: (context, options) => new YouTubeThreads(context, options));
}
