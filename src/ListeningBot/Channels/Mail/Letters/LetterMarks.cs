namespace ListeningBot.Channels.Mail.Letters;

/// <summary>What HTML says of a piece of text and plain text can't: carried at the start of its lines by characters that no letter means, and taken out in the end.</summary>
internal static class LetterMarks
{
    /// <summary>Alone on a line: all below is history.</summary>
    public const char History = '\uE000';
    public const char Quote = '\uE001';
    public const char Signature = '\uE002';

    /// <summary>"On Monday Ann wrote:".</summary>
    public const char Attribution = '\uE003';

    /// <summary>Closes what one of the others began, while HTML is being read.</summary>
    public const char End = '\uE004';

    public static bool Is(char c) => c is >= History and <= End;

    public static bool Has(string line, char mark) => line.Length > 0 && line[0] == mark;

    public static string Without(string line) => line.Length > 0 && line.AsSpan().IndexOfAnyInRange(History, End) >= 0 ? new string([.. line.Where(c => !Is(c))]) : line;
}
