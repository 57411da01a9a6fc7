using ListeningBot.Channels.Mail.Letters;

namespace ListeningBot.Tests.Channels.Mail.Letters;

public sealed class LetterTextTests
{
    [Theory]
    [InlineData("Broken.\n\nOn 2 Nov 2026, at 09:00, Care <c@acme.example> wrote:\n\n> Sorry", "Broken.")]
    [InlineData("Kaputt.\n\nAm 2. Nov. 2026 schrieb Care:\n> Sorry", "Kaputt.")]
    [InlineData("Cassé.\n\nLe 2 nov. 2026 à 09:00, Care a écrit :\n> Sorry", "Cassé.")]
    [InlineData("Kaputt.\n\nVon: Care\nGesendet: Montag\nAn: Ann\nBetreff: x\n\nSorry", "Kaputt.")]
    [InlineData("Broken.\n\n-----Original Message-----\nSorry", "Broken.")]
    [InlineData("> a\nYes\n> b\nNo", "Yes\nNo")]
    [InlineData("Broken.\n-- \nAnn", "Broken.")]
    [InlineData("Broken -- really -- broken", "Broken -- really -- broken")]
    [InlineData("Broken.\nGet Outlook for iOS", "Broken.")]
    [InlineData("> only\n> quotes", "> only\n> quotes")]
    [InlineData("From: my point of view\nthis is broken", "From: my point of view\nthis is broken")]
    [InlineData("On Monday it broke. He wrote:\nno", "On Monday it broke. He wrote:\nno")]
    [InlineData("This e-mail is confidential and intended for you: it is broken", "This e-mail is confidential and intended for you: it is broken")]
    [InlineData("Broken.\n\nIf you are not the intended recipient, delete this.", "Broken.")]
    [InlineData("Broken.\n\nConfidentiality notice:\n\nThis e-mail may be privileged.\n\nIf you are not the intended recipient, delete it.", "Broken.")]
    [InlineData("Hello,\n\nThis email is to complain about my kettle, which exploded and burnt my hand.\n\nAnn\n\nThis e-mail is confidential. If you are not the intended recipient, delete it.", "Hello,\n\nThis email is to complain about my kettle, which exploded and burnt my hand.\n\nAnn")]
    [InlineData("Hello,\nThis message is about a kettle that burns.\nAnn\nThis e-mail is confidential.\nIf you are not the intended recipient, delete it.", "Hello,\nThis message is about a kettle that burns.\nAnn")]
    [InlineData("Broken.\nSent with Spark", "Broken.")]
    [InlineData("Broken.\nSent via the Samsung Galaxy S23, an AT&T 5G smartphone", "Broken.")]
    [InlineData("Kaputt.\nGesendet mit der WEB.DE Mail App", "Kaputt.")]
    [InlineData("Kaputt.\nGesendet aus Outlook Mobile", "Kaputt.")]
    [InlineData("Kaputt.\nBitte prüfen Sie, ob diese E-Mail wirklich ausgedruckt werden muss.", "Kaputt.")]
    [InlineData("Kapot.\nVerzonden vanaf Outlook voor Android", "Kapot.")]
    [InlineData("Rotto.\nInviato da Outlook per Android", "Rotto.")]
    [InlineData("Не работает.\nОтправлено с iPhone", "Не работает.")]
    [InlineData("CAUTION: This email originated from outside of the organization.\n\nBroken.", "Broken.")]
    [InlineData("Broken.\n\nKind regards\nAnn\n0171 1234567\nMusterstraße 5, 12345 Berlin, Germany", "Broken.\n\nKind regards\nAnn")]
    [InlineData("a\r\n\r\n\r\n\r\nb\r\n", "a\n\nb")]
    [InlineData("", "")]
    public void The_writers_own_words_are_left(string text, string own) => Assert.Equal(own, LetterText.Own(text, "Re: x"));

    /// <summary>What begins like a lawyer's notice, a phone's line, small print or a server's warning, and is the writer's own.</summary>
    [Theory]
    [InlineData("This email is about my account. I asked you to delete it three times, and you charged me again in error.")]
    [InlineData("This message is about an unauthorised charge in error. Delete the account.")]
    [InlineData("This email is to complain: you sent my confidential data to the wrong recipient in error.")]
    [InlineData("Diese Nachricht schicke ich zum dritten Mal. Der Empfänger fehlt noch, das Konto wurde gelöscht.")]
    [InlineData("Versendet mit DHL am 3. November, bis heute nicht angekommen!")]
    [InlineData("Verzonden met PostNL op 3 november, nog steeds niets ontvangen.")]
    [InlineData("Verzonden vanaf jullie magazijn, nooit aangekomen.")]
    [InlineData("Sent with the wrong cable for the third time.")]
    [InlineData("Sent via the wrong courier and left in the rain.")]
    [InlineData("Sent with the wrong parts, and they never answered.")]
    [InlineData("Отправлено из Москвы три недели назад и до сих пор не пришло.")]
    [InlineData("Inviato da Milano tre settimane fa e mai arrivato.")]
    [InlineData("Von meiner Tochter letzte Woche an Sie zurück gesendet")]
    [InlineData("Bitte prüfen Sie, warum der Drucker nicht mehr drucken kann.")]
    [InlineData("Warning: your product caught fire, I left a message on your external hotline, nobody reacted")]
    public void What_only_begins_like_an_addition_stays(string sentence) =>
        Assert.Equal("Hello,\n\n" + sentence, LetterText.Own("Hello,\n\n" + sentence, "x"));

    [Fact]
    public void What_is_said_below_the_telephone_stays() =>
        Assert.Equal("Broken.\n\nKind regards\nAnn\n\nplease call me today or I go to my lawyer", LetterText.Own("Broken.\n\nKind regards\nAnn\n0171 1234567\nplease call me today or I go to my lawyer", "x"));

    [Theory]
    [InlineData("Fwd: x")]
    [InlineData("WG: x")]
    public void A_forwarded_letter_keeps_its_history(string subject) =>
        Assert.Equal("See:\n\n-----Original Message-----\nIt broke.", LetterText.Own("See:\n\n-----Original Message-----\nIt broke.", subject));

    [Fact]
    public void A_text_is_cut_at_its_cap_and_never_through_a_character()
    {
        var own = LetterText.Own("x" + string.Concat(Enumerable.Repeat("😡", LetterText.MaxChars)), "");
        Assert.Equal(LetterText.MaxChars - 1, own.Length);
        Assert.False(char.IsHighSurrogate(own[^1]));
    }
}
