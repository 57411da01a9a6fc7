using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Tests.Text;

public sealed class LanguageGuessTests
{
    [Theory]
    [InlineData("en", "My laptop died again and nobody answers the phone")]
    [InlineData("en", "worst service ever, I'm done with you")]
    [InlineData("und", "screen broken")]
    [InlineData("und", "replacement shipment stuck")]
    [InlineData("und", "acmebikes is broken, nobody answers")]
    [InlineData("de", "Mein Paket ist seit drei Wochen nicht angekommen")]
    [InlineData("de", "Schon wieder kaputt, so eine Frechheit")]
    [InlineData("fr", "Toujours pas de réponse, c'est inadmissible")]
    [InlineData("fr", "j'attends mon remboursement depuis deux mois")]
    [InlineData("es", "¿Por qué nadie contesta? Llevo dos semanas esperando")]
    [InlineData("es", "el pedido no ha llegado y nadie me responde")]
    [InlineData("it", "Il pacco non è ancora arrivato, sono molto delusa")]
    [InlineData("it", "nessuno risponde al telefono da tre giorni")]
    [InlineData("pt", "Ainda não recebi o meu reembolso, que vergonha")]
    [InlineData("pt", "o aplicativo não funciona há dois dias")]
    [InlineData("nl", "Mijn bestelling is nog steeds niet binnen")]
    [InlineData("nl", "waarom krijg ik geen antwoord van jullie")]
    [InlineData("ja", "iPhoneの返品がまだ終わらない")]
    [InlineData("zh", "我的退款三个星期还没有到")]
    [InlineData("ko", "환불을 아직 못 받았어요")]
    [InlineData("ru", "Верните мне деньги, Acme!")]
    [InlineData("ar", "لم أستلم طلبي حتى الآن")]
    [InlineData("hi", "मेरा पैसा वापस नहीं आया")]
    [InlineData("th", "สินค้าพังอีกแล้ว")]
    [InlineData("und", "")]
    [InlineData("und", "😡😡😡 !!! 42 https://acme.example/the/and/you")]
    [InlineData("und", "Acme XR-200")]
    [InlineData("und", "Siparişim hâlâ gelmedi, çok kötü bir hizmet")]
    public void The_language_of_a_short_text_is_told(string language, string text) =>
        Assert.Equal(language, LanguageGuess.Read(Encoding.UTF8.GetBytes(text)).Language);

    [Fact]
    public void Guessing_allocates_nothing()
    {
        var text = Encoding.UTF8.GetBytes("Toujours pas de réponse 😡 c'est inadmissible");
        LanguageGuess.Read(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        LanguageGuess.Read(text);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Broken_text_is_no_trouble()
    {
        var random = new Random(3);
        var text = new byte[80];
        for (var round = 0; round < 5_000; round++)
        {
            random.NextBytes(text);
            Assert.NotEmpty(LanguageGuess.Read(text).Language);
        }
    }
}
