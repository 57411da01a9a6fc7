namespace ListeningBot.Channels.X;

internal static class XKind
{
    public static ChannelKind<XOptions> Create() => new(
        "x",
        XOptions.Validate,
        (context, options) => new XChannel(context, options),
        XChannel.SignInAsync,
        (context, options) => new XProfiles(context, options),
        (context, options) => new XThreads(context, options),
        searches: XChannel.Asked);
}
