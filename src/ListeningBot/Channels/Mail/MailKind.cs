namespace ListeningBot.Channels.Mail;

internal static class MailKind
{
    /// <summary>Below the patience of `check --online`, which can only say that nothing came; here is known what was waited for.</summary>
    private static readonly TimeSpan TryOutPatience = TimeSpan.FromSeconds(15);

    public static ChannelKind<MailOptions> Create() => new(
        "mail",
        MailOptions.Validate,
        (context, options) => new MailChannel(context, options),
        (context, options, ct) => MailChannel.SignInAsync(context, options with { Patience = TryOutPatience }, ct),
        canary: (_, options) => options.Canary is { } canary ? new MailCanary(options, canary) : null)
    {
        IsPrivate = true,
    };
}
