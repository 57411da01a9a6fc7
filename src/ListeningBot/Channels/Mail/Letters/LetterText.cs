using System.Text.RegularExpressions;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>What the writer says in this letter, without what mail programs add: history, signature, disclaimers.</summary>
internal static partial class LetterText
{
    /// <summary>A complaint fits; what follows is a log or a book.</summary>
    public const int MaxChars = 20_000;

    /// <summary>Never empty where there was text: when cutting would leave nothing, the whole text stays.</summary>
    /// <param name="text">Perhaps with <see cref="LetterMarks"/>.</param>
    /// <param name="subject">A forwarded letter keeps its history: that is what it is sent for.</param>
    /// <param name="answers">The letter names one that it answers. One that neither does so nor says "Re:" keeps what looks like history: somebody pasted it for us to read.</param>
    public static string Own(string text, string subject, bool answers = false)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(Clean).ToList();
        var keeps = IsForward(subject) || !(answers || IsAnswer(subject));
        var (own, passed) = QuotedHistory.Cut(lines, keeps);
        var gap = own is [.., var last] && string.IsNullOrWhiteSpace(last) ? "" : null;
        return Capped(Join([.. LetterEnd.Cut(own), .. gap is null ? (string[])[] : [gap], .. passed]) is { Length: > 0 } cut ? cut : Join(lines));
    }

    public static bool IsForward(string subject) => Forward().IsMatch(subject);

    public static bool IsAnswer(string subject) => Answer().IsMatch(subject);

    /// <summary>Spaces that do not break become plain ones, control characters go.</summary>
    private static string Clean(string line) =>
        line.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? line : new([.. line.Where(c => c == '\t' || !char.IsControl(c)).Select(c => c is '\t' or '\u00A0' ? ' ' : c)]);

    /// <summary>No space at line ends, at most one empty line in a row, none at either end.</summary>
    private static string Join(List<string> lines)
    {
        var kept = new List<string>();
        foreach (var line in lines.Select(l => LetterMarks.Without(l).TrimEnd()))
        {
            if (line.Length > 0 || (kept.Count > 0 && kept[^1].Length > 0))
            {
                kept.Add(line);
            }
        }
        return string.Join('\n', kept).Trim();
    }

    private static string Capped(string text)
    {
        if (text.Length <= MaxChars)
        {
            return text;
        }
        return text[..(char.IsHighSurrogate(text[MaxChars - 1]) ? MaxChars - 1 : MaxChars)];
    }

    [GeneratedRegex(@"^(\[[^\]]{1,60}\]\s*)?(fwd?|wg|tr|rv|i|enc|doorst|vb|vl|vidarebefordrat|pd|ilt|továbbítás|πρθ|转发|轉寄|転送)\s?[:：]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Forward();

    [GeneratedRegex(@"^(\[[^\]]{1,60}\]\s*)?(re|aw|antw|antwort|sv|vs|odp|r|ris|rif|res|resp|ynt|yan|cevap|vá|vastaus|απ|ответ|отв|відп|atb|הנדון|رد|回复|回覆|答复|答覆|返信|回信|회신)\s?(\[\d{1,3}\]|\(\d{1,3}\)|\^\d{1,3})?\s?[:：]", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex Answer();
}
