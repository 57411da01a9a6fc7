using System.Globalization;
using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>Words of others, fit to stand in a sentence of ours.</summary>
public static class Quoted
{
    /// <summary>Characters.</summary>
    private const int Longest = 60;

    /// <summary>In quotes, on one line, not too long.</summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes().Take(Longest))
        {
            var plain = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
            shown.Append(plain ? rune.ToString() : "�");
        }
        return shown.Append(text.Length > Longest ? "…\"" : "\"").ToString();
    }
}
