using ListeningBot.Core.Posts;
using ListeningBot.Reach;

namespace ListeningBot.Tests.Reach;

public sealed class PageFindsTests
{
    private const string On = "blog.example/post";

    [Fact]
    public void What_a_page_says_of_its_author_comes_before_what_it_says_of_its_site()
    {
        var finds = Of("""
            <html><head><meta name="author" content="Mia Lang"><link rel="me" href="https://social.example/@mia"></head><body>
            <a href="mailto:editors@blog.example">Write to us</a>
            <a rel="author me" href="mailto:mia@blog.example">Mia</a>
            <a rel="me" href="https://github.com/mia">code</a>
            <footer><a href="/impressum">Impressum</a> <a href="/about-me">Über mich</a></footer></body></html>
            """);

        Assert.Equal("Mia Lang", finds.Author);
        Assert.Equal(
            [
                new Contact(ContactKind.Profile, "https://social.example/@mia", On),
                new Contact(ContactKind.Mail, "mia@blog.example", On),
                new Contact(ContactKind.Profile, "https://github.com/mia", On),
                new Contact(ContactKind.Mail, "editors@blog.example", On),
                new Contact(ContactKind.ContactPage, "https://blog.example/impressum", On),
            ],
            finds.Contacts.Distinct());
        Assert.Equal(["https://social.example/@mia", "https://github.com/mia"], finds.RelMe);
        Assert.Equal(["https://blog.example/impressum", "https://blog.example/about-me"], finds.More.Select(url => url.AbsoluteUri));
    }

    [Theory]
    [InlineData("<a href='/people/mia' rel='author'>Mia</a>", "https://blog.example/people/mia")]
    [InlineData("<a href='/x1'><b>Kontakt</b></a>", "https://blog.example/x1")]
    [InlineData("<a href='/x1'>Contact us</a>", "https://blog.example/x1")]
    [InlineData("<a href='https://blog.example/mentions-legales'>§</a>", "https://blog.example/mentions-legales")]
    [InlineData("<a href='sobre'>?</a>", "https://blog.example/sobre")]
    public void It_knows_where_more_may_stand(string html, string more) => Assert.Equal([more], Of(html).More.Select(url => url.AbsoluteUri));

    [Theory]
    [InlineData("<a href='https://other.example/contact'>Contact</a>")]
    [InlineData("<a href='javascript:contact()'>Contact</a>")]
    [InlineData("<a href='ftp://blog.example/contact'>Contact</a>")]
    [InlineData("<a href='https://u:p@blog.example/contact'>Contact</a>")]
    [InlineData("<a href='/post#contact'>Contact</a>")]
    [InlineData("<a href='/laptops'>Laptops</a> Contact")]
    [InlineData("<link rel='stylesheet' href='/contact-form.css'>")]
    public void Other_sites_scripts_and_the_page_itself_are_not_followed(string html) => Assert.Empty(Of(html).More);

    [Theory]
    [InlineData("<div style='display:none'><a href='mailto:trap@blog.example'>x</a></div>")]
    [InlineData("<script>document.write('<a href=\"mailto:x@blog.example\">')</script>")]
    [InlineData("<!-- <a href='mailto:x@blog.example'> -->")]
    [InlineData("<p>mia@blog.example</p>")]
    public void What_nobody_sees_and_what_others_may_have_written_counts_not(string html) => Assert.Empty(Of(html).Contacts);

    [Fact]
    public void On_a_page_about_its_people_the_text_counts_too() => Assert.Equal(
        new Contact(ContactKind.Mail, "mia@blog.example", On),
        Assert.Single(PageFinds.Of(new Page(new Uri("https://blog.example/post"), "<p>Mail: mia <b>(at)</b> blog (dot) example</p>"), isAbout: true).Contacts));

    [Fact]
    public void Endless_and_broken_markup_costs_no_more_than_its_length()
    {
        var deep = string.Concat(Enumerable.Repeat("<div><a href='/contact?x", 40_000));
        var links = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"<a href='mailto:m{i}@blog.example'>Contact</a>"));
        var since = TimeProvider.System.GetTimestamp();

        _ = Of(deep);
        var finds = Of(links);

        Assert.InRange(finds.Contacts.Count, 1, 5_000);
        Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static PageFinds Of(string html) => PageFinds.Of(new Page(new Uri("https://blog.example/post"), html), isAbout: false);
}
