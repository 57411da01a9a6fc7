using ListeningBot.Net;

namespace ListeningBot.Tests.Net;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("plain words", "plain words")]
    [InlineData("  a\n\t b ", "a b")]
    [InlineData("fish &amp; chips &hellip; &nbsp;now&#33; &#x1F600; &bogus;", "fish & chips … now! 😀 &bogus;")]
    [InlineData("<p>One</p><p>Two <b>bold</b></p>", "One\n\nTwo bold")]
    [InlineData("One<br>Two<br/><br/><br/>Three", "One\nTwo\n\nThree")]
    [InlineData("<div>a</div><div>b</div>c", "a\nb\nc")]
    [InlineData("<ul><li>one</li><li><p>two</p></li><li></li></ul>after", "- one\n- two\n\nafter")]
    [InlineData("<ul><li>one<li>two</ul>", "- one\n- two")]
    [InlineData("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc")]
    [InlineData("see <a href=\"https://acme.example\">our page</a>.", "see our page.")]
    [InlineData("<pre>one\n  two</pre>", "one\ntwo")]
    [InlineData("hyphen\u00ADated zero\u200Bwidth", "hyphenated zerowidth")]
    [InlineData("great <img class=\"wp-smiley emoji\" alt=\"🙂\" src=x> day <img alt=\"a long picture\">", "great 🙂 day")]
    [InlineData("<h1>Head</h1>text", "Head\n\ntext")]
    public void Html_reads_as_a_person_would_read_it(string html, string plain) => Assert.Equal(plain, HtmlText.ToPlain(html, 1000));

    [Theory]
    [InlineData("a<script>alert('<p>x</p>')</script>b", "ab")]
    [InlineData("a<style>p{}</style>b<!-- c --><title>t</title>", "ab")]
    [InlineData("<head><title>t</title></head><body>b", "b")]
    [InlineData("a<span style=\"display:none\">x<span>y</span></span>b", "ab")]
    [InlineData("a<span style=\"DISPLAY : none !important\">x</span>b", "ab")]
    [InlineData("a<div style='color:red;font-size:0px;line-height:0'>preheader</div>b", "a\nb")]
    [InlineData("a<div style='font-size:0.9em'>seen</div>b", "a\nseen\nb")]
    [InlineData("<p hidden>x<p>y", "y")]
    [InlineData("<div><span hidden>x</div>seen", "seen")]
    [InlineData("a<br hidden>b", "ab")]
    [InlineData("<img width=1 height=1 src=\"https://tracker.example/p.gif\">b", "b")]
    [InlineData("<noscript><img src=x>no</noscript>b", "b")]
    [InlineData("<body style=\"opacity:0\">shown by a script</body>", "shown by a script")]
    [InlineData("<select><option>one</select>b", "b")]
    [InlineData("Hi&zwnj;&nbsp;&zwnj;&nbsp;&zwnj;there", "Hi\u200C there")]
    public void What_nobody_sees_is_left_out(string html, string plain) => Assert.Equal(plain, HtmlText.ToPlain(html, 1000));

    /// <summary>The builders of newsletters and order forms set every cell to 0, so that no gaps show between them, and each text within to a size of its own.</summary>
    [Theory]
    [InlineData("<td style=\"font-size:0px;padding:10px 25px;\"><div style=\"font-size:13px\">My order never came</div></td>", "My order never came")]
    [InlineData("<td style=font-size:0><table><tr><td style=font-size:0px>gap<span style=font-size:13px>My</span>gap</td><td style=font-size:0><span style=\"font:13px Arial\">order</span></td></tr></table>gap</td>seen", "My order\n\nseen")]
    [InlineData("<div style=font-size:0>gap<div style=font-size:1rem>One<div style=font-size:0>gap</div>two</div>gap</div>three", "One\ntwo\nthree")]
    [InlineData("<div style=font-size:0><font size=2>One</font>gap<b style=font-size:1em>gap</b><b style=font-size:100%>gap</b></div>", "One")]
    [InlineData("<p style=font-size:0>gap<p>seen", "seen")]
    [InlineData("<td style=font-size:0>gap<td>seen", "seen")]
    [InlineData("<div style=font-size:0><b>gap</div>seen", "seen")]
    [InlineData("<div style=\"font-size:0;font-size:13px\">seen</div>", "seen")]
    [InlineData("<div style=\"display:none\"><div style=font-size:13px>never</div></div>seen", "seen")]
    [InlineData("<p style=mso-hide:all>Only Outlook leaves this out</p>", "Only Outlook leaves this out")]
    public void What_sets_its_own_size_is_seen_within_what_has_none(string html, string plain) => Assert.Equal(plain, HtmlText.ToPlain(html, 1000));

    [Fact]
    public void A_hundred_thousand_nested_elements_do_no_harm()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 100_000)) + "deep" + string.Concat(Enumerable.Repeat("</div>", 100_000));

        Assert.Equal("deep", HtmlText.ToPlain(html, 1000));
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<a class=x class=y ")]
    [InlineData("<span hidden>")]
    [InlineData("<b style=font-size:0><i style=font-size:1px>")]
    [InlineData("</p>")]
    [InlineData("<b><font color=1>")]
    [InlineData("&amp")]
    [InlineData("<![CDATA[")]
    [InlineData("<p>a")]
    public void Twice_the_html_costs_about_twice_as_much(string piece)
    {
        Allocated(piece, 1000);
        var once = Allocated(piece, 20_000);
        var twice = Allocated(piece, 40_000);

        Assert.InRange(twice, 0, (long)(once * 2.6) + 100_000);
    }

    [Theory]
    [InlineData("😀😀😀", 3, "😀")]
    [InlineData("<p>ab</p><p>cd</p>", 3, "ab")]
    [InlineData("<p>ab</p><p>cd</p>", 5, "ab\n\nc")]
    [InlineData("abc", 0, "")]
    public void Text_ends_at_its_limit_and_no_character_is_cut(string html, int max, string plain) => Assert.Equal(plain, HtmlText.ToPlain(html, max));

    [Fact]
    public void Lone_surrogates_and_control_characters_do_not_get_through()
    {
        Assert.Equal("a\uFFFDb c", HtmlText.ToPlain("a\uD800b\u0000\u0007 c\u009B", 100));
        Assert.DoesNotContain('\u001B', HtmlText.ToPlain("<p>a&#27;[31m</p>", 100));
    }

    [Fact]
    public void Random_garbage_neither_fails_nor_shows_markup_characters_as_control()
    {
        var random = new Random(20261121);
        string[] pieces = ["<", ">", "</", "<p", "<div ", "style=", "\"", "'", "display:none", "<script>", "</script>", "<!--", "-->", "&", "&#x", ";", "text ", "\0", "\uD83D", "<br/>", "<pre>", "<svg><title>", "<textarea>", "=", "/>"];
        for (var i = 0; i < 3000; i++)
        {
            var html = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var plain = HtmlText.ToPlain(html, 200);
            Assert.InRange(plain.Length, 0, 200);
            Assert.DoesNotContain(plain, c => char.IsControl(c) && c != '\n');
        }
    }

    private static long Allocated(string piece, int times)
    {
        var html = string.Concat(Enumerable.Repeat(piece, times));
        var before = GC.GetAllocatedBytesForCurrentThread();
        HtmlText.ToPlain(html, 10_000);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
