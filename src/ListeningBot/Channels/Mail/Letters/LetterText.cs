namespace ListeningBot.Channels.Mail.Letters;

/// <summary>What the writer says in this letter, without what mail programs add: history, signature, disclaimers.</summary>
internal static class LetterText
{
    /// <summary>A complaint fits; what follows is a log or a book.</summary>
    public const int MaxChars = 20_000;
    private static readonly string[] Forwards = ["fwd:", "fw:", "wg:", "tr:", "rv:", "i:", "enc:", "doorst:", "vb:", "转发:", "轉寄:", "pd:", "ilt:"];

    /// <summary>Never empty where there was text: when cutting would leave nothing, the whole text stays.</summary>
    /// <param name="subject">A forwarded letter keeps its history: that is what it is sent for.</param>
    public static string Own(string text, string subject)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(Clean).ToList();
        var isForward = Array.Exists(Forwards, f => subject.StartsWith(f, StringComparison.OrdinalIgnoreCase));
        var own = LetterEnd.Cut(isForward ? lines : QuotedHistory.Cut(lines));
        return Capped(Join(own) is { Length: > 0 } cut ? cut : Join(lines));
    }

    /// <summary>Spaces that do not break become plain ones, control characters go.</summary>
    private static string Clean(string line) =>
        new([.. line.Where(c => c == '\t' || !char.IsControl(c)).Select(c => c is '\t' or '\u00A0' ? ' ' : c)]);

    /// <summary>No space at line ends, at most one empty line in a row, none at either end.</summary>
    private static string Join(List<string> lines)
    {
        var kept = new List<string>();
        foreach (var line in lines.Select(l => l.TrimEnd()))
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
}
