using System.Text;
using System.Text.RegularExpressions;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Mime;
using ListeningBot.Net;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>The bytes of a text part as plain text of the writer's own.</summary>
internal static partial class LetterBody
{
    private const int MaxPlain = 100_000;

    /// <param name="content">As the server sent it, perhaps cut.</param>
    public static string Read(BodyPart part, byte[] content, string subject)
    {
        var bytes = TransferEncoding.Decode(content, part.Encoding);
        return part.Type == "text/html" ? FromHtml(part, bytes, subject) : FromPlain(part, bytes, subject);
    }

    private static string FromPlain(BodyPart part, byte[] bytes, string subject)
    {
        var text = Charsets.Decode(bytes, part.Parameter("charset"));
        var isFlowed = "flowed".Equals(part.Parameter("format"), StringComparison.OrdinalIgnoreCase);
        return LetterText.Own(isFlowed ? FlowedText.Unfold(text, "yes".Equals(part.Parameter("delsp"), StringComparison.OrdinalIgnoreCase)) : text, subject);
    }

    private static string FromHtml(BodyPart part, byte[] bytes, string subject)
    {
        // Servers tell us-ascii where the letter told nothing.
        var told = part.Parameter("charset") is { } charset && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase) ? charset : null;
        var html = Charsets.Decode(bytes, told ?? Declared(bytes));
        var own = LetterText.Own(HtmlText.ToPlain(HtmlHistory.Cut(html), MaxPlain), subject);
        return own.Length > 0 ? own : LetterText.Own(HtmlText.ToPlain(html, MaxPlain), subject);
    }

    /// <summary>What the page itself says: meta charset.</summary>
    private static string? Declared(byte[] bytes) =>
        MetaCharset().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 2048))) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"<meta\b[^>]{0,200}\bcharset\s*=\s*[""']?(?<name>[\w-]{1,40})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex MetaCharset();
}
