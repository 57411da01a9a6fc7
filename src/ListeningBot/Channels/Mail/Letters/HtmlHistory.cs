using System.Text.RegularExpressions;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Cuts earlier letters out of HTML while their marks are still there: text alone no longer shows them.</summary>
internal static partial class HtmlHistory
{
    private const int MaxQuotes = 50;

    /// <summary>Quoted elements go, and everything from the mark at which Outlook begins the history. A forwarded letter stays whole.</summary>
    public static string Cut(string html)
    {
        var end = HistoryBelow().Match(html);
        var kept = end.Success ? html[..end.Index] : html;
        for (var i = 0; i < MaxQuotes && QuotedElement().Match(kept) is { Success: true } quote; i++)
        {
            if (ForwardMark().IsMatch(kept.AsSpan(quote.Index, Math.Min(1000, kept.Length - quote.Index))))
            {
                return kept;
            }
            kept = kept.Remove(quote.Index, EndOf(kept, quote.Index, quote.Groups["tag"].Value) - quote.Index);
        }
        return kept;
    }

    /// <summary>The index after the closing tag that belongs to the element at <paramref name="start"/>; the end when it is never closed.</summary>
    private static int EndOf(string html, int start, string tag)
    {
        var depth = 0;
        var edges = tag.Equals("div", StringComparison.OrdinalIgnoreCase) ? DivEdge() : BlockquoteEdge();
        foreach (var match in edges.EnumerateMatches(html.AsSpan(start)))
        {
            depth += html[start + match.Index + 1] == '/' ? -1 : 1;
            if (depth == 0)
            {
                var close = html.IndexOf('>', start + match.Index);
                return close < 0 ? html.Length : close + 1;
            }
        }
        return html.Length;
    }

    [GeneratedRegex(@"<(?<tag>div|blockquote)\b[^>]{0,300}?(class\s*=\s*[""']?[^""'>]{0,100}?\b(gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|zmail_extra|wrote)\b|type\s*=\s*[""']?cite)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex QuotedElement();

    [GeneratedRegex(@"<[a-z]{1,10}\b[^>]{0,300}?(id\s*=\s*[""']?(appendonsend|divRplyFwdMsg|x_divRplyFwdMsg|mail-editor-reference-message-container|stopSpelling|OLK_SRC_BODY_SECTION)\b|border-top:\s?solid\s#(E1E1E1|B5C4DF)\s1\.0pt)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex HistoryBelow();

    [GeneratedRegex(@"</?div\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex DivEdge();

    [GeneratedRegex(@"</?blockquote\b", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex BlockquoteEdge();

    [GeneratedRegex(@"-{5,}\s?(forwarded message|weitergeleitete nachricht|message transféré|mensaje reenviado|messaggio inoltrato|mensagem encaminhada|doorgestuurd bericht)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ForwardMark();
}
