namespace ListeningBot.Channels.Mail;

internal static class MailKind
{
    public static ChannelKind<MailOptions> Create() => new(
        "mail",
        MailOptions.Validate,
        (context, options) => new MailChannel(context, options),
        MailChannel.SignInAsync,
        canary: (_, options) => options.Canary is { } canary ? new MailCanary(options, canary) : null);
}
