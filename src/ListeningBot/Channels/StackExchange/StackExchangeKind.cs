namespace ListeningBot.Channels.StackExchange;

internal static class StackExchangeKind
{
    public static ChannelKind<StackExchangeOptions> Create() => new(
        "stackexchange",
        StackExchangeOptions.Validate,
        (context, options) => new StackExchangeChannel(context, options),
        StackExchangeChannel.SignInAsync,
        threads: (context, options) => new StackExchangeThreads(context, options),
        searches: (channel, options, watches) => StackExchangeChannel.Asked(channel, options, watches).As(StackExchangeChannel.QueryOf));
}
