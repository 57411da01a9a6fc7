using ListeningBot.Core.Posts;
using ListeningBot.Reach;

namespace ListeningBot.Tests.Reach;

public sealed class TextContactsTests
{
    [Theory]
    [InlineData("write to mia@example.com please", "mia@example.com")]
    [InlineData("Mail: Mia.Lang+acme@Sub.Example.co.uk.", "mia.lang+acme@sub.example.co.uk")]
    [InlineData("mia (at) example (dot) com", "mia@example.com")]
    [InlineData("mia[at]example[dot]com", "mia@example.com")]
    [InlineData("mia {at} mail.example {dot} com", "mia@mail.example.com")]
    [InlineData("mia(ät)beispiel(punkt)de", "mia@beispiel.de")]
    [InlineData("mia [arobase] exemple [point] fr", "mia@exemple.fr")]
    [InlineData("mia AT example DOT com", "mia@example.com")]
    [InlineData("mia (at) example.com", "mia@example.com")]
    [InlineData("<mia@example.com>", "mia@example.com")]
    [InlineData("mia@bücher.example", "mia@bücher.example")]
    public void An_address_is_found_however_it_is_written(string text, string address) =>
        Assert.Equal(new Contact(ContactKind.Mail, address, "the post"), Assert.Single(TextContacts.In(text, "the post", anyLink: false)));

    [Theory]
    [InlineData("look at this dot com bubble")]
    [InlineData("we meet at noon. dot com is over")]
    [InlineData("logo@2x.png")]
    [InlineData("noreply@example.com and do-not-reply@example.com")]
    [InlineData("https://user:secret@example.com/x")]
    [InlineData("@mia and @acme, look: #fail @ home")]
    [InlineData("mia@localhost a@b")]
    [InlineData("git@example.com:mia/repo.git")]
    [InlineData("see https://shop.example/laptop and www.acme.example")]
    public void What_is_no_way_to_reach_somebody_is_none(string text) =>
        Assert.Empty(TextContacts.In(text, "the post", anyLink: false));

    [Theory]
    [InlineData("I am @mia@social.example there", "@mia@social.example")]
    [InlineData("https://social.example/@mia.", "https://social.example/@mia")]
    [InlineData("(https://www.linkedin.com/in/mia-lang)", "https://www.linkedin.com/in/mia-lang")]
    [InlineData("github.com/mia!", "https://github.com/mia")]
    [InlineData("https://bsky.app/profile/mia.example", "https://bsky.app/profile/mia.example")]
    public void An_account_is_found(string text, string account) =>
        Assert.Equal(new Contact(ContactKind.Profile, account, "the post"), Assert.Single(TextContacts.In(text, "the post", anyLink: false)));

    [Theory]
    [InlineData("https://x.com/intent/tweet?text=hi")]
    [InlineData("https://www.facebook.com/sharer/sharer.php?u=x")]
    [InlineData("https://x.com/share")]
    [InlineData("https://github.com/mia/repo/issues/1")]
    [InlineData("https://www.linkedin.com/company/acme")]
    public void Buttons_to_share_and_things_on_networks_are_no_accounts(string text) =>
        Assert.Empty(TextContacts.In(text, "the post", anyLink: false));

    [Fact]
    public void What_they_say_of_themselves_may_name_their_site() => Assert.Equal(
        [new Contact(ContactKind.Site, "https://mia.example/", "their profile"), new Contact(ContactKind.Site, "https://linktree.example/mia", "their profile")],
        TextContacts.In("Potter. https://mia.example, linktree.example/mia", "their profile", anyLink: true));

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("http://localhost/x")]
    [InlineData("http://intranet/mia")]
    [InlineData("https://[::1]/mia")]
    [InlineData("https://mia:secret@site.example/")]
    public void Addresses_that_are_no_public_sites_are_not_shown(string text) =>
        Assert.Empty(TextContacts.In(text, "their profile", anyLink: true));

    [Theory]
    [InlineData("mailto:mia@example.com?subject=Hi&body=x", "mia@example.com")]
    [InlineData("MAILTO:mia%40example.com", "mia@example.com")]
    [InlineData("mia@example.com", "mia@example.com")]
    [InlineData("mailto:mia@example.com,ben@example.com", null)]
    [InlineData("mailto:?subject=Share", null)]
    [InlineData("mailto:mia@example.com%0d%0aBcc:x@example.com", null)]
    [InlineData("did:plc:mia", null)]
    public void Of_a_mail_link_the_address_alone_counts(string href, string? address) => Assert.Equal(address, TextContacts.Address(href));

    [Theory]
    [InlineData("a@")]
    [InlineData("a.a.a.a.")]
    [InlineData("a (at) ")]
    [InlineData("x(dot)")]
    [InlineData("@a@")]
    [InlineData("http://")]
    [InlineData("a-")]
    public void Hostile_repetitions_take_no_time(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));
        var since = TimeProvider.System.GetTimestamp();

        _ = TextContacts.In(text, "the post", anyLink: true).ToList();

        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(6));
    }

    [Fact]
    public void What_is_found_is_short_and_without_white_space() =>
        Assert.All(
            TextContacts.In(string.Join(' ', Enumerable.Range(0, 500).Select(i => $"m{i}@example.com https://s{i}.example/{new string('x', i)} @u{i}@social.example")), "the post", anyLink: true),
            contact => Assert.True(contact.Value.Length <= 330 && !contact.Value.Any(char.IsWhiteSpace), contact.Value));
}
