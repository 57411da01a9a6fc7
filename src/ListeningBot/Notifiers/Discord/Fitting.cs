using System.Globalization;
using System.Text;

namespace ListeningBot.Notifiers.Discord;

/// <summary>How wide text is, in columns of a Latin letter, and cutting it to a width without tearing a character.</summary>
internal static class Fitting
{
    /// <summary>A phone of 360 points shows about this many columns of a message.</summary>
    public const int PhoneLine = 36;

    public static string Fit(string text, int columns)
    {
        var (kept, width) = (new StringBuilder(), 0);
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (width <= columns)
        {
            if (!elements.MoveNext())
            {
                return text;
            }
            var element = elements.GetTextElement();
            width += ColumnsOfElement(element);
            kept.Append(width <= columns - 1 ? element : "");
        }
        return AtAWord(kept.ToString()) + "…" + (text.StartsWith('\u2068') ? "\u2069" : "");
    }

    /// <summary>The same over several lines of that width, which break between words.</summary>
    public static string Fit(string text, int columns, int lines)
    {
        for (var width = columns * lines; ; width--)
        {
            var fitted = Fit(text, width);
            if (width <= columns || LinesOf(fitted, columns) <= lines)
            {
                return fitted;
            }
        }
    }

    /// <summary>How many lines text takes that breaks between words, and within those that are longer than a line.</summary>
    public static int LinesOf(string text, int columns)
    {
        var (lines, at) = (1, 0);
        foreach (var word in text.Split(' '))
        {
            var width = Columns(word);
            var fits = at == 0 || at + 1 + width <= columns;
            lines += fits ? 0 : 1;
            at = fits && at > 0 ? at + 1 + width : width;
            lines += Math.Max(0, at - 1) / columns;
            at = at > columns ? ((at - 1) % columns) + 1 : at;
        }
        return lines;
    }

    /// <summary>Cut to so many characters of UTF-16, as Discord counts them, without tearing one.</summary>
    public static string Shorter(string text, int characters) =>
        text.Length <= characters ? text : text[..(char.IsHighSurrogate(text[characters - 2]) ? characters - 2 : characters - 1)] + "…";

    public static int Columns(string text)
    {
        var width = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            width += ColumnsOfElement(elements.GetTextElement());
        }
        return width;
    }

    /// <summary>Ends before a torn word, unless that word is most of what is left.</summary>
    private static string AtAWord(string text)
    {
        var blank = text.LastIndexOf(' ');
        return (blank > text.Length - 14 && blank > text.Length / 2 ? text[..blank] : text).TrimEnd(' ', ',', ';', ':', '.', '-');
    }

    /// <summary>A character may be put together from any number of parts: a long chain of them counts as many.</summary>
    private static int ColumnsOfElement(string element)
    {
        var widest = element.Length / 5;
        foreach (var rune in element.EnumerateRunes())
        {
            widest = Math.Max(widest, ColumnsOf(rune));
        }
        return widest;
    }

    private static int ColumnsOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
        : rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F000 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD) or 0xFDFD ? 2
        : 1;
}
