using System.Globalization;
using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>
/// Hides in a text what tells who somebody is: mail addresses, names given, and numbers of four and more digits (telephone, account, order), of which the
/// last two stay so that colleagues can compare. Masking what is masked changes nothing.
/// </summary>
public static class Masking
{
    public const string Mail = "•••@•••";
    private const string Dot = "•";
    private const int FewestDigits = 4;
    private const int KeptDigits = 2;

    /// <summary>More than this between two digits ends a number.</summary>
    private const int WidestGap = 3;

    /// <param name="names">Full names and handles of the people it must not show.</param>
    public static string Of(string text, params IEnumerable<string?> names) => Digits(Names(Addresses(text), names));

    /// <summary>"Mia Lang" becomes "M. L."; an address or a nickname without blanks becomes its first letter.</summary>
    public static string Name(string name)
    {
        var parts = name.Split('@')[0].Split([' ', '.', '_', '-', ',', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var initials = parts.Select(part => part.EnumerateRunes().FirstOrDefault(Rune.IsLetter)).Where(Rune.IsLetter).Take(3).Select(rune => $"{Rune.ToUpperInvariant(rune)}.");
        return string.Join(' ', initials);
    }

    /// <summary>Whatever stands around an "@", also around a written-out one: "mia [at] example.org".</summary>
    private static string Addresses(string text)
    {
        var masked = new StringBuilder(text.Length);
        var from = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (AtSign(text, at) is not { } sign)
            {
                continue;
            }
            var (start, end) = (sign.Start, sign.End);
            while (start > from && IsOfAddress(text[start - 1]))
            {
                start--;
            }
            while (end < text.Length && IsOfAddress(text[end]))
            {
                end++;
            }
            if (start == sign.Start || end == sign.End)
            {
                continue;
            }
            masked.Append(text, from, start - from).Append(Mail);
            from = end;
            at = end - 1;
        }
        return from == 0 ? text : masked.Append(text, from, text.Length - from).ToString();
    }

    private static (int Start, int End)? AtSign(string text, int at)
    {
        if (text[at] is '@' or '\uFF20' or '\uFE6B')
        {
            return (at, at + 1);
        }
        if (text[at] is not ('(' or '[' or '{') || Inside(text, at) is not { } end)
        {
            return null;
        }
        var start = at;
        while (start > 0 && text[start - 1] == ' ')
        {
            start--;
        }
        while (end < text.Length && text[end] == ' ')
        {
            end++;
        }
        return (start, end);
    }

    /// <summary>Where "(at)" ends, or null.</summary>
    private static int? Inside(string text, int open)
    {
        var close = text.AsSpan(open, Math.Min(6, text.Length - open)).IndexOfAny(')', ']', '}');
        return close > 0 && text.AsSpan(open + 1, close - 1).Trim().Equals("at", StringComparison.OrdinalIgnoreCase) ? open + close + 1 : null;
    }

    private static bool IsOfAddress(char c) => !char.IsWhiteSpace(c) && c is not ('<' or '>' or '(' or ')' or '[' or ']' or '{' or '}' or '"' or ',' or ';' or ':' or '“' or '”' or '|');

    private static string Names(string text, IEnumerable<string?> names)
    {
        var parts = names.OfType<string>()
            .SelectMany(name => name.Split([' ', '.', '_', '-', ',', '@', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(part => part.Length >= (HasCase(part) ? 3 : 2)).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(part => part.Length).ToList();
        foreach (var part in parts)
        {
            text = Hidden(text, part);
        }
        return text;
    }

    private static string Hidden(string text, string part)
    {
        var hidden = new StringBuilder(text.Length);
        var from = 0;
        for (var at = text.IndexOf(part, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.OrdinalIgnoreCase))
        {
            if (HasCase(part) && (IsLetterAt(text, at - 1) || IsLetterAt(text, at + part.Length)))
            {
                continue;
            }
            hidden.Append(text, from, at - from).Append(Name(part) is { Length: > 0 } initial ? initial : "•");
            from = at + part.Length;
        }
        return from == 0 ? text : hidden.Append(text, from, text.Length - from).ToString();
    }

    /// <summary>Scripts without case write no blanks between words, or decline names in ways that we don't know: there, any place counts.</summary>
    private static bool HasCase(string part) => part.Any(c => char.IsUpper(c) || char.IsLower(c));

    private static bool IsLetterAt(string text, int at) => at >= 0 && at < text.Length && char.IsLetter(text[at]);

    private static string Digits(string text)
    {
        var runes = text.EnumerateRunes().ToList();
        var hidden = new HashSet<int>();
        for (var at = 0; at < runes.Count;)
        {
            var digits = NumberAt(runes, at);
            hidden.UnionWith(digits.Count >= FewestDigits ? digits.SkipLast(KeptDigits) : []);
            at = digits.Count > 0 ? digits[^1] + 1 : at + 1;
        }
        return hidden.Count == 0 ? text : string.Concat(runes.Select((rune, at) => hidden.Contains(at) ? Dot : rune.ToString()));
    }

    /// <summary>The places of the digits that belong together from this one on, as in "+49 (170) 123-45" and "AB12-CD34". Blanks and letters between two digits end a number.</summary>
    private static List<int> NumberAt(List<Rune> runes, int from)
    {
        List<int> digits = [];
        var (gap, letters, blanks) = (0, false, false);
        for (var at = from; at < runes.Count && gap <= WidestGap; at++)
        {
            if (IsDigit(runes[at]))
            {
                digits.Add(at);
                (gap, letters, blanks) = (0, false, false);
                continue;
            }
            gap++;
            letters |= Rune.IsLetter(runes[at]);
            blanks |= Rune.IsWhiteSpace(runes[at]);
            if (digits.Count == 0 || (letters && blanks) || !(Rune.IsLetter(runes[at]) || IsBetween(runes[at])))
            {
                break;
            }
        }
        return digits;
    }

    private static bool IsDigit(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber;

    /// <summary>What people write inside a number, and what nobody sees there.</summary>
    private static bool IsBetween(Rune rune) =>
        rune.Value is '.' or '/' or '(' or ')' or '_' or '+' or '#' or '*' or '\\' || Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.DashPunctuation
            or UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Control;
}
