namespace ListeningBot.Channels.HackerNews;

internal static class HackerNewsKind
{
    public static ChannelKind<HackerNewsOptions> Create() => new(
        "hackernews",
        HackerNewsOptions.Validate,
        (context, options) => new HackerNewsChannel(context, options),
        HackerNewsChannel.SignInAsync,
        (context, options) => new HackerNewsAuthors(context, options),
        (context, options) => new HackerNewsThreads(context, options),
        searches: (channel, options, watches) => HackerNewsChannel.Asked(channel, options, watches).As(HackerNewsSearch.QueryOf));
}
