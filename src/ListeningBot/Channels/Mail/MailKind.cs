namespace ListeningBot.Channels.Mail;

internal static class MailKind
{
    public static ChannelKind<MailOptions> Create() => new(
        "mail",
        MailOptions.Validate,
        (context, options) => new MailChannel(context, options),
        MailChannel.SignInAsync);
}
