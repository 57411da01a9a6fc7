using System.Text;
using ListeningBot.Channels;

namespace ListeningBot.Tests.Channels;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("plain ü", "plain ü")]
    [InlineData(@"\"" \\ \/ \b\f\n\r\t", "\" \\ / \b\f\n\r\t")]
    [InlineData(@"\u0041\u00e9\u20ac\ud83d\ude00", "Aé€\U0001F600")]
    [InlineData(@"\ud83d", "\uFFFD")]
    [InlineData(@"\ud83d\u0041", "\uFFFDA")]
    [InlineData(@"\ude00\ud83d\ude00", "\uFFFD\U0001F600")]
    [InlineData(@"cut \", @"cut \")]
    [InlineData(@"cut \u12", "cut ?12")]
    [InlineData(@"bad \uZZZZ", "bad ?ZZZZ")]
    public void A_token_means_what_its_escapes_say(string raw, string text)
    {
        Assert.Equal(text, JsonText.ToText(Encoding.UTF8.GetBytes(raw)));
    }

    [Fact]
    public void Whatever_the_bytes_they_fit_where_they_came_from()
    {
        var random = new Random(7);
        var signs = @"\\\\uuud89abcdef0123nt/""x"u8.ToArray();
        for (var round = 0; round < 50_000; round++)
        {
            var raw = new byte[random.Next(40)];
            for (var i = 0; i < raw.Length; i++)
            {
                raw[i] = random.Next(8) == 0 ? (byte)random.Next(256) : signs[random.Next(signs.Length)];
            }
            var written = JsonText.Unescape(raw, new byte[raw.Length]);
            Assert.InRange(written, 0, raw.Length);
        }
    }
}
