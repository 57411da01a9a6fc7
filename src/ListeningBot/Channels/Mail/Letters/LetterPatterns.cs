namespace ListeningBot.Channels.Mail.Letters;

/// <summary>
/// What all patterns for letters have in common. They are compiled with the program and go back when they must: as automata without going back they took 95 MiB.
/// So each is anchored or bounded, and is only asked about lines and beginnings of a bounded length.
/// </summary>
internal static class LetterPatterns
{
    /// <summary>Milliseconds; never reached unless a pattern is wrong.</summary>
    public const int Patience = 1000;
}
