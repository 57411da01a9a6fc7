namespace ListeningBot.Notifiers.Discord;

/// <summary>Which events are asked for: documented under "Gateway Intents" (API v10). Presses, forms and commands come without any.</summary>
internal static class Intents
{
    private const int Guilds = 1 << 0;
    private const int GuildMessages = 1 << 9;

    /// <summary>What people wrote, not only that they did. Switched on in the Developer Portal, else Discord refuses the whole session.</summary>
    private const int MessageContent = 1 << 15;

    public const int All = Guilds | GuildMessages | MessageContent;

    /// <summary>Without the words of messages, their events are of no use.</summary>
    public const int WithoutWords = Guilds;
}

/// <summary>With what a session is begun or taken up again.</summary>
/// <param name="BeforeIdentify">Completes when a new session may be started.</param>
internal sealed record Introduction(string Token, int Intents, Func<CancellationToken, Task> BeforeIdentify);

/// <summary>Discord refuses events that are not switched on for the application. The message names the switch.</summary>
internal sealed class IntentRefusedException(string message) : Exception(message);
