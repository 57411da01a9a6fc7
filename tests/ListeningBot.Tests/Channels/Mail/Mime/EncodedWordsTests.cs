using System.Text;
using ListeningBot.Channels.Mail.Mime;

namespace ListeningBot.Tests.Channels.Mail.Mime;

public sealed class EncodedWordsTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=?utf-8?Q?Gr=C3=BC=C3=9Fe?=", "Grüße")]
    [InlineData("=?ISO-8859-15?Q?50_=A4?=", "50 €")]
    [InlineData("=?utf-8?B?8J+YoQ==?=", "😡")]
    [InlineData("=?utf-8?B?8J+Y?= =?utf-8?B?oQ==?=", "😡")]
    [InlineData("=?utf-8?B?8J8=?=\r\n =?utf-8?Q?=98=A1?=", "😡")]
    [InlineData("a =?utf-8?Q?b?= c =?utf-8?Q?d?=", "a b c d")]
    [InlineData("=?utf-8?X?b?=", "=?utf-8?X?b?=")]
    [InlineData("=?utf-8?Q?b", "b")]
    [InlineData("=?=?utf-8?Q?b?=", "=?b")]
    [InlineData("=?? =?utf-8?Q?b?=", "=?? b")]
    [InlineData("=?iso-2022-jp?B?GyRCQ21KOBsoQg==?=", "注文")]
    [InlineData("=?gb2312?B?ztK1xA==?=", "我的")]
    [InlineData("=?ks_c_5601-1987?B?wda5rg==?=", "주문")]
    public void Words_are_decoded(string header, string text) => Assert.Equal(text, EncodedWords.Decode(Encoding.Latin1.GetBytes(header)));

    [Fact]
    public void Base64_cut_by_a_cap_gives_what_it_holds() =>
        Assert.Equal(["", "", "H", "He", "Hel", "Hel", "Hell"], Enumerable.Range(0, 7).Select(n => Encoding.ASCII.GetString(TransferEncoding.Base64(Encoding.ASCII.GetBytes("SGVsbG8=")[..n]))));

    [Fact]
    public void A_character_cut_by_a_cap_is_left_out() =>
        Assert.Equal(["ab", "ab", "ab", "ab", "ab😡"], Enumerable.Range(2, 5).Select(n => Charsets.Decode(Encoding.UTF8.GetBytes("ab😡")[..n], "utf-8")));

    [Theory]
    [InlineData("name", "plain.txt", "plain.txt")]
    [InlineData("name*", "utf-8'de'Gr%C3%BC%C3%9Fe", "Grüße")]
    [InlineData("name*", "no quotes %41", "no quotes A")]
    [InlineData("name*0*", "koi8-r''%D6", "ж")]
    [InlineData("name*7", "rest", "rest")]
    [InlineData("NAME*x*y", "odd", "odd")]
    public void Parameters_are_put_together(string name, string value, string text) =>
        Assert.Equal(text, MimeParameters.Combine([(name, Encoding.Latin1.GetBytes(value))])["name"]);
}
