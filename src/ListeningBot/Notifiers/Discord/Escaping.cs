using System.Text;

namespace ListeningBot.Notifiers.Discord;

/// <summary>
/// Plain text as Discord's markdown shows it letter by letter: no format, mention, link, emoji, time or command comes of it.
/// Discord takes a backslash before any character that is no letter, digit or blank as "show this one as it is".
/// </summary>
internal static class Escaping
{
    /// <summary>What opens a format, link or mention anywhere in a line. The colon ends bare addresses (https:) and :emoji: names.</summary>
    private const string Anywhere = "\\`*_~|<>[]()#@:";

    /// <summary>One line of text from outside, cleaned, cut to a width and escaped.</summary>
    public static string Line(string text, int columns) => Escape(Fitting.Fit(Cleaning.OneLine(text), columns));

    /// <summary>The same over as many lines of that width as a reader's screen breaks it into.</summary>
    public static string Line(string text, int columns, int lines) => Escape(Fitting.Fit(Cleaning.OneLine(text), columns, lines));

    /// <summary>Longer text of ours that may hold words from outside: line breaks stay.</summary>
    public static string Lines(string text, int characters)
    {
        var escaped = string.Join('\n', Cleaning.Lines(text).Split('\n').Select(Escape));
        return escaped.Length <= characters ? escaped : Shortened(escaped, characters);
    }

    /// <summary>Text for a code block, where nothing can be escaped: word for word, but that nothing in it ends the block or calls anyone.</summary>
    public static string Code(string text)
    {
        var words = Cleaning.Words(text).Replace("```", "'''", StringComparison.Ordinal);
        var code = new StringBuilder(words.Length);
        for (var i = 0; i < words.Length; i++)
        {
            code.Append(words[i]);
            if ((words[i] == '@' && CallsAll(words.AsSpan(i + 1))) || (words[i] == '<' && i + 1 < words.Length && words[i + 1] is '@' or '#'))
            {
                code.Append('\u200B');
            }
        }
        return code.ToString();
    }

    private static string Escape(string line)
    {
        var escaped = new StringBuilder(line.Length + 16);
        for (var i = 0; i < line.Length; i++)
        {
            if (Anywhere.Contains(line[i]) || OpensABlock(line, i))
            {
                escaped.Append('\\');
            }
            escaped.Append(line[i]);
            if (line[i] == '@' && CallsAll(line.AsSpan(i + 1)))
            {
                escaped.Append('\u200B');
            }
        }
        return escaped.ToString();
    }

    /// <summary>Lists ("- a", "+ a", "1. a") and small print ("-# a") begin a line, with or without marks of direction before them.</summary>
    private static bool OpensABlock(string line, int at) => line[at] switch
    {
        '-' or '+' => line.AsSpan(0, at).Trim(" \u2068").IsEmpty,
        '.' => at > 0 && line.AsSpan(0, at).Trim(" \u2068").ContainsAnyExceptInRange('0', '9') is false,
        _ => false,
    };

    /// <summary>The service looks for these two words without minding backslashes.</summary>
    private static bool CallsAll(ReadOnlySpan<char> after) =>
        after.StartsWith("everyone", StringComparison.OrdinalIgnoreCase) || after.StartsWith("here", StringComparison.OrdinalIgnoreCase);

    private static string Shortened(string escaped, int characters)
    {
        var end = escaped.LastIndexOf('\n', characters - 2);
        var cut = escaped[..(end > characters / 2 ? end : characters - 2)];
        var backslashes = cut.Length - cut.TrimEnd('\\').Length;
        cut = backslashes % 2 == 1 ? cut[..^1] : cut;
        return (char.IsHighSurrogate(cut[^1]) ? cut[..^1] : cut) + "…";
    }
}
