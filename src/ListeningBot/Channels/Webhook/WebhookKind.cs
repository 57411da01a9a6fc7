using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.Webhook;

internal static class WebhookKind
{
    public static ChannelKind<WebhookOptions> Create() => new(
        "webhook",
        WebhookOptions.Validate,
        (context, options) => new WebhookChannel(context, options),
        SignInAsync,
        canary: (context, options) => new WebhookCanary(context, options))
    {
        ShowsOtherKinds = true,
        IsBrought = true,
    };

    private static async Task<string> SignInAsync(ChannelContext context, WebhookOptions options, CancellationToken ct)
    {
        await context.Doors.Known.WaitAsync(ct);
        return context.Doors.WhyNot is { } why
            ? throw new ChannelException(why) { NeedsOperator = true }
            : $"takes posts at {context.Doors.AddressOf(context.Name)} while the program runs, signed with {(options.OldSecret.Length > 0 ? "one of two secrets" : "its secret")}";
    }
}
