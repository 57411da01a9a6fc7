using System.Globalization;
using System.Text;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Makes text from outside harmless to a layout: one line, nothing unseen, no towers of accents. Knows nothing of markdown.</summary>
internal static class Cleaning
{
    /// <summary>More marks than this on one letter are decoration that covers its neighbours; living languages need no more.</summary>
    private const int MostMarks = 3;

    /// <summary>White space folded to single blanks, controls and unseen characters gone, text of the other direction closed in.</summary>
    public static string OneLine(string text) => Isolated(Cleaned(text, keepLines: false));

    /// <summary>The same for our own longer texts, whose line breaks mean something.</summary>
    public static string Lines(string text) =>
        string.Join('\n', Cleaned(text, keepLines: true).Split('\n').Select(line => Isolated(line.Trim())));

    /// <summary>The same for text that is to be copied: no marks of direction are added.</summary>
    public static string Words(string text) => string.Join('\n', Cleaned(text, keepLines: true).Split('\n').Select(line => line.TrimEnd()));

    private static string Cleaned(string text, bool keepLines)
    {
        var clean = new StringBuilder(text.Length);
        var marks = 0;
        var before = default(Rune);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (keepLines && rune.Value == '\n')
            {
                clean.Append('\n');
                before = rune;
            }
            else if (IsBlank(rune, category))
            {
                if (clean.Length > 0 && clean[^1] is not (' ' or '\n'))
                {
                    clean.Append(' ');
                }
                before = new Rune(' ');
            }
            else if (IsSeen(rune, category, before))
            {
                marks = IsMark(category) ? marks + 1 : 0;
                if (marks <= MostMarks)
                {
                    clean.Append(rune);
                    before = rune;
                }
            }
        }
        return clean.ToString().Trim();
    }

    private static bool IsMark(UnicodeCategory category) => category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;

    private static bool IsBlank(Rune rune, UnicodeCategory category) =>
        category is UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || rune.Value is '\t' or '\n' or '\v' or '\f' or '\r' or 0x85 or 0x2800;

    private static bool IsSeen(Rune rune, UnicodeCategory category, Rune before) => rune.Value switch
    {
        // Fillers that are letters by name and blanks by looks.
        0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x17B4 or 0x17B5 or 0x034F => false,

        // Joiners hold emoji and some scripts together; between plain letters they only hide words.
        0x200C or 0x200D => before.Value > 0x02FF,
        >= 0xFE00 and <= 0xFE0E => false,
        0xFE0F => before.Value is > 0xA8 or '#' or '*' or (>= '0' and <= '9'),
        _ => category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate),
    };

    /// <summary>Text written right to left would drag the words beside it along.</summary>
    private static string Isolated(string text) => text.EnumerateRunes().Any(IsRightToLeft) ? "\u2068" + text + "\u2069" : text;

    private static bool IsRightToLeft(Rune rune) =>
        rune.Value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
