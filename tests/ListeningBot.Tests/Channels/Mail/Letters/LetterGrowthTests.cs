using System.Text;
using ListeningBot.Channels.Mail;
using ListeningBot.Channels.Mail.Imap;
using ListeningBot.Channels.Mail.Letters;
using ListeningBot.Channels.Mail.Mime;

namespace ListeningBot.Tests.Channels.Mail.Letters;

/// <summary>Ten times as much of something nasty, up to the size that is ever fetched, takes about ten times as long: were it a hundred times, a letter could hold up the channel.</summary>
public sealed class LetterGrowthTests(ITestOutputHelper output)
{
    private static readonly TimeProvider Time = TimeProvider.System;

    [Theory]
    [InlineData("<")]
    [InlineData(">")]
    [InlineData("> ")]
    [InlineData(">\n")]
    [InlineData("<div>")]
    [InlineData("<div class=gmail_quote>")]
    [InlineData("<blockquote type=cite>a</blockquote>b")]
    [InlineData("<blockquote type=cite>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<ul><li>")]
    [InlineData("<p style=\"display:none\">")]
    [InlineData("</div>")]
    [InlineData("<!--")]
    [InlineData("<![CDATA[")]
    [InlineData("<script>")]
    [InlineData("<title>")]
    [InlineData("<a b=\"")]
    [InlineData("<a ")]
    [InlineData("&")]
    [InlineData("&amp")]
    [InlineData("&#")]
    [InlineData("=?utf-8?Q?a")]
    [InlineData("=?utf-8?Q?a?= ")]
    [InlineData("=?utf-8?Q?a =?koi8-r?B?")]
    [InlineData("<a@b> ")]
    [InlineData("<a@b ")]
    [InlineData("a@b> ")]
    [InlineData("a@b ")]
    [InlineData("\r\n <a@b>")]
    [InlineData("\r\n ")]
    [InlineData("On 2 Nov 2026, at 09:00, Ann <a@b> wrote:\n")]
    [InlineData("On 2 Nov 2026\n")]
    [InlineData("a:\n")]
    [InlineData("From: a@b\n\n\n")]
    [InlineData("From: a@b\nSent: b\n")]
    [InlineData("____________________\n")]
    [InlineData("-- \n")]
    [InlineData("--\n")]
    [InlineData("Kind regards\nTel: 1\n")]
    [InlineData("This e-mail\n")]
    [InlineData("Sent from my a b c d e\n\n")]
    [InlineData("-----BEGIN PGP MESSAGE-----\n")]
    [InlineData("-----BEGIN PGP SIGNED MESSAGE-----\n")]
    [InlineData("\u001b$B")]
    [InlineData("~{")]
    [InlineData("\u00c3\u00bc")]
    [InlineData("\u00f9\u00ed ")]
    [InlineData("= \r\n")]
    [InlineData("QQ==\n")]
    [InlineData("a ")]
    [InlineData("a \n")]
    public void Time_grows_as_the_letter_does(string piece)
    {
        foreach (var (name, read) in Readers())
        {
            var most = name == "HTML" ? LetterTexts.MaxHtmlBytes : LetterTexts.MaxPlainBytes;
            Many(piece, most / 100, read);
            var (less, more) = (Many(piece, most / 10, read), Many(piece, most, read));
            output.WriteLine($"{name}: {less.TotalMilliseconds:0.00} ms, {more.TotalMilliseconds:0.00} ms");
            Assert.True(more < TimeSpan.FromMilliseconds(250) || more < 40 * less, $"{name}: {most / 10} bytes of it take {less.TotalMilliseconds:0.0} ms, {most} take {more.TotalMilliseconds:0.0} ms");
            Assert.True(more < TimeSpan.FromSeconds(5), $"{name} takes {more.TotalSeconds:0.0} s");
        }
    }

    private static IEnumerable<(string Name, Action<byte[]> Read)> Readers()
    {
        foreach (var charset in new[] { "iso-2022-jp", "gb2312", "iso-8859-8", "utf-16" })
        {
            yield return (charset, bytes => Charsets.Decode(bytes, charset));
        }
        yield return ("plain text", bytes => LetterBody.Read(Part("text/plain", "utf-8", "8bit"), bytes, "Re: x", true));
        yield return ("a forward", bytes => LetterBody.Read(Part("text/plain", "utf-8", "8bit"), bytes, "Fwd: x"));
        yield return ("HTML", bytes => LetterBody.Read(Part("text/html", "utf-8", "8bit"), bytes, "Re: x", true));
        yield return ("base64", bytes => LetterBody.Read(Part("text/plain", "utf-8", "base64"), bytes, "Re: x", true));
        yield return ("quoted-printable", bytes => LetterBody.Read(Part("text/plain", "utf-8", "quoted-printable"), bytes, "Re: x", true));
        yield return ("header words", bytes => EncodedWords.Decode(bytes));
        yield return ("header fields", bytes => HeaderFields.Parse(bytes));
        yield return ("ids", bytes => MessageIds.Between(Encoding.Latin1.GetString(bytes), 20));
        yield return ("parameters", bytes => MimeParameters.Combine([("a*0*", bytes), ("a*1", bytes), ("b", bytes)]));
    }

    private static BodyPart Part(string type, string charset, string encoding) => new("1", type, new Dictionary<string, string> { ["charset"] = charset, ["format"] = "flowed" }, encoding, 0, null, null, []);

    /// <summary>The least of three tries: the machine is shared.</summary>
    private static TimeSpan Many(string piece, int size, Action<byte[]> read)
    {
        var bytes = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(piece, size / piece.Length)));
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var begun = Time.GetTimestamp();
            read(bytes);
            var took = Time.GetElapsedTime(begun);
            least = took < least ? took : least;
        }
        return least;
    }
}
