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
    [InlineData("a\r\n\r\n\r\n\r\nb\r\n", "a\n\nb")]
    [InlineData("", "")]
    public void The_writers_own_words_are_left(string text, string own) => Assert.Equal(own, LetterText.Own(text, "Re: x"));

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
