namespace ListeningBot.Channels.AppStore;

internal static class AppStoreKind
{
    public static ChannelKind<AppStoreOptions> Create() => new(
        "appstore",
        AppStoreOptions.Validate,
        (context, options) => new AppStoreChannel(context, options),
        AppStoreChannel.SignInAsync)
    {
        HasStars = true,
    };
}
