namespace ListeningBot.Channels.Replay;

internal static class ReplayKind
{
    public static ChannelKind<ReplayOptions> Create() => new(
        "replay",
        ReplayOptions.Validate,
        (context, options) => new ReplayChannel(context, options),
        ReplayChannel.SignInAsync,
        canary: (_, options) => options.Canary ? new ReplayCanary(options) : null)
    {
        ShowsOtherKinds = true,
    };
}
