using ListeningBot.Core.Pipeline;

namespace ListeningBot.Channels.Discord;

internal static class DiscordChannelKind
{
    public static ChannelKind<DiscordChannelOptions> Create() => new(
        "discord",
        DiscordChannelOptions.Validate,
        (context, options) => new DiscordChannel(context, options),
        SignInAsync,
        threads: (context, options) => new DiscordThreads(context, options));

    private static async Task<string> SignInAsync(ChannelContext context, DiscordChannelOptions options, CancellationToken ct)
    {
        var places = await Places.OfAsync(new Asking(DiscordChannel.BotOf(context, options).Rest, context.Time), options, context.Name, ct);
        return places.Faults.Count > 0
            ? throw new ChannelException(string.Join("; ", places.Faults)) { NeedsOperator = true }
            : $"can read {string.Join(", ", places.Chosen.Select(chosen => "#" + chosen.Name))}";
    }
}
