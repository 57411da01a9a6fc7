using System.Globalization;
using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Tests.Text;

public sealed class MaskingTests
{
    [Theory]
    [InlineData("Call +49 170 1234567 now", "Call +•• ••• •••••67 now")]
    [InlineData("card 4111-1111 1111.1111", "card ••••-•••• ••••.••11")]
    [InlineData("(0170) 12/34-5", "(••••) ••/•4-5")]
    [InlineData("order AB12-CD34", "order AB••-CD34")]
    [InlineData("DE89370400440532013000", "DE••••••••••••••••••00")]
    [InlineData("٠١٧٠١٢٣٤ and １２３４", "••••••٣٤ and ••３４")]
    [InlineData("12\u200b34\u00ad56", "••\u200b••\u00ad56")]
    [InlineData("𝟏𝟐𝟑𝟒𝟓", "•••𝟒𝟓")]
    [InlineData("3 weeks, 45 calls, 120 euros", "3 weeks, 45 calls, 120 euros")]
    [InlineData("at 10:30 on 3 Nov", "at 10:30 on 3 Nov")]
    [InlineData("mia.lang+x@mail.example.org!", "•••@•••")]
    [InlineData("<mia@example.org>, please", "<•••@•••>, please")]
    [InlineData("mia＠example.org or mia [at] example.org or mia(at)example.org", "•••@••• or •••@••• or •••@•••")]
    [InlineData("hello @acme, hello (at home)", "hello @acme, hello (at home)")]
    [InlineData("", "")]
    public void Numbers_and_addresses_are_hidden_and_nothing_else(string text, string masked) => Assert.Equal(masked, Masking.Of(text));

    [Theory]
    [InlineData("Regards, Mia Lang", "Mia Lang", "Regards, M. L.")]
    [InlineData("MIA and mia, but no Miami and no slang", "Mia Lang", "M. and M., but no Miami and no slang")]
    [InlineData("ask mia_lang", "mia.lang@example.org", "ask M._L.")]
    [InlineData("私は山田太郎です", "山田太郎", "私は山.です")]
    [InlineData("Li is short", "Li", "Li is short")]
    public void Names_given_become_initials(string text, string name, string masked) => Assert.Equal(masked, Masking.Of(text, name));

    [Theory]
    [InlineData("Mia Lang", "M. L.")]
    [InlineData("mia.lang@example.org", "M. L.")]
    [InlineData("Dr. Ana Maria de la Cruz", "D. A. M.")]
    [InlineData("1234", "")]
    [InlineData("", "")]
    public void A_name_becomes_at_most_three_initials(string name, string initials) => Assert.Equal(initials, Masking.Name(name));

    [Fact]
    public void No_long_number_and_no_address_survives_in_any_text()
    {
        var random = new Random(20261121);
        for (var i = 0; i < 20_000; i++)
        {
            var (text, parts, numbers) = Text(random);

            var masked = Masking.Of(text, "Mia Lang");

            Assert.All(numbers, number => Assert.DoesNotContain(number, Digits(masked), StringComparison.Ordinal));
            Assert.InRange(Digits(masked).Length, 0, 2 * parts);
            Assert.DoesNotContain("mia.lang@", masked, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("example.org", masked, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Mia Lang", masked, StringComparison.Ordinal);
            Assert.Equal(masked, Masking.Of(masked, "Mia Lang"));
        }
    }

    [Fact]
    public void A_huge_text_is_masked_in_one_go()
    {
        var text = string.Concat(Enumerable.Repeat("(((@@ 1 2 3 (at) [at] a@ ", 20_000));

        Assert.DoesNotContain("1 2 3 ", Masking.Of(string.Concat(Enumerable.Repeat("1 2 3 ", 50_000)), "Mia"));
        Assert.NotEmpty(Masking.Of(text, "Mia"));
    }

    /// <summary>Words, with numbers of 6 to 16 different digits in all the ways that people write them.</summary>
    private static (string Text, int Parts, List<string> Numbers) Text(Random random)
    {
        string[] words = ["call", "me", "Mia Lang", "order", "please", "#", ":", ",", "!", "é", "漢字", "🙂", "\n", "mia.lang@example.org", "(mia.lang@example.org)", "a@b", "@", "(at)", "\ud83d", "12", "3."];
        string[] between = ["", "", "", " ", "-", ".", "/", ") ", " (", "\u00a0", "\u2011", "\u200b", "_", "\t"];
        var text = new StringBuilder();
        List<string> numbers = [];
        var parts = random.Next(1, 10);
        for (var n = 0; n < parts; n++)
        {
            if (random.Next(3) > 0)
            {
                text.Append(words[random.Next(words.Length)]).Append(' ');
                continue;
            }
            var digits = string.Concat(Enumerable.Range(0, random.Next(6, 17)).Select(_ => random.Next(10)));
            numbers.Add(digits);
            foreach (var digit in digits)
            {
                text.Append(digit).Append(between[random.Next(between.Length)]);
            }
            text.Append(" and ");
        }
        return (text.ToString(), parts, numbers);
    }

    private static string Digits(string text) => string.Concat(text.Where(c => CharUnicodeInfo.GetDecimalDigitValue(c) >= 0));
}
