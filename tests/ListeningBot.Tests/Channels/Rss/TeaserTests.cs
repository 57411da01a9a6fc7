using ListeningBot.Channels.Feeds;
using ListeningBot.Channels.Rss;
using ListeningBot.Net;

namespace ListeningBot.Tests.Channels.Rss;

public sealed class TeaserTests
{
    private static readonly FeedItem Item = new() { Link = new Uri("https://blog.example/1"), Title = "My laptop", Text = "It died after three weeks", IsSummary = true };

    [Theory]
    [InlineData("Short summary", true, true)]
    [InlineData("Short but whole", false, false)]
    [InlineData("The beginning […]", false, true)]
    [InlineData("The beginning... Continue reading", false, true)]
    [InlineData("", true, true)]
    public void The_beginning_of_a_text_is_told_from_a_whole_one(string text, bool isSummary, bool isTeaser)
    {
        Assert.Equal(isTeaser, Teaser.Is(Item with { Text = text, IsSummary = isSummary }));
        Assert.False(Teaser.Is(Item with { Text = text, IsSummary = isSummary, Link = null }));
    }

    [Fact]
    public void A_long_summary_that_ends_properly_stands() => Assert.False(Teaser.Is(Item with { Text = new string('a', 300) + "." }));

    [Fact]
    public void A_page_that_goes_on_replaces_the_teaser_another_is_added_a_strange_one_is_not_believed()
    {
        const string GoesOn = "My laptop: it died after three weeks. Nobody answers.";
        const string Other = "The battery swelled and the screen went dark, nobody answers.";

        Assert.Equal(GoesOn, Teaser.Completed(Item, GoesOn, isMarked: false)!.Text);
        Assert.Equal(Item.Text + "\n\n" + Other, Teaser.Completed(Item, Other, isMarked: true)!.Text);
        Assert.Null(Teaser.Completed(Item, Other, isMarked: false));
        Assert.Null(Teaser.Completed(Item, "It died", isMarked: true));
    }

    [Theory]
    [InlineData("", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /", "/a", false)]
    [InlineData("User-agent: *\nDisallow:", "/a", true)]
    [InlineData("User-agent: *\nDisallow: /a # no\nAllow: /a/b", "/a/b/c", true)]
    [InlineData("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c", false)]
    [InlineData("user-agent: other\nuser-agent: ListeningBot\ndisallow: /x\n\nuser-agent: *\ndisallow: /", "/a", true)]
    [InlineData("user-agent: other\nuser-agent: ListeningBot\ndisallow: /x\n\nuser-agent: *\ndisallow: /", "/x/y", false)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", false)]
    [InlineData("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?x", true)]
    [InlineData("User-agent: *\nDisallow: /*/print", "/a/b/print/1", false)]
    [InlineData("<html>no rules</html>", "/a", true)]
    public void Robots_txt_is_respected(string file, string path, bool allowed) => Assert.Equal(allowed, RobotsTxt.Parse(file).Allow(path));

    /// <summary>A group may name many robots, and have many rules: strangers write these files.</summary>
    [Fact]
    public void Robots_txt_with_many_robots_takes_no_more_room_than_its_rules()
    {
        var file = string.Concat(Enumerable.Repeat("user-agent: *\n", 10_000)) + string.Concat(Enumerable.Repeat("disallow: /x\n", 10_000));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.False(RobotsTxt.Parse(file).Allow("/x"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 50_000_000);
    }
}
