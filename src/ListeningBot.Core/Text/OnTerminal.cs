using System.Globalization;
using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>Words of others on their way to a terminal or a log: nothing in them moves the cursor, colours, turns the direction of writing, begins a new line or hides.</summary>
public static class OnTerminal
{
    /// <summary>One line. Joiners stay, which emoji and some scripts need; all else that is unseen becomes a blank, half a character becomes U+FFFD.</summary>
    public static string Line(string text)
    {
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return text;
        }
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            line.Append(IsSeen(rune) ? rune : new Rune(' '));
        }
        return line.ToString();
    }

    /// <summary>JSON that was written already: what is unseen stands there as \uXXXX, which means the same to programs.</summary>
    public static string Json(string json)
    {
        if (json.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
        {
            return json;
        }
        var safe = new StringBuilder(json.Length);
        Span<char> units = stackalloc char[2];
        foreach (var rune in json.EnumerateRunes())
        {
            if (IsSeen(rune) || rune.Value is '\n' or '\r')
            {
                safe.Append(rune);
                continue;
            }
            foreach (var unit in units[..rune.EncodeToUtf16(units)])
            {
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}");
            }
        }
        return safe.ToString();
    }

    private static bool IsSeen(Rune rune) => rune.Value is 0x200C or 0x200D
        || Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
