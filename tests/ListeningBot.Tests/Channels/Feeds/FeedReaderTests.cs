using ListeningBot.Channels.Feeds;

namespace ListeningBot.Tests.Channels.Feeds;

/// <summary>Payloads of our own, in the shapes of rssboard.org/rss-specification, web.resource.org/rss/1.0/spec, RFC 4287 and jsonfeed.org/version/1.1.</summary>
public sealed class FeedReaderTests
{
    private static readonly Uri Url = new("https://blog.example/feeds/all.xml");

    [Fact]
    public void Rss_2_is_read()
    {
        var item = Only("""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
              <channel><title>Blog</title><link>https://blog.example/</link><language>de-AT</language>
                <item><title>Acme &amp;amp; me</title><link>https://blog.example/1</link><guid isPermaLink="false">tag:1</guid>
                  <dc:creator><![CDATA[Mia Lang]]></dc:creator><pubDate>Mon, 02 Nov 2026 09:00:00 +0100</pubDate>
                  <description>Short &lt;b&gt;one&lt;/b&gt;</description>
                  <content:encoded><![CDATA[<p>The <em>whole</em> story.</p><script>x()</script>]]></content:encoded></item>
              </channel></rss>
            """);

        Assert.Equal("tag:1", item.Guid);
        Assert.Equal("https://blog.example/1", item.Link!.AbsoluteUri);
        Assert.Equal("Acme & me", item.Title);
        Assert.Equal("The whole story.", item.Text);
        Assert.False(item.IsSummary);
        Assert.Equal("Mia Lang", item.Author.Name);
        Assert.Equal("de-AT", item.Lang);
        Assert.Equal(new DateTimeOffset(2026, 11, 2, 8, 0, 0, TimeSpan.Zero), item.Posted);
    }

    [Fact]
    public void Rss_1_is_read()
    {
        var item = Only("""
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
              <channel rdf:about="https://blog.example/"><title>Blog</title><link>https://blog.example/</link></channel>
              <item rdf:about="https://blog.example/7"><title>Broken</title><link>https://blog.example/7</link>
                <description>It broke.</description><dc:date>2026-11-02T09:00:00Z</dc:date><dc:creator>mia@mail.example (Mia)</dc:creator></item>
            </rdf:RDF>
            """);

        Assert.Equal(("https://blog.example/7", "Broken", "It broke.", true), (item.Guid, item.Title, item.Text, item.IsSummary));
        Assert.Equal(("Mia", "mia@mail.example"), (item.Author.Name, item.Author.Id));
        Assert.NotNull(item.Posted);
    }

    [Fact]
    public void Atom_is_read_with_its_kinds_of_text()
    {
        var items = Read("""
            <feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://blog.example/de/" xml:lang="de"><author><name>The Blog</name><uri>https://blog.example/about</uri></author>
              <entry><id>a</id><title type="text">1 &lt; 2 &amp;amp;</title><link rel="edit" href="edit/1"/><link href="posts/1"/>
                <published>2026-11-02T09:00:00Z</published><updated>2026-11-03T09:00:00Z</updated>
                <content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>One</x:p><x:p style="display:none">Two</x:p><x:br/>Three &lt;3</x:div></content></entry>
              <entry xml:base="/en/" xml:lang="en"><id>b</id><title type="html">&lt;b&gt;Bold&lt;/b&gt;</title><link rel="alternate" href="posts/2"/><updated>2026-11-03T09:00:00Z</updated>
                <author><name>Mia</name><email>Mia@Mail.example</email></author><content type="html">&lt;p&gt;Html&lt;/p&gt;</content></entry>
              <entry><id>c</id><title>No text</title><link href="posts/3"/><summary>Sum</summary><content type="image/png">aGVsbG8=</content></entry>
            </feed>
            """).Items;

        Assert.Equal(("1 < 2 &amp;", "One\n\nThree <3", "https://blog.example/de/posts/1"), (items[0].Title, items[0].Text, items[0].Link!.AbsoluteUri));
        Assert.Equal(("The Blog", "de", 2), (items[0].Author.Name, items[0].Lang, items[0].Posted!.Value.Day));
        Assert.Equal(("Bold", "Html", "https://blog.example/en/posts/2"), (items[1].Title, items[1].Text, items[1].Link!.AbsoluteUri));
        Assert.Equal(("Mia", "mia@mail.example", "en", 3), (items[1].Author.Name, items[1].Author.Id, items[1].Lang, items[1].Posted!.Value.Day));
        Assert.Equal(("Sum", true), (items[2].Text, items[2].IsSummary));
    }

