using System.Text;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Letters;
using ListeningBot.Channels.Mail.Mime;

namespace ListeningBot.Tests.Channels.Mail.Mime;

/// <summary>Random and hostile content through all that reads it.</summary>
public sealed class MimeFuzzTests
{
    private static readonly string[] Encodings = ["7bit", "base64", "quoted-printable", "x"];
    private static readonly string?[] Names = [null, "utf-8", "us-ascii", "iso-2022-jp", "shift_jis", "gb18030", "big5", "euc-kr", "windows-1251", "utf-16", "utf-7", "hz-gb-2312", "x-odd", "", "\0", "iso-2022-kr"];
    private static readonly string[] Pieces = ["=?utf-8?Q?", "=?", "?=", "=C3", "=\r\n", "\r\n", "> ", "-- \r\n", "On 2 Nov, x wrote:\r\n", "From: a\r\nSent: b\r\nTo: c\r\n", "<div class=gmail_quote>", "</div>", "<blockquote type=cite>", "\e$B", "\e(B", "\xFF", "\xC3", "&", "<", "text ", "SGVsbG8=", "____________________\r\n", "References: ", "\r\n "];

    [Fact]
    public void Random_letters_never_crash_and_keep_to_their_caps()
    {
        var random = new Random(2045);
        for (var round = 0; round < 6000; round++)
        {
            var bytes = Some(random);
            var part = new BodyPart("1", round % 2 == 0 ? "text/html" : "text/plain", new Dictionary<string, string> { ["charset"] = Names[round % Names.Length] ?? "x", ["format"] = "flowed" }, Encodings[round % Encodings.Length], 0, null, null, []);

            var text = LetterBody.Read(part, bytes, "Re: x");

            Assert.InRange(text.Length, 0, LetterText.MaxChars);
            Assert.DoesNotContain(text, c => char.IsControl(c) && c != '\n');
            EncodedWords.Decode(bytes);
            HeaderFields.Parse(bytes);
            MailDate.Parse(Encoding.Latin1.GetString(bytes));
            MimeParameters.Combine([("a*0*", bytes), ("a*1", bytes), ("b", bytes), ("", bytes), ("***", bytes)]);
        }
    }

    private static byte[] Some(Random random)
    {
        var bytes = new List<byte>();
        for (var i = random.Next(40); i > 0; i--)
        {
            bytes.AddRange(random.Next(5) == 0 ? [(byte)random.Next(256)] : Encoding.Latin1.GetBytes(Pieces[random.Next(Pieces.Length)]));
        }
        return [.. bytes];
    }

    /// <summary>Each took time with the square of its size, were it not for caps and linear readers: then this test would not end.</summary>
    [Theory]
    [InlineData("=?a?q?x")]
    [InlineData("=?utf-8?Q?a?= ")]
    [InlineData("=?utf-8?B?QQ==?==?koi8-r?B?QQ==?=")]
    [InlineData("(")]
    [InlineData("()")]
    [InlineData("<")]
    [InlineData("a: b\n c\n")]
    [InlineData("<div class=gmail_quote ")]
    [InlineData("<div class=gmail_quote>")]
    [InlineData("<blockquote type=cite><div>")]
    [InlineData("<meta ")]
    [InlineData("On \n")]
    [InlineData("On 2 Nov x\n")]
    [InlineData("From: a\n")]
    [InlineData("> ")]
    [InlineData("On Mon <a@b> \n> x\n")]
    [InlineData("This e-mail ")]
    [InlineData("Sent from my ")]
    [InlineData("____________________ ")]
    [InlineData("=\r\n")]
    [InlineData("= ")]
    [InlineData("x ")]
    public void Hostile_repetition_is_read_in_no_time(string piece)
    {
        var bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(piece, 262_144 / piece.Length)));
        foreach (var type in new[] { "text/plain", "text/html" })
        {
            foreach (var encoding in Encodings)
            {
                LetterBody.Read(new BodyPart("1", type, new Dictionary<string, string> { ["format"] = "flowed" }, encoding, 0, null, null, []), bytes, "Re: x");
            }
        }
        EncodedWords.Decode(bytes);
        HeaderFields.Parse(bytes);
        MailDate.Parse(Encoding.Latin1.GetString(bytes));
        ListeningBot.Channels.Mail.MessageIds.First(Encoding.Latin1.GetString(bytes));
    }
}
