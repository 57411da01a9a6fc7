using System.Text;
using System.Text.RegularExpressions;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Mime;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>The bytes of a text part as plain text of the writer's own.</summary>
internal static partial class LetterBody
{
    private const int MaxPlain = 100_000;
    private const string NotDecoded = "(This letter is in UTF-7, which is not decoded: its characters stand here as they came.)";

    /// <param name="content">As the server sent it, perhaps cut.</param>
    /// <param name="answers">The letter names one that it answers.</param>
    public static string Read(BodyPart part, byte[] content, string subject, bool answers = false)
    {
        var bytes = TransferEncoding.Decode(content, part.Encoding);
        var text = part.Type == "text/html" ? FromHtml(part, bytes) : FromPlain(part, bytes);
        var own = LetterText.Own(text, subject, answers);
        return own.Length > 0 && CharsetNames.IsUtf7(part.Parameter("charset")) ? $"{NotDecoded}\n{own[..Math.Min(own.Length, LetterText.MaxChars - NotDecoded.Length - 1)]}" : own;
    }

    private static string FromPlain(BodyPart part, byte[] bytes)
    {
        var text = PgpText.Plain(Charsets.Decode(bytes, part.Parameter("charset")));
        if (IsReallyHtml().IsMatch(text.AsSpan(0, Math.Min(text.Length, 200))))
        {
            return LetterHtml.ToMarked(text, MaxPlain);
        }
        var isFlowed = "flowed".Equals(part.Parameter("format"), StringComparison.OrdinalIgnoreCase);
        return LetterMarks.Without(isFlowed ? FlowedText.Unfold(text, "yes".Equals(part.Parameter("delsp"), StringComparison.OrdinalIgnoreCase)) : text);
    }

    private static string FromHtml(BodyPart part, byte[] bytes)
    {
        // Servers tell us-ascii where the letter told nothing.
        var told = part.Parameter("charset") is { } charset && !charset.Equals("us-ascii", StringComparison.OrdinalIgnoreCase) ? charset : null;
        return LetterHtml.ToMarked(Charsets.Decode(bytes, told ?? Declared(bytes)), MaxPlain);
    }

    /// <summary>What the page itself says: meta charset.</summary>
    private static string? Declared(byte[] bytes) =>
        MetaCharset().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 2048))) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"<meta\b[^>]{0,200}\bcharset\s*=\s*[""']?(?<name>[\w-]{1,40})", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex MetaCharset();

    /// <summary>Forms and shops send whole pages as plain text.</summary>
    [GeneratedRegex(@"^\s*(<!doctype html|<html[\s>])", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex IsReallyHtml();
}
