namespace ListeningBot.Channels.Rss;

internal static class RssKind
{
    public static ChannelKind<RssOptions> Create() => new(
        "rss",
        RssOptions.Validate,
        (context, options) => new RssChannel(context, options),
        RssChannel.SignInAsync,
        (_, options) => new RssAuthors(options));
}