    [Fact]
    public void An_address_that_a_service_gives_to_everybody_makes_nobody_the_same()
    {
        var items = Read("""
            <feed xmlns="http://www.w3.org/2005/Atom">
              <entry><id>a</id><title>It broke</title><author><name>Mia</name><uri>https://www.blogger.example/profile/1</uri><email>noreply@blogger.com</email></author></entry>
              <entry><id>b</id><title>It burns</title><author><name>Ben</name><uri>https://www.blogger.example/profile/2</uri><email>noreply@blogger.com</email></author></entry>
              <entry><id>c</id><title>It smokes</title><author><name>Eve</name><email>No.Reply@blogger.com</email></author></entry>
            </feed>
            """).Items;

        Assert.Equal([("Mia", "https://www.blogger.example/profile/1"), ("Ben", "https://www.blogger.example/profile/2"), ("Eve", null)], items.Select(item => (item.Author.Name, item.Author.Id)));
    }

    [Fact]
    public void Where_the_whole_text_is_a_picture_the_summary_has_the_words()
    {
        const string Picture = "&lt;img src='https://blog.example/p.jpg'&gt;";
        var items = Read($"<rss><channel><item><guid>1</guid><description>It broke.</description><content:encoded>{Picture}</content:encoded></item><item><guid>2</guid><title>T</title><content:encoded>{Picture}</content:encoded></item></channel></rss>").Items;
        var json = Read("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"content_html\":\"<img src=p.jpg>\",\"content_text\":\"It broke.\"},{\"id\":\"2\",\"content_html\":\"<img src=p.jpg>\",\"summary\":\"It burns.\"}]}").Items;

        Assert.Equal([("It broke.", true), ("", false)], items.Select(item => (item.Text, item.IsSummary)));
        Assert.Equal([("It broke.", false), ("It burns.", true)], json.Select(item => (item.Text, item.IsSummary)));
    }

    [Fact]
    public void Json_feed_is_read()
    {
        var content = Read("""
            {"version":"https://jsonfeed.org/version/1.1","title":"Blog","language":"en","authors":[{"name":"The Blog"}],"items":[
              {"id":1,"url":"/1","content_html":"<p>One &amp; all</p>","date_published":"2026-11-02T10:00:00+01:00","authors":[{"name":"Mia","url":"https://mia.example/"}]},
              {"id":"b","external_url":"https://else.example/","title":"Two","summary":"Sum\nmary"},
              "garbage", {"id":"c"}, {"id":"\ud800","content_text":"odd \ud800 id"},
            ]}
            """);

        Assert.Equal(3, content.Items.Count);
        Assert.Equal(2, content.Bad.Count);
        Assert.Equal(("1", "https://blog.example/1", "One & all", "Mia"), (content.Items[0].Guid, content.Items[0].Link!.AbsoluteUri, content.Items[0].Text, content.Items[0].Author.Name));
        Assert.Equal(("Two", "Sum\nmary", true, "The Blog"), (content.Items[1].Title, content.Items[1].Text, content.Items[1].IsSummary, content.Items[1].Author.Name));
        Assert.Equal("odd \uFFFD id", content.Items[2].Text);
    }

    [Theory]
    [InlineData("\uFEFF \n\n<?xml version=\"1.0\"?>{0}")]
    [InlineData("<br />\n<b>Warning</b>: something in blog.php on line 3<br />\n<?xml version=\"1.0\"?>{0}")]
    [InlineData("<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" \"http://my.netscape.com/publish/formats/rss-0.91.dtd\">{0}")]
    [InlineData("<!DOCTYPE rss [<!ENTITY nbsp \"&#160;\">\n<!ELEMENT x (y)>]>{0}")]
    [InlineData("<?xml version=\"1.1\" encoding=\"nonsense\"?>{0}")]
    [InlineData("{0}<!-- served by cache --> trailing <junk>")]
    public void What_stands_around_a_feed_does_no_harm(string around)
    {
        var item = Only(around.Replace("{0}", "<rss><channel><item><guid>1</guid><title>T</title><description>D</description></item></channel></rss>", StringComparison.Ordinal));

        Assert.Equal(("1", "T", "D"), (item.Guid, item.Title, item.Text));
    }

