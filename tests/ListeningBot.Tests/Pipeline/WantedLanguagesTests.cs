using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Pipeline;

/// <summary>Which posts a watch hears that listens for one language, or rules one out: scored for real, with what their source claims.</summary>
public sealed class WantedLanguagesTests
{
    private readonly Scorer _scorer = new();

    /// <summary>An app in Ukrainian says of all that is written with it that it is Ukrainian; which of the two it is, nobody can tell by its letters.</summary>
    [Theory]
    [InlineData("ru", "uk", "Верните мне деньги, Acme! Третью неделю никто не отвечает", true, true)]
    [InlineData("uk", "uk", "Поверніть гроші, Acme! Третій тиждень ніхто не відповідає", true, false)]
    [InlineData("uk", null, "Поверніть гроші, Acme! Третій тиждень ніхто не відповідає", true, true)]
    [InlineData("ru", "ru", "Верните мне деньги, Acme! Третью неделю никто не отвечает", true, false)]
    [InlineData("ru", null, "Верните мне деньги, Acme! Третью неделю никто не отвечает", true, false)]
    [InlineData("uk", "ru", "Верните мне деньги, Acme! Третью неделю никто не отвечает", false, true)]
    [InlineData("en", "uk", "Верните мне деньги, Acme! Третью неделю никто не отвечает", false, true)]
    public void A_language_is_heard_and_not_ruled_out_where_another_in_its_script_is_claimed(string language, string? claimed, string text, bool heard, bool ruledOutNot) =>
        Holds(language, claimed, text, heard, ruledOutNot);

    [Theory]
    [InlineData("zh", null, "Acmeの返品がまだ終わらない、誰も返事をしない", false, true)]
    [InlineData("zh", "ja", "Acmeの返品がまだ終わらない、誰も返事をしない", false, true)]
    [InlineData("ja", "ja", "Acmeの返品がまだ終わらない、誰も返事をしない", true, false)]
    [InlineData("zh", "zh-TW", "Acme客服不回覆訊息 ¯\\_(ツ)_/¯", true, true)]
    [InlineData("zh", "ja", "我的退款三个星期还没有到", true, true)]
    [InlineData("zh", null, "我的退款三个星期还没有到", true, false)]
    public void Who_listens_for_Chinese_hears_nothing_in_kana(string language, string? claimed, string text, bool heard, bool ruledOutNot) =>
        Holds(language, claimed, text, heard, ruledOutNot);

