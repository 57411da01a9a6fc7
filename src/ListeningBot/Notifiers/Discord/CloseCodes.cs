namespace ListeningBot.Notifiers.Discord;

/// <summary>What Discord's close codes ask of us: documented under "Gateway Close Event Codes" (API v10).</summary>
internal static class CloseCodes
{
    public const int IntentNotAllowed = 4014;
    public const string NotesCure = "in the Developer Portal open your application, page \"Bot\", and switch on \"Message Content Intent\" under \"Privileged Gateway Intents\"";
    private const int InvalidSequence = 4007;
    private const int SessionTimedOut = 4009;
    private const int NotAuthenticated = 4003;

    /// <summary>What an operator must do before another try makes sense, or null when a new connection may work.</summary>
    public static string? Fatal(int code) => code switch
    {
        4004 => Outcomes.TokenCure + " (close code 4004)",
        4010 => "Discord did not accept the shard number (close code 4010). Report this as a fault of this program",
        4011 => "this bot is in too many servers for one connection (close code 4011). Remove it from servers that it does not serve, or use an application of its own for each company",
        4012 => "Discord no longer speaks version 10 of its gateway (close code 4012). Update this program",
        4013 => "Discord did not understand which events were asked for (close code 4013). Update this program",
        IntentNotAllowed => "Discord refuses events that the application has not switched on (close code 4014): " + NotesCure,
        _ => null,
    };

    /// <summary>After these the old session is dead; after all others it may be taken up again.</summary>
    public static bool EndsSession(int? code) => code is NotAuthenticated or InvalidSequence or SessionTimedOut;
}