    [Theory]
    [InlineData("fish & chips", "fish & chips")]
    [InlineData("caf&eacute;&nbsp;&hellip; &bogus; &amp;amp;", "café … &bogus; &")]
    [InlineData("see ?a=1&b=2", "see ?a=1&b=2")]
    [InlineData("I &lt;3 it, 1 < 2", "I <3 it, 1 < 2")]
    [InlineData("ding\u0007 &#7; dong &#x1F600;&#147;q&#148;", "ding dong 😀“q”")]
    [InlineData("<p>One<br>two <b>bold</p>", "One\ntwo bold")]
    [InlineData("a ]]> b", "a ]]> b")]
    [InlineData("<img src=a.png alt=x>after", "after")]
    [InlineData("<a href=\"x\" href=\"y\" 5 bad=attr>link</a>", "link")]
    [InlineData("<media:foo>x</media:foo> y", "x y")]
    public void Broken_markup_is_read_as_it_was_meant(string description, string text)
    {
        var content = Read($"<rss><channel><item><guid>1</guid><title>T & t</title><description>{description}</description></item><item><guid>2</guid><title>next</title></item></channel></rss>");

        Assert.Equal(("T & t", text), (content.Items[0].Title, content.Items[0].Text));
    }

    [Fact]
    public void Forgotten_namespaces_and_ends_are_made_up()
    {
        var items = Read("""
            <rss version="2.0"><channel>
              <item><title>One</title><dc:creator>Mia</dc:creator><content:encoded>Whole</content:encoded>
              <item><title>Two</title><strange:thing at:all="x">y</strange:thing></item>
            </channel></rss>
            """).Items;

        Assert.Equal(("One", "Mia", "Whole"), (items[0].Title, items[0].Author.Name, items[0].Text));
        Assert.Equal("Two", items[1].Title);
    }

    [Fact]
    public void What_was_whole_before_the_end_broke_off_is_heard()
    {
        const string Feed = "<rss><channel><item><guid>1</guid><title>One</title></item><item><guid>2</guid><title>Two and more</title></item></channel></rss>";
        var whole = Feed.IndexOf("</item>", StringComparison.Ordinal) + 7;
        for (var length = whole; length < Feed.Length - 1; length++)
        {
            var content = Read(Feed[..length]);
            Assert.Equal("One", content.Items[0].Title);
            Assert.All(content.Items.Skip(1), item => Assert.Equal("Two and more", item.Title));
            Assert.False(content.IsWhole);
        }
        Assert.True(Read(Feed).IsWhole);
    }

