using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Tests.Text;

public sealed class WordsTests
{
    [Theory]
    [InlineData("Don't panic!!", "Word:Don't Word:panic Punctuation:!!")]
    [InlineData("don’t l'Acme 'quoted' dogs'", "Word:don’t Word:l'Acme Punctuation:' Word:quoted Punctuation:' Word:dogs Punctuation:'")]
    [InlineData("#AcmeDown, @acme: hi", "Hashtag:#AcmeDown Punctuation:, AtName:@acme Punctuation:: Word:hi")]
    [InlineData("mail mia@acme.example now", "Word:mail Word:mia Punctuation:@ Word:acme Punctuation:. Word:example Word:now")]
    [InlineData("@acme.bsky.social. @acme@chat.example", "AtName:@acme.bsky.social Punctuation:. AtName:@acme@chat.example")]
    [InlineData("see https://acme.example/a?b=1#c. www.acme.example!", "Word:see Link:https://acme.example/a?b=1#c Punctuation:. Link:www.acme.example Punctuation:!")]
    [InlineData("3.5 1,000 10:30 3rd 15pro 2. $50", "Number:3.5 Number:1,000 Number:10:30 Word:3rd Word:15pro Number:2 Punctuation:. Punctuation:$ Number:50")]
    [InlineData("snake_case ___ a-b", "Word:snake_case Punctuation:___ Word:a Punctuation:- Word:b")]
    [InlineData("why??#fail :-( </3", "Word:why Punctuation:?? Hashtag:#fail Punctuation::-( Punctuation:</ Number:3")]
    [InlineData("so😡😡 👍🏽 👩‍👩‍👧 ❤️‍🔥 🇩🇪🇫🇷", "Word:so Emoji:😡 Emoji:😡 Emoji:👍🏽 Emoji:👩‍👩‍👧 Emoji:❤️‍🔥 Emoji:🇩🇪 Emoji:🇫🇷")]
    [InlineData("iPhoneを返品したい。3日", "Word:iPhone Unspaced:を返品したい Punctuation:。 Number:3 Unspaced:日")]
    [InlineData("#返金 ＃ａｃｍｅ", "Hashtag:#返金 Hashtag:＃ａｃｍｅ")]
    [InlineData("Возврат денег, παρακαλώ! أريد استرداد", "Word:Возврат Word:денег Punctuation:, Word:παρακαλώ Punctuation:! Word:أريد Word:استرداد")]
    [InlineData("พัง มาก", "Unspaced:พัง Unspaced:มาก")]
    [InlineData(" \u200B ", "")]
    public void A_text_falls_into_its_tokens(string text, string tokens)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var read = new List<string>();
        foreach (var token in new Words(bytes))
        {
            read.Add($"{token.Kind}:{Encoding.UTF8.GetString(token.In(bytes))}");
        }
        Assert.Equal(tokens, string.Join(' ', read));
    }

    [Fact]
    public void A_token_writes_its_folded_form()
    {
        var text = "  CRÈME"u8;
        var words = new Words(text);
        Assert.True(words.MoveNext());
        Span<byte> into = stackalloc byte[64];

        Assert.True(words.Current.TryFold(text, into, out var length));

        Assert.Equal("creme", Encoding.UTF8.GetString(into[..length]));
        Assert.False(words.Current.TryFold(text, into[..4], out _));
    }

    [Fact]
    public void Any_bytes_can_be_read_and_tokens_never_overlap()
    {
        var random = new Random(11);
        var text = new byte[60];
        for (var round = 0; round < 20_000; round++)
        {
            random.NextBytes(text);
            var end = 0;
            foreach (var token in new Words(text))
            {
                Assert.True(token.Start >= end && token.Length > 0 && token.End <= text.Length);
                end = token.End;
            }
        }
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var text = Encoding.UTF8.GetBytes("Crème 😡 @acme #fail ﾊﾞｽ https://acme.example don't 3.5");
        Count(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Count(text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static int Count(byte[] text)
    {
        var count = 0;
        foreach (var token in new Words(text))
        {
            count += token.Length;
        }
        return count;
    }
}