    /// <summary>The bot knows no Galician: it reads it as Portuguese, and says so for sure.</summary>
    [Theory]
    [InlineData("gl", "gl", "Levo tres semanas agardando polo meu paquete de Acme e ninguén me dá unha resposta", true, true)]
    [InlineData("gl", null, "Levo tres semanas agardando polo meu paquete de Acme e ninguén me dá unha resposta", true, true)]
    [InlineData("gl", "pt", "Espero há três semanas pelo meu pacote da Acme e ninguém me dá uma resposta", false, true)]
    [InlineData("ca", "ca", "Fa tres setmanes que espero el meu paquet d'Acme i ningú no em respon ni em diu res", true, true)]
    [InlineData("oc", "oc", "Fa tres setmanas qu'espèri mon paquet d'Acme e degun me respond pas ni per telefòn", true, true)]
    [InlineData("af", "af", "Ek wag al drie weke vir my pakkie van Acme en niemand antwoord my nie, dit is nie goed nie", true, true)]
    [InlineData("fy", null, "Ik wachtsje al trije wiken op myn pakje fan Acme en nimmen jout in antwurd", true, true)]
    [InlineData("ca", null, "Fa tres setmanes que espero el meu paquet d'Acme i ningú no em respon", true, true)]
    [InlineData("lb", "lb", "Säit enger Woch geet den Internet vun Acme net méi a keen huet mir gesot wat lass ass", true, true)]
    [InlineData("lb", null, "Ech hunn de Geld vun Acme net zréck kritt, dat ass eng Schan", true, true)]
    [InlineData("af", "af", "My kind is siek en Acme help my nie, in my hand het ek pen en water", true, true)]
    [InlineData("af", null, "My internet is af en Acme help my nie", true, true)]
    [InlineData("af", "en", "My internet is off and Acme does not help me at all", false, true)]
    [InlineData("vi", "vi", "Acme giao hàng cho tôi bị vỡ, tôi gọi điện mà không ai trả lời, dịch vụ quá tệ, tôi muốn được hoàn tiền ngay", true, true)]
    [InlineData("vi", null, "Toi da cho goi hang cua Acme ba tuan ma khong ai tra loi", true, true)]
    [InlineData("ga", null, "Ní oibríonn an fón nua ó Acme agus ní chabhraíonn siad liom", true, true)]
    [InlineData("co", null, "Aspettu u mo paccu d'Acme dapoi trè settimane è nimu mi risponde", true, true)]
    [InlineData("co", null, "Acme ùn m'hà micca resu i mo soldi", true, true)]
    [InlineData("rm", null, "Il quint dad Acme è fallà, els han prendì ils daners duas giadas e na vulan betg restituir els", true, true)]
    [InlineData("rm", null, "Mes pachet dad Acme è pers, jau hai telefonà al servetsch ma nagin na respunda, jau vi enavos mes daners", true, true)]
    [InlineData("li", "li", "Mien nui tillefoon van Acme is kapot en ze wille mich mien geld neet trökgaeve, det is toch gein maneer van doon", true, true)]
    [InlineData("li", null, "De besjtèlling van Acme is kwiet en de klantedeens haet gein tied veur mich, ich bin d'r gans klaor mit", true, true)]
    [InlineData("lb", "de-DE", "Ich warte seit drei Wochen auf mein Paket von Acme und niemand gibt mir eine Antwort", false, true)]
    [InlineData("gl", "gl", "Mein Paket ist seit drei Wochen nicht angekommen und niemand von euch meldet sich", false, true)]
    public void A_language_that_is_read_as_its_neighbour_is_heard_unless_its_source_claims_that_one(string language, string? claimed, string text, bool heard, bool ruledOutNot) =>
        Holds(language, claimed, text, heard, ruledOutNot);

    [Theory]
    [InlineData("en", "Acme order delivered to wrong door")]
    [InlineData("en", "Acme, u charged me twice")]
    [InlineData("en", "acme courier touched me. im 16")]
    [InlineData("de", "DAS HANDY BRENNT GRAD HALLO @acme")]
    public void A_guess_by_a_few_signs_passes_nothing_by_that_its_source_claims_to_be_wanted(string language, string text)
    {
        Holds(language, language, text, heard: true, ruledOutNot: true);
        Holds(language, language + "-XX", text, heard: true, ruledOutNot: true);
    }

    [Theory]
    [InlineData("Acme, u charged me twice")]
    [InlineData("Acme order delivered to wrong door")]
    public void Where_nothing_is_claimed_one_small_word_tells_nothing_for_sure(string text) => Holds("en", null, text, heard: true, ruledOutNot: true);

    [Theory]
    [InlineData("en", "Mein Paket ist seit drei Wochen nicht angekommen und niemand von euch meldet sich")]
    [InlineData("de", "My parcel has not arrived for three weeks and nobody of you answers the phone")]
    [InlineData("en", "Acmeの返品がまだ終わらない")]
    public void What_is_clearly_in_another_language_is_passed_by_whatever_is_claimed(string language, string text)
    {
        Holds(language, language, text, heard: false, ruledOutNot: true);
        Holds(language, null, text, heard: false, ruledOutNot: true);
    }

    private void Holds(string language, string? claimed, string text, bool heard, bool ruledOutNot)
    {
        var post = Some.Post(text) with { Lang = claimed };
        Assert.Equal(heard, Hears(Everything with { Languages = [language] }, post));
        Assert.Equal(heard, Hears(Asking($"lang:{language}"), post));
        Assert.Equal(ruledOutNot, Hears(Asking($"is:reply OR -lang:{language}"), post));
    }

    private bool Hears(Watch watch, Post post) =>
        Intake.MatchedBy(WatchSet.Build([watch], Ours.Nobody), post, _scorer.Assess(Intake.TextOf(post), Intake.EvidenceOf(post))).Count == 1;

    private static Watch Everything => new() { Name = "all", Team = "care", Everything = true, Channels = ["posts"] };

    private static Watch Asking(string query) => new() { Name = "asking", Team = "care", Query = new WatchQuery(query, QueryParser.Read(query).Root!) };
}
