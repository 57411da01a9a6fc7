using System.Text;
using ListeningBot.Channels.Mail;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Letters;
using ListeningBot.Channels.Mail.Mime;
using ListeningBot.Core.Posts;

namespace ListeningBot.IntegrationTests.Channels.Mail;

/// <summary>A letter read without a server: a small stand-in describes its parts and cuts them at the sizes that the channel asks for.</summary>
internal sealed class TakenApart
{
    private static readonly MailPost Posts = new("inbox", new MailOptions { User = "care@acme.example" });
    private readonly Dictionary<string, byte[]> _contents = [];
    private readonly HeaderFields _fields;
    private readonly BodyPart _body;

    public TakenApart(byte[] letter)
    {
        var (head, body) = Halves(letter);
        _fields = HeaderFields.Parse(head);
        _body = Part(_fields, body, "", 0);
    }

    public Post Read()
    {
        var subject = ListeningBot.Channels.Mail.Text.OneLine(EncodedWords.Decode(Bytes("Subject")), 1000);
        var head = new MailHead(1, DateTimeOffset.UnixEpoch, MailDate.Parse(_fields["Date"]), subject, Address("From"), _fields["Message-ID"], _fields["In-Reply-To"], _fields, _body) { ReplyTo = Address("Reply-To"), To = Address("To") };
        var text = TextOf(head, TextParts.Choose(head.Body, LetterText.IsForward(subject)));
        if (LetterStub.Is(text) && TextParts.Html(head.Body) is { } html)
        {
            text = TextOf(head, [html]) is { Length: > 0 } other ? other : text;
        }
        return Posts.Of(head, 7, text.Length > 0 ? text : LetterStub.Instead(head.Body));
    }

    private string TextOf(MailHead head, IReadOnlyList<BodyPart> parts) =>
        string.Join("\n\n", parts.Where(p => _contents.ContainsKey(p.Section)).Select(p => LetterBody.Read(p, _contents[p.Section], head.Subject, head.Answers)).Where(t => t.Length > 0));

    private byte[] Bytes(string field) => Encoding.UTF8.GetBytes(_fields[field] ?? "");

    private MailAddress? Address(string field)
    {
        var text = _fields[field] ?? "";
        var open = text.LastIndexOf('<');
        var address = (open < 0 ? text : text[(open + 1)..]).TrimEnd('>', ' ');
        return address.Contains('@', StringComparison.Ordinal) ? new MailAddress(ListeningBot.Channels.Mail.Text.OneLine(EncodedWords.Decode(Encoding.UTF8.GetBytes(open < 0 ? "" : text[..open])), 200), ListeningBot.Channels.Mail.Text.OneLine(address, 320).ToLowerInvariant()) : null;
    }

    private BodyPart Part(HeaderFields fields, byte[] body, string section, int depth)
    {
        var said = (fields["Content-Type"] ?? "text/plain").Split(';');
        var type = said[0].Trim().ToLowerInvariant();
        var parameters = MimeParameters.Combine(said.Skip(1).Select(Pair));
        if (type.StartsWith("multipart/", StringComparison.Ordinal) && depth < 40 && parameters.GetValueOrDefault("boundary") is { Length: > 0 } boundary)
        {
            var parts = Encoding.Latin1.GetString(body).Split($"--{boundary}", 100)[1..].Select((text, i) => Child(text, section.Length == 0 ? $"{i + 1}" : $"{section}.{i + 1}", depth));
            return new BodyPart(section, type, parameters, "7bit", 0, null, null, [.. parts]);
        }
        section = section.Length == 0 ? "1" : section;
        var inner = type == "message/rfc822" && depth < 40 ? new[] { Child("\n" + Encoding.Latin1.GetString(body), $"{section}.1", depth) } : [];
        var max = type == "text/html" ? LetterTexts.MaxHtmlBytes : LetterTexts.MaxPlainBytes;
        _contents[section] = body.Length > max ? body[..max] : body;
        var disposition = (fields["Content-Disposition"] ?? "").Split(';')[0].Trim().ToLowerInvariant();
        return new BodyPart(section, type, parameters, (fields["Content-Transfer-Encoding"] ?? "7bit").ToLowerInvariant(), body.Length, disposition.Length == 0 ? null : disposition, parameters.GetValueOrDefault("name"), inner);
    }

    private BodyPart Child(string text, string section, int depth)
    {
        var start = text.IndexOf('\n', StringComparison.Ordinal);
        var (head, body) = Halves(Encoding.Latin1.GetBytes(text[(start + 1)..]));
        return Part(HeaderFields.Parse(head), body, section, depth + 1);
    }

    private static (string, byte[]) Pair(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (text[..at].Trim(), Encoding.Latin1.GetBytes(text[(at + 1)..].Trim().Trim('"'))) : ("", []);

    private static (byte[] Head, byte[] Body) Halves(byte[] letter)
    {
        var empty = letter.AsSpan().IndexOf("\r\n\r\n"u8);
        return empty < 0 ? (letter, []) : (letter[..empty], letter[(empty + 4)..]);
    }
}
