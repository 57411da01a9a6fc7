using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.Webhook;

internal static class WebhookKind
{
    public static ChannelKind<WebhookOptions> Create() => new(
        "webhook",
        WebhookOptions.Validate,
        Build,
        SignInAsync,
        canary: (context, options) => new WebhookCanary(context, options))
    {
        ShowsOtherKinds = true,
        IsBrought = true,
    };

    private static WebhookChannel Build(ChannelContext context, WebhookOptions options)
    {
        var channel = new WebhookChannel(context, options);
        channel.OpenDoor();
        return channel;
    }

    private static async Task<string> SignInAsync(ChannelContext context, WebhookOptions options, CancellationToken ct)
    {
        await context.Doors.Known.WaitAsync(ct);
        return context.Doors.WhyNot is { } why
            ? throw new ChannelException(why) { NeedsOperator = true }
            : $"takes posts at {context.Doors.AddressOf(context.Name)} while the program runs, signed with {(options.OldSecret.Length > 0 ? "one of two secrets" : "its secret")}";
    }
}
