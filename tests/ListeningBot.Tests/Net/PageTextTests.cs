using ListeningBot.Net;

namespace ListeningBot.Tests.Net;

public sealed class PageTextTests
{
    private const string Story = "The laptop broke on Monday, and again on Tuesday, and nobody has answered my letters about it so far.";

    [Theory]
    [InlineData("<body><nav>menu</nav><article><p>{0}</p></article><aside>buy</aside></body>", true)]
    [InlineData("<body><div class='sidebar'>{0}{0}{0} other</div><div class='post entry-content'>{0}</div></body>", true)]
    [InlineData("<body><div itemprop='articleBody'>{0}</div><article>comment {0} {0}</article></body>", true)]
    [InlineData("<body><header>head</header><main>{0}</main></body>", false)]
    [InlineData("<body><div><a href=1>{0}{0}</a></div><div><p>{0}</p></div></body>", false)]
    [InlineData("<body><div><div><p>{0}</div></div><footer>foot {0} {0}</footer>", false)]
    [InlineData("{0}<script>{0}{0}</script>", null)]
    [InlineData("<body>{0}", false)]
    public void The_main_text_of_a_page_is_found(string page, bool? isMarked)
    {
        var main = PageText.MainOf("<html><head><title>t</title></head>" + page.Replace("{0}", Story, StringComparison.Ordinal), 1000);

        Assert.Equal(isMarked is null ? null : Story, main?.Text);
        Assert.Equal(isMarked, main?.IsMarked);
    }

    [Fact]
    public void The_longest_article_is_taken_and_cut_to_its_limit()
    {
        var main = PageText.MainOf($"<article>short comment of a reader</article><article>{Story}<div>more</div></article>", 50);

        Assert.Equal(Story[..50].Trim(), main!.Text);
    }

    [Fact]
    public void Deep_and_broken_pages_do_no_harm()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 50_000)) + Story + string.Concat(Enumerable.Repeat("</div>", 50_000));

        Assert.Equal(Story, PageText.MainOf(deep, 1000)?.Text);
        Assert.Null(PageText.MainOf(string.Concat(Enumerable.Repeat("</div></article>", 50_000)), 1000));
    }

    [Fact]
    public void Feeds_are_found_in_the_head()
    {
        var feeds = PageText.Feeds(
            "<html><head><link rel=stylesheet href=x.css><link rel='alternate' type='application/rss+xml' href='/feed'><link rel=alternate type=text/html href=/en><link rel=alternate type=application/atom+xml href='javascript:x'></head>",
            new Uri("https://blog.example/a/b"));

        Assert.Equal("https://blog.example/feed", Assert.Single(feeds).AbsoluteUri);
    }
}
