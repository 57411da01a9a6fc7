using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Tests.Text;

public sealed class FoldingTests
{
    [Fact]
    public void This_build_folds_as_it_must() => Folding.SelfCheck();

    [Theory]
    [InlineData("Refund NOW", "refund now")]
    [InlineData("Crème Brûlée", "creme brulee")]
    [InlineData("Cre\u0300me", "creme")]
    [InlineData("ŁÓDŹ øre đ æ œ", "lodz ore d ae oe")]
    [InlineData("Straße STRASSE", "strasse strasse")]
    [InlineData("İstanbul ısı", "istanbul isi")]
    [InlineData("ﬁne ﬂat", "fine flat")]
    [InlineData("Ｒｅｆｕｎｄ！ ＃ａｃｍｅ", "refund! #acme")]
    [InlineData("𝐑𝐞𝐟𝐮𝐧𝐝 𝓇ℯ𝒻𝓊𝓃𝒹 Ⓡⓔⓕⓤⓝⓓ ʀᴇꜰᴜɴᴅ", "refund refund refund refund")]
    [InlineData("re\u00ADfu\u200Bn\u2060d\uFEFF", "refund")]
    [InlineData("r\u0335e\u0336fund", "refund")]
    [InlineData("Acme™ Acme®", "acme™ acme®")]
    [InlineData("don’t “quote” – well…", "don't \"quote\" - well...")]
    [InlineData("a\u00A0b\u3000c", "a b c")]
    public void Forms_of_Latin_text_become_plain(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Theory]
    [InlineData("r\u0435fund", "refund")]
    [InlineData("\u0420\u0430yPal", "paypal")]
    [InlineData("\u0391pple", "apple")]
    [InlineData("асе", "асе")]
    [InlineData("Возврат", "возврат")]
    [InlineData("в\u006Fзвр\u0061т", "возврат")]
    [InlineData("жazz", "жazz")]
    public void Look_alikes_inside_a_word_take_its_script(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Theory]
    [InlineData("ΣΊΣΥΦΟΣ ΐ", "σισυφοσ ι")]
    [InlineData("Ёж, Йод", "еж, иод")]
    [InlineData("أَهْلًا وَسَهْلًا", "اهلا وسهلا")]
    [InlineData("شـــكرا", "شكرا")]
    [InlineData("ﻣﺮﺣﺒﺎ", "مرحبا")]
    [InlineData("پشتیبانی", "پشتيباني")]
    [InlineData("٣٤ ३४", "34 34")]
    public void Other_scripts_are_folded_too(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Theory]
    [InlineData("ﾊﾞｽ ﾊﾟｽ ﾊｽ", "バス パス ハス")]
    [InlineData("か\u3099 は\u309A ウ\u3099", "が ぱ ヴ")]
    [InlineData("\u1112\u1161\u11AB\u1100\u116E\u11A8", "한국")]
    [InlineData("น้ำ ไม่", "น้ำ ไม่")]
    [InlineData("कुल कल", "कुल कल")]
    public void Marks_that_belong_to_the_spelling_stay(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Fact]
    public void Folding_twice_changes_nothing_more()
    {
        for (var c = 0; c <= 0x10FFFF; c++)
        {
            if (Rune.IsValid(c))
            {
                var once = Folding.Fold(new Rune(c).ToString());
                Assert.Equal(once, Folding.Fold(once));
            }
        }
    }

    [Fact]
    public void Broken_text_folds_into_the_promised_room()
    {
        var random = new Random(7);
        var into = new byte[Folding.MaxLength(40)];
        var text = new byte[40];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(text);
            var length = Folding.Fold(text, into);
            Assert.True(Encoding.UTF8.GetString(into, 0, length).IndexOf('A') < 0);
        }
    }

    [Fact]
    public void Too_little_room_is_told()
    {
        Assert.False(Folding.TryFold("Refund"u8, new byte[5], out _));
        Assert.False(Folding.TryFold("Réfund"u8, new byte[5], out _));
        Assert.False(Folding.TryFold("вoзврат"u8, new byte[13], out _));
        Assert.True(Folding.TryFold("вoзврат"u8, new byte[14], out _));
    }

    [Fact]
    public void Folding_allocates_nothing()
    {
        var text = Encoding.UTF8.GetBytes("Crème 😡 r\u0435fund ﾊﾞｽ возврат");
        var into = new byte[Folding.MaxLength(text.Length)];
        Folding.Fold(text, into);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Folding.Fold(text, into);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
