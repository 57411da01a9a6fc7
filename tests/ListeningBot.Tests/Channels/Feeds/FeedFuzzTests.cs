using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Feeds;
using ListeningBot.Channels.Rss;
using ListeningBot.Net;

namespace ListeningBot.Tests.Channels.Feeds;

/// <summary>Feeds and pages broken at random places, the same in each run.</summary>
public sealed class FeedFuzzTests
{
    private static readonly Uri Place = new("https://blog.example/feed");

    private static readonly string[] Pieces =
    [
        "<", ">", "</", "/>", "<item>", "</item>", "<entry>", "<![CDATA[", "]]>", "<!--", "-->", "<!DOCTYPE x [", "]>", "&amp;", "&#0;", "&#x110000;", "&#55296;", "&nbsp;", "&a", "\"", "'",
        " xmlns:a=\"b\"", " xml:base=\"//\"", "xml:lang", "a:b", "<a:", "\0", "\uFFFE", "\uD800", "\uDC00", "http://[", "%zz", "</channel>", "{", "}", "[", "]", ",", "\\u", "\\ud800", "null", "1e999",
        "<div style=\"display:none\">", "<script>", "<plaintext>", "<svg>", "<pubDate>", "99999", "-", "Feb 30", "<table>", "<li>", "</p>", "=", "<?", "?>", "\n",
    ];

    public static TheoryData<string> Sound =>
    [
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>t</title><link>https://b.example/</link><language>de</language><item><guid isPermaLink=\"false\">1</guid><title>It &amp; broke</title><link>/1</link><author>mia@mail.example (Mia)</author><pubDate>Mon, 02 Nov 2026 10:00:00 +0100</pubDate><description><![CDATA[<p>It <b>broke</b>…]]></description><content:encoded>&lt;p&gt;It broke&lt;/p&gt;</content:encoded></item><item><title>Two</title></item></channel></rss>",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://b.example/\"><author><name>Mia</name><uri>https://m.example</uri></author><entry><id>urn:1</id><title type=\"html\">&lt;b&gt;One&lt;/b&gt;</title><link rel=\"alternate\" href=\"x/1\"/><published>2026-11-02T09:00:00Z</published><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p class=\"a\">It <i>broke</i></p></div></content></entry></feed>",
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"https://b.example\"><title>t</title></channel><item rdf:about=\"https://b.example/1\"><title>One</title><dc:creator>Mia</dc:creator><dc:date>2026-11-02</dc:date><description>broke</description></item></rdf:RDF>",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"t\",\"language\":\"en\",\"authors\":[{\"name\":\"Mia\",\"url\":\"https://m.example\"}],\"items\":[{\"id\":\"1\",\"url\":\"/1\",\"title\":\"One\",\"content_html\":\"<p>It broke</p>\",\"date_published\":\"2026-11-02T09:00:00Z\"},{\"id\":2,\"content_text\":\"Two\"}]}",
        "<!DOCTYPE html><html><head><title>t</title><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed\"></head><body><nav>menu</nav><article><h1>One</h1><p>It broke on Monday, and nobody at Acme has answered so far.</p></article></body></html>",
    ];

    [Theory]
    [MemberData(nameof(Sound))]
    public void Whatever_is_broken_in_a_feed_or_page_nothing_worse_comes_of_it_than_no_feed(string sound)
    {
        var random = new Random(sound.Length);
        for (var round = 0; round < 2000; round++)
        {
            var broken = Broken(sound, random);
            var text = WebText.Decode(Encoding.UTF8.GetBytes(broken), null);
            try
            {
                var content = FeedReader.Read(text, Place);
                Assert.All(ItemIds.Of(content.Items, new SeenItems()), item => Assert.NotNull(RssPost.Of(item, "rss:x", "x").Text));
            }
            catch (NotAFeedException)
            {
                // Told as what it is.
            }
            Assert.InRange(PageText.Feeds(text, Place).Count, 0, 5);
            _ = PageText.MainOf(text, 1000);
        }
    }

    private static string Broken(string sound, Random random)
    {
        var broken = new StringBuilder(sound);
        for (var changes = random.Next(1, 6); changes > 0; changes--)
        {
            var at = random.Next(broken.Length);
            switch (random.Next(3))
            {
                case 0:
                    broken.Insert(at, Pieces[random.Next(Pieces.Length)]);
                    break;
                case 1:
                    broken.Remove(at, Math.Min(random.Next(1, 20), broken.Length - at));
                    break;
                default:
                    broken[at] = (char)random.Next(1, 0x3000);
                    break;
            }
            if (broken.Length == 0)
            {
                broken.Append('<');
            }
        }
        return broken.ToString();
    }
}
