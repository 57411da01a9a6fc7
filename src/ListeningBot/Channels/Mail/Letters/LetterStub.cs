using System.Text.RegularExpressions;
using ListeningBot.Channels.Mail.Imap;

namespace ListeningBot.Channels.Mail.Letters;

/// <summary>Text parts that say nothing: the letter's words stand elsewhere, or where we can't read them.</summary>
internal static partial class LetterStub
{
    private const int Longest = 400;

    /// <summary>Nothing, only pictures and links, or "your mail program shows no HTML".</summary>
    public static bool Is(string text) => text.Length == 0 || (text.Length < Longest && (NoHtml().IsMatch(text) || OnlyMarks().IsMatch(text)));

    /// <summary>What is said in place of a text that can't be read; empty when there is none at all.</summary>
    public static string Instead(BodyPart body) => Kind(body, 0) switch
    {
        "encrypted" => "(This letter is encrypted. Open it in the mailbox.)",
        "signed" => "(This letter's text lies inside its signature, which is not opened here. Open it in the mailbox.)",
        "tnef" => "(This letter's text is packed in winmail.dat, a format of Outlook alone. Open it in the mailbox.)",
        _ => "",
    };

    private static string? Kind(BodyPart part, int depth) => part.Type switch
    {
        "multipart/encrypted" => "encrypted",
        "application/pkcs7-mime" or "application/x-pkcs7-mime" => part.Parameter("smime-type")?.StartsWith("signed", StringComparison.OrdinalIgnoreCase) == true ? "signed" : "encrypted",
        "application/ms-tnef" or "application/vnd.ms-tnef" => "tnef",
        _ when depth < 20 => part.Parts.Select(p => Kind(p, depth + 1)).FirstOrDefault(kind => kind is not null),
        _ => null,
    };

    [GeneratedRegex(@"\bhtml\b|(view|read|see) (this|it|the) .*(browser|online)|im browser (an|ansehen)|dans (votre|un) navigateur|en (su|el|tu) navegador|nel (tuo )?browser", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex NoHtml();

    // Atomic: what one piece took it never gives back, so that a text which is not of this kind is told in one pass.
    [GeneratedRegex(@"^(?>(\[(image|cid|bild)[^\]]*\]|https?://\S+|[\W_])+)$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, LetterPatterns.Patience)]
    private static partial Regex OnlyMarks();
}
