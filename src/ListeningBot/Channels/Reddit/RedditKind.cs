namespace ListeningBot.Channels.Reddit;

internal static class RedditKind
{
    public static ChannelKind<RedditOptions> Create() => new(
        "reddit",
        RedditOptions.Validate,
        (context, options) => new RedditChannel(context, options),
        RedditChannel.SignInAsync,
        threads: (context, options) => options.HasApi ? new RedditApiThreads(context, options) : new RedditFeedThreads(context, options),
        searches: (channel, options, watches) => RedditSearches.Of(options.Searches, watches, channel));
}