    [Fact]
    public void An_entity_bomb_is_not_expanded()
    {
        var bomb = "<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\">" + string.Concat(Enumerable.Range(0, 25).Select(i => $"<!ENTITY a{i} \"{string.Concat(Enumerable.Repeat(i == 0 ? "&a;" : $"&a{i - 1};", 10))}\">"))
            + "<!ENTITY file SYSTEM \"file:///etc/passwd\">]><rss><channel><item><title>&a24; &file;</title></item></channel></rss>";
        var before = GC.GetAllocatedBytesForCurrentThread();

        var item = Only(bomb);

        Assert.Equal("&a24; &file;", item.Title);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5_000_000);
    }

    [Theory]
    [InlineData("<!doctype html><html><head><title>x</title></head></html>", true)]
    [InlineData("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\"><body/></html>", true)]
    [InlineData("<opml><body/></opml>", false)]
    [InlineData("{\"error\":\"x\"}", false)]
    [InlineData("[1,2]", false)]
    [InlineData("{\"items\":", false)]
    [InlineData("   ", false)]
    [InlineData("Too many connections", false)]
    public void What_is_no_feed_is_said_so(string text, bool isPage) => Assert.Equal(isPage, Assert.Throws<NotAFeedException>(() => Read(text)).IsPage);

    [Fact]
    public void A_feed_without_items_is_a_feed() => Assert.Empty(Read("<rss version=\"2.0\"><channel><title>x</title></channel></rss>").Items);

    [Theory]
    [InlineData("<link>https://other.example/p</link>", "https://other.example/p")]
    [InlineData("<link>/p?a=1&amp;b=2</link>", "https://site.example/p?a=1&b=2")]
    [InlineData("<link/><guid>https://site.example/g</guid>", "https://site.example/g")]
    [InlineData("<guid isPermaLink=\"false\">https://site.example/g</guid>", null)]
    [InlineData("<link>javascript:alert(1)</link>", null)]
    [InlineData("<atom:link xmlns:atom=\"http://www.w3.org/2005/Atom\" href=\"/q\"/>", "https://site.example/q")]
    [InlineData("<link>https://proxy.example/x</link><feedburner:origLink xmlns:feedburner=\"f\">https://real.example/p</feedburner:origLink>", "https://real.example/p")]
    public void Links_are_found_and_made_absolute(string fields, string? link) =>
        Assert.Equal(link, Only($"<rss><channel><link>https://site.example/</link><item><title>T</title>{fields}</item></channel></rss>").Link?.AbsoluteUri);

    [Fact]
    public void Deep_nesting_and_many_attributes_do_no_harm()
    {
        var deep = string.Concat(Enumerable.Repeat("<x>", 100_000));
        Assert.Equal("T", Only($"<rss><channel><item><title>T</title><description>{deep}</description></item></channel></rss>").Title);
        Assert.Equal("T", Only($"<rss><channel>{deep}{string.Concat(Enumerable.Repeat("</x>", 100_000))}<item><title>T</title></item></channel></rss>").Title);
        Assert.Equal("T", Only($"<rss {string.Concat(Enumerable.Range(0, 50_000).Select(i => $"a{i}=1 "))}><channel><item><title>T</title></item></channel></rss>").Title);
    }

    [Theory]
    [InlineData("<item><title>x</title></item>")]
    [InlineData("<item>")]
    [InlineData("<a:b c=\"d\">")]
    [InlineData("</x>")]
    [InlineData("&amp &x;")]
    [InlineData("<![CDATA[")]
    [InlineData("<!-- ")]
    [InlineData("<")]
    [InlineData("<p a=\"")]
    public void Twice_the_feed_costs_about_twice_as_much(string piece)
    {
        Allocated(piece, 500);
        var once = Allocated(piece, 4000);
        Assert.InRange(Allocated(piece, 8000), 0, (long)(once * 2.6) + 200_000);
    }

    /// <summary>The seed is fixed: what fails once fails again.</summary>
    [Fact]
    public void Mutated_feeds_neither_crash_nor_hang()
    {
        string[] seeds =
        [
            "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY e \"x\">]><rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>t</title><item><guid>1</guid><title>a &amp; b</title><description><![CDATA[<p>x</p>]]></description><dc:creator>m</dc:creator><pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate></item></channel></rss>",
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"/x/\"><entry><id>1</id><title type=\"html\">&lt;b&gt;</title><link href=\"y\"/><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>x</p></div></content><updated>2026-11-02T09:00:00Z</updated></entry></feed>",
            "{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[{\"id\":\"1\",\"content_html\":\"<p>x</p>\",\"date_published\":\"2026-11-02T09:00:00Z\",\"authors\":[{\"name\":\"m\"}]}]}",
        ];
        var random = new Random(20261121);
        var heard = 0;
        for (var i = 0; i < 15_000; i++)
        {
            var text = Mutated(seeds[i % seeds.Length], random);
            try
            {
                heard += Read(text).Items.Count;
            }
            catch (NotAFeedException)
            {
                // A right answer too.
            }
        }
        Assert.True(heard > 1000, $"only {heard} items survived: the mutations are too wild to test anything");
    }

    private static string Mutated(string text, Random random)
    {
        const string Signs = "<>&;\"'/=![]-:\0\uFFFF\uD800 axT09{}\\";
        var chars = text.ToList();
        for (var n = random.Next(1, 8); n > 0 && chars.Count > 2; n--)
        {
            var at = random.Next(chars.Count);
            switch (random.Next(5))
            {
                case 0:
                    chars.RemoveAt(at);
                    break;
                case 1:
                    chars.Insert(at, Signs[random.Next(Signs.Length)]);
                    break;
                case 2:
                    chars[at] = Signs[random.Next(Signs.Length)];
                    break;
                case 3:
                    var length = Math.Min(random.Next(40), chars.Count - at);
                    chars.InsertRange(random.Next(chars.Count), chars.GetRange(at, length));
                    break;
                default:
                    chars.RemoveRange(at, Math.Min(random.Next(30), chars.Count - at));
                    break;
            }
        }
        return new string([.. chars]);
    }

    private static long Allocated(string piece, int times)
    {
        var feed = "<rss><channel>" + string.Concat(Enumerable.Repeat(piece, times));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(feed);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static FeedContent Read(string text) => FeedReader.Read(text, Url);

    private static FeedItem Only(string text) => Assert.Single(Read(text).Items);
}
