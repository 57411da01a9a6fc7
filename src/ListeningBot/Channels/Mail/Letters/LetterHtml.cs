using System.Text;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>A letter in HTML as plain lines, with what its mail program says of quotes and signatures kept as <see cref="LetterMarks"/>. Costs no more than its length, however deep or broken.</summary>
internal sealed class LetterHtml
{
    private static readonly string[] HistoryIds = ["appendonsend", "divrplyfwdmsg", "x_divrplyfwdmsg", "mail-editor-reference-message-container", "stopspelling", "olk_src_body_section", "isforwardcontent"];
    private static readonly string[] QuoteClasses = ["gmail_quote", "yahoo_quoted", "protonmail_quote", "tutanota_quote", "zmail_extra", "moz-cite", "email_quote"];
    private static readonly string[] SignatureClasses = ["gmail_signature", "moz-signature", "protonmail_signature_block", "tutanota-signature"];
    private static readonly string[] SignatureIds = ["ms-outlook-mobile-signature", "composer_signature", "applemailsignature", "linebreakatbeginningofsignature"];

    private readonly PlainText _text;
    private readonly HtmlLayout _layout;
    private string? _marked;
    private char _mark;
    private int _depth;
    private bool _isHistory;

    private LetterHtml(int maxChars)
    {
        _text = new PlainText(maxChars);
        _layout = new HtmlLayout(_text);
    }

    public static string ToMarked(string html, int maxChars)
    {
        var letter = new LetterHtml(maxChars);
        using var walk = new HtmlWalk(LetterMarks.Without(html));
        while (!letter._text.IsFull && walk.Next())
        {
            letter.Take(walk);
        }
        return Prefixed(letter._text.ToString());
    }

    private void Take(HtmlWalk walk)
    {
        if (walk.Part == HtmlPart.Open)
        {
            _layout.Take(walk);
            Open(walk);
            return;
        }
        if (walk.Part == HtmlPart.Close && walk.Name == _marked && --_depth == 0)
        {
            End();
        }
        _layout.Take(walk);
    }

    private void Open(HtmlWalk walk)
    {
        if (walk.Name == _marked)
        {
            _depth++;
        }
        if (_mark == LetterMarks.Quote || HtmlTags.Void.Contains(walk.Name) || MarkOf(walk) is not { } mark)
        {
            return;
        }
        if (mark == LetterMarks.History)
        {
            Say(_isHistory ? null : LetterMarks.History);
            _isHistory = true;
        }
        else if (mark != _mark)
        {
            End();
            (_marked, _mark, _depth) = (walk.Name, mark, 1);
            Say(mark);
        }
    }

    private void End()
    {
        Say(_marked is null ? null : LetterMarks.End);
        (_marked, _mark, _depth) = (null, default, 0);
    }

    private void Say(char? mark)
    {
        if (mark is { } said)
        {
            _text.NoBullet();
            _text.Break(1);
            _text.Add([said]);
            _text.Break(1);
        }
    }

    private static char? MarkOf(HtmlWalk walk)
    {
        var (name, id, css) = (walk.Name, walk.Attribute("id"), walk.Attribute("class"));
        return name is "blockquote" && IsQuoted(walk, css) ? LetterMarks.Quote
            : name is not ("div" or "span" or "pre" or "p" or "table" or "section") ? null
            : IsOne(HistoryIds, id) || (name == "div" && IsOutlookBorder(walk.Attribute("style"))) ? LetterMarks.History
            : IsOne(SignatureIds, id) || Begins(SignatureClasses, css) ? LetterMarks.Signature
            : css.Contains("gmail_attr", StringComparison.OrdinalIgnoreCase) || css.Contains("moz-cite-prefix", StringComparison.OrdinalIgnoreCase) ? LetterMarks.Attribution
            : css.Contains("yahoo_quoted", StringComparison.OrdinalIgnoreCase) || IsOne(["zmail_extra"], css) || walk.Attribute("name") == "quote" ? LetterMarks.Quote
            : null;
    }

    /// <summary>Some programs only draw a line beside what they quote; an indentation without one is the writer's own.</summary>
    private static bool IsQuoted(HtmlWalk walk, string css) =>
        walk.Attribute("type").Equals("cite", StringComparison.OrdinalIgnoreCase) || Begins(QuoteClasses, css)
        || walk.Attribute("id") == "isReplyContent" || walk.Attribute("style").Contains("border-left", StringComparison.OrdinalIgnoreCase);

    private static bool IsOutlookBorder(string style) =>
        style.Contains("border-top:solid #E1E1E1 1.0pt", StringComparison.OrdinalIgnoreCase) || style.Contains("border-top:solid #B5C4DF 1.0pt", StringComparison.OrdinalIgnoreCase)
        || style.Contains("border-top: solid #E1E1E1 1.0pt", StringComparison.OrdinalIgnoreCase) || style.Contains("border-top: solid #B5C4DF 1.0pt", StringComparison.OrdinalIgnoreCase);

    private static bool IsOne(string[] names, string name) => name.Length > 0 && Array.Exists(names, n => n.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    private static bool Begins(string[] names, string css) => css.Length > 0 && Array.Exists(names, n => css.StartsWith(n, StringComparison.OrdinalIgnoreCase) && !css.Contains("prefix", StringComparison.OrdinalIgnoreCase));

    /// <summary>Each line between a mark and its end begins with the mark; the lines of marks alone go, but for the one of history.</summary>
    private static string Prefixed(string text)
    {
        var result = new StringBuilder(text.Length);
        char? mark = null;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range];
            if (line.Length > 0 && LetterMarks.Is(line[0]) && line[0] != LetterMarks.History)
            {
                mark = line[0] == LetterMarks.End ? null : line[0];
                continue;
            }
            if (mark is { } begun && line.Length > 0)
            {
                result.Append(begun);
            }
            result.Append(line).Append('\n');
        }
        return result.ToString();
    }
}
