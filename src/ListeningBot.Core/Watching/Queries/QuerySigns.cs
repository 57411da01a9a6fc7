using System.Globalization;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>What a character is to a query, however a keyboard or a word processor wrote it.</summary>
internal static class QuerySigns
{
    private const string Curly = "“”„‟";
    private const string Angled = "«»";

    /// <summary>The plain form of full-width signs, long dashes and unusual blanks; all else as it is.</summary>
    public static char Plain(char c) => c switch
    {
        >= '！' and <= '～' => (char)(c - 0xFEE0),
        '−' or '–' or '—' or '‐' or '‑' => '-',
        _ => char.IsWhiteSpace(c) ? ' ' : c,
    };

    /// <summary>A whole word in plain signs, without what can't be seen.</summary>
    public static string Plain(string word) => string.Concat(word.Where(c => !IsUnseen(c)).Select(Plain));

    public static bool IsBlank(char c) => Plain(c) == ' ';

    /// <summary>Marks of writing direction, soft hyphens and the like, which come along when text is pasted.</summary>
    public static bool IsUnseen(char c) => char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    public static bool IsQuote(char c) => Plain(c) == '"' || Curly.Contains(c) || Angled.Contains(c);

    /// <summary>What was begun with a straight mark ends with one; a curly one also with its like.</summary>
    public static bool Closes(char opening, char c) => Plain(c) == '"'
        || (Curly.Contains(opening) && Curly.Contains(c)) || (Angled.Contains(opening) && Angled.Contains(c));

    /// <summary>Whether a word without quotes ends before it.</summary>
    public static bool EndsWord(char c) => IsBlank(c) || Plain(c) is '(' or ')' || IsQuote(c);
}
