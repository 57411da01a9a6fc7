namespace ListeningBot.Core.Watching.Queries;

/// <summary>What a character is to a query, however a keyboard or a word processor wrote it.</summary>
internal static class QuerySigns
{
    private const string Low = "“”„‟";
    private const string Angled = "«»";

    /// <summary>The plain form of full-width signs, dashes before a word, and unusual blanks; all else as it is.</summary>
    public static char Plain(char c) => c switch
    {
        >= '！' and <= '～' => (char)(c - 0xFEE0),
        '−' or '–' or '—' or '‐' or '‑' => '-',
        '﹙' => '(',
        '﹚' => ')',
        _ => char.IsWhiteSpace(c) || c is '\uFEFF' or '\u200B' ? ' ' : c,
    };

    public static bool IsBlank(char c) => Plain(c) == ' ';

    public static bool IsQuote(char c) => Plain(c) == '"' || Low.Contains(c) || Angled.Contains(c);

    /// <summary>What was begun with a straight mark ends with one; a curly one also ends with its like.</summary>
    public static bool Closes(char opening, char c) => Plain(c) == '"'
        || (Low.Contains(opening) && Low.Contains(c)) || (Angled.Contains(opening) && Angled.Contains(c));

    /// <summary>Whether a word without quotes ends before it.</summary>
    public static bool EndsWord(char c) => IsBlank(c) || Plain(c) is '(' or ')' || IsQuote(c);
}
