using System.Text;
using ListeningBot.Channels.Mail;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Letters;

namespace ListeningBot.Tests.Channels.Mail.Imap;

/// <summary>Good answers of a server, broken at random: what can't be read is refused in the one agreed way, and all the rest becomes a post.</summary>
public sealed class MailHeadFuzzTests
{
    /// <summary>In the shape of RFC 3501, 7.4.2.</summary>
    private static readonly string[] Good =
    [
        "* 1 FETCH (UID 5 INTERNALDATE \"02-Nov-2026 09:00:00 +0100\" ENVELOPE (\"Mon, 2 Nov 2026 09:00:00 +0100\" \"=?utf-8?Q?Gr=C3=BC=C3=9Fe?=\" ((\"Mia\" NIL \"mia\" \"example.org\")) NIL NIL ((NIL NIL \"care\" \"acme.example\")) ((\"Jo\" NIL \"jo\" \"acme.example\")) ((NIL NIL \"unseen\" \"acme.example\")) \"<a@x>\" \"<b@x>\") BODYSTRUCTURE (\"text\" \"plain\" (\"charset\" \"utf-8\" \"format\" \"flowed\") NIL NIL \"quoted-printable\" 120 4 NIL NIL NIL NIL) BODY[HEADER.FIELDS (LIST-ID)] {27}\r\nReferences: <a@x>\r\n <c@x>\r\n)\r\n",
        "* 2 FETCH (UID 6 ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) BODYSTRUCTURE ((\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1 NIL (\"attachment\" (\"filename*0*\" \"utf-8''%C3\" \"filename*1*\" \"%BC.txt\")) NIL NIL)((\"text\" \"html\" NIL NIL NIL \"base64\" 9 1)(\"image\" \"png\" (\"name\" \"a\") \"<c>\" NIL \"base64\" 99) \"related\" (\"boundary\" \"x\"))(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 9 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) (\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1) 3) \"mixed\" (\"boundary\" \"y\") NIL NIL))\r\n",
    ];

    [Fact]
    public void Good_heads_are_read()
    {
        var first = Head(Encoding.Latin1.GetBytes(Good[0]))!;
        Assert.Equal((5u, "Grüße", "mia@example.org", "<b@x>", "<a@x> <c@x>"), (first.Uid, first.Subject, first.From!.Address, first.MessageId, first.Fields["References"]));
        Assert.Equal(["care@acme.example", "jo@acme.example", "unseen@acme.example"], first.Recipients.Select(to => to.Address));

        var second = Head(Encoding.Latin1.GetBytes(Good[1]))!;
        Assert.Equal("ü.txt", second.Body.Parts[0].FileName);
        Assert.Equal(["2.1"], TextParts.Choose(second.Body, forwards: false).Select(p => p.Section));
        Assert.Equal("message/rfc822", second.Body.Parts[2].Type);
    }

    [Fact]
    public void Broken_heads_are_refused_or_read_but_never_crash()
    {
        var random = new Random(3501);
        var read = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = Break(Encoding.Latin1.GetBytes(Good[round % Good.Length]), random);
            try
            {
                if (Head(bytes) is { } head)
                {
                    var post = new MailPost("inbox", new MailOptions { User = "care@acme.example" }).Of(head, 7, "text");
                    Assert.NotEmpty(post.Key.Id);
                    Assert.InRange(TextParts.Choose(head.Body, forwards: true).Count, 0, 24);
                    read++;
                }
            }
            catch (ImapFormatException)
            {
                // The one way in which it may refuse.
            }
        }
        Assert.InRange(read, 1000, 20_000);
    }

    private static MailHead? Head(byte[] response) => MailHead.Read(ImapResponse.Parse(response).Values.FirstOrDefault() ?? ImapNil.Value);

    private static byte[] Break(byte[] good, Random random)
    {
        var bytes = good.ToList();
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count / 2), random.Next(1, 20)));
                    break;
                default:
                    bytes.Insert(at, "()\"{}\\ =?"u8[random.Next(9)]);
                    break;
            }
        }
        return [.. bytes];
    }
}
