using System.Text.RegularExpressions;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>"On 2 Nov 2026, Ann wrote:", perhaps broken over some lines.</summary>
/// <param name="After">The index of the line below it.</param>
/// <param name="IsQuoteBelow">Marked quotes follow; else all below is an earlier letter.</param>
internal sealed partial record Attribution(int After, bool IsQuoteBelow)
{
    private const int MostLines = 4;
    private const int MostChars = 400;

    /// <summary>The attribution that begins with this line, or null.</summary>
    public static Attribution? At(IReadOnlyList<string> lines, int at)
    {
        var text = "";
        for (var end = at; end < lines.Count && end < at + MostLines && lines[end].Length < MostChars; end++)
        {
            if (string.IsNullOrWhiteSpace(lines[end]))
            {
                return null;
            }
            text = $"{text} {lines[end].Trim()}".Trim();
            if (end == at && text.Contains('@', StringComparison.Ordinal) && WithTextBehind().IsMatch(text))
            {
                return new Attribution(at + 1, false);
            }
            if (text.Length < MostChars && EndsLikeOne(text))
            {
                return Of(lines, at, end, text);
            }
        }
        return null;
    }

    /// <summary>Where a later line begins one of its own, the lines above that are the writer's: "In the end nobody came. / On 2 Nov 2026, Ann wrote:".</summary>
    private static Attribution? Of(IReadOnlyList<string> lines, int at, int end, string text)
    {
        var isQuoteBelow = lines.Skip(end + 1).Take(3).FirstOrDefault(l => !string.IsNullOrWhiteSpace(l)) is { } next && QuotedHistory.IsQuote(next);
        for (var start = end; start > at; start--)
        {
            if (string.Join(' ', lines.Skip(start).Take(end - start + 1)) is var later && Date().IsMatch(later) && IsOne(later, isQuoteBelow))
            {
                return null;
            }
        }
        return (end == at || Start().IsMatch(text)) && IsOne(text, isQuoteBelow) ? new Attribution(end + 1, isQuoteBelow) : null;
    }

    private static bool EndsLikeOne(string text) => text.TrimEnd(' ', '\u200E', '\u200F', '\u202A', '\u202B', '\u202C', '\u2069') is [.., ':' or '：'];

    /// <summary>Above a quote a time and an address are enough, in any language; without one, it must also say "wrote".</summary>
    private static bool IsOne(string text, bool isQuoteBelow)
    {
        var (hasAddress, hasClock, hasDate) = (text.Contains('@', StringComparison.Ordinal), Clock().IsMatch(text), Date().IsMatch(text));
        return isQuoteBelow
            ? (hasDate && (hasAddress || hasClock)) || ((hasDate || hasAddress) && Wrote().IsMatch(text)) || Quoting().IsMatch(text)
            : hasDate && (hasAddress || hasClock) && Wrote().IsMatch(text);
    }

    /// <summary>The first line of one that is broken over lines.</summary>
    [GeneratedRegex(@"^\s*(on|at|am|le|el|em|il|op|den|på|ma|pe|pon|dnia|dne|w dniu|\d{1,4}[-./年]|mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|\p{L}+\.?, \d|.{1,80}<(\S+@\S+>)?)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Start();

    [GeneratedRegex(@"\b\d{1,2}[:.]\d{2}\b|\d{1,2}h\d{2}\b", RegexOptions.None, LetterPatterns.Patience)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(19|20)\d\d\b|(19|20)\d\d[年-]|\b\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}\b|\d{1,2}\.? (jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Date();

    [GeneratedRegex(@"(wrote|schrieb|geschrieben|a écrit|escribió|va escriure|escreveu|ha\s+scritto|schreef|geschreven|skrev|kirjoitti|napisał(\(a\))?|pisze|napsal(\(a\))?|napísal|написал(а|\(а\))?|пишет|пише|написав|yazdı|írta|a scris|έγραψε|כתב|كتب|đã viết|menulis|写道|写到|寫道|のメール|작성)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Wrote();

    [GeneratedRegex(@"^\s*(quoting|zitat von|citando|citazione|en réponse à|citat från|citerar)\b.{1,120}[:：]$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Quoting();

    /// <summary>Some phones set the earlier letter's first words on the same line.</summary>
    [GeneratedRegex(@"^(on|am|le|el|em|il|op|den) .{0,60}\d.{0,120}<[^\s<>]{1,100}@[^\s<>]{1,100}>\s?(wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev)\s?:\s", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex WithTextBehind();
}
