using System.Net;
using ListeningBot.Channels;
using ListeningBot.Channels.Rss;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;

namespace ListeningBot.IntegrationTests.Channels.Rss;

/// <summary>Items that say only how their page begins.</summary>
public sealed partial class RssChannelTests
{
    [Fact]
    public async Task A_teaser_is_followed_to_its_page_and_what_is_whole_does_not_wait_for_it()
    {
        await using var site = await LocalFeed.StartedAsync();
        var whole = $"<item><guid>w</guid><title>Whole</title><description>{string.Concat(Enumerable.Repeat(Long, 4))}</description></item>";
        site.At("/feed", FeedAnswers.Text(Feed(Teaser(site, "/p1"), whole)))
            .At("/p1", FeedAnswers.Text($"<html><body><nav>{Long}menu</nav><article><h1>My laptop</h1><p>My laptop died today. {Long}</p><p>{Long}Refund!</p></article><footer>foot</footer></body></html>", "text/html"));

        var batches = await LookAsync(site);
        var again = await LookAsync(site, batches[^1].Next);

        Assert.Equal(["w"], Keys(batches[0]));
        var post = batches[1].PostAt(0);
        Assert.Contains("Refund!", post.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("menu", post.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("foot", post.Text, StringComparison.Ordinal);
        Assert.Equal(0, Assert.Single(again).Count);
        Assert.Equal(1, site.SeenAt("/p1"));
    }

    [Theory]
    [InlineData("/gone")]
    [InlineData("/hang")]
    [InlineData("/consent")]
    [InlineData("/secret/p")]
    [InlineData("/bomb")]
    public async Task A_page_that_is_no_help_leaves_the_teaser(string path)
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed(Teaser(site, path))))
            .At("/robots.txt", FeedAnswers.Text("\uFEFFUser-agent: *\nDisallow: /secret/", "text/plain"))
            .At("/hang", FeedAnswers.CutOff("<html>"))
            .At("/bomb", FeedAnswers.BrotliBomb())
            .At("/secret/p", FeedAnswers.Text($"<article>My laptop died today. {Long}{Long}</article>", "text/html"))
            .At("/consent", FeedAnswers.Text($"<main><p>{string.Concat(Enumerable.Repeat("Before you continue we value your privacy and cookies. ", 10))}</p></main>", "text/html"));

        var batch = Assert.Single(await LookAsync(site));

        Assert.Equal("My laptop died today…", batch.PostAt(0).Text);
        Assert.Equal(0, site.SeenAt("/secret/p"));
    }

    [Theory]
    [InlineData("http://xn--a/")]
    [InlineData("http://[fe80::1%2]/x")]
    [InlineData("http://a..b/")]
    [InlineData("http://mia:p%zz@127.0.0.1/x")]
    [InlineData("http://:@127.0.0.1:0/?#")]
    [InlineData("http:\\\\127.0.0.1\\x")]
    [InlineData("http://\u0663\u2048.example/\u202Ex")]
    [InlineData("//127.0.0.1:99999/")]
    [InlineData("http://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example/")]
    public async Task A_link_of_any_shape_costs_no_item(string link)
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed(Teaser(site, "").Replace($"<link>{site.Address}<", $"<link>{WebUtility.HtmlEncode(link)}<", StringComparison.Ordinal))));

        Assert.Equal("My laptop died today…", Assert.Single(await LookAsync(site)).PostAt(0).Text);
    }

    [Fact]
    public async Task A_strangers_link_never_leads_to_a_private_host_that_is_allowed_for_another_feed()
    {
        await using var site = await LocalFeed.StartedAsync();
        await using var intranet = await LocalFeed.StartedAsync();
        intranet.At("/p", FeedAnswers.Text($"<article>My laptop died today. {Long}{Long}</article>", "text/html"));
        using var web = new WebReader(new HttpSettings { AllowPrivateHosts = [intranet.HostAndPort] }, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<WebFaultException>(() => web.GetAsync(new WebGet(intranet.Url("/p")) { SentBy = new Uri("https://stranger.example/feed") }, default));

        Assert.Equal(WebFault.PrivateAddress, fault.Fault);
        Assert.Empty(intranet.Seen);
    }

    [Fact]
    public async Task More_new_teasers_than_pages_are_got_in_one_look_are_followed_at_the_next_ones()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Tagged(Feed(Item("old", "Old")), "\"v1\""));
        var first = await LookAsync(site);
        for (var i = 0; i < 65; i++)
        {
            site.At("/page" + i, FeedAnswers.Text($"<article>My laptop died today. {Long}{Long}Refund {i}!</article>", "text/html"));
        }
        site.At("/feed", FeedAnswers.Tagged(Feed([.. Enumerable.Range(0, 65).Select(i => Teaser(site, "/page" + i).Replace("<guid>t<", $"<guid>{i}<", StringComparison.Ordinal))]), "\"v2\""));

        var batches = await LookAsync(site, first[^1].Next, looks: 9);

        var changes = batches.SelectMany(batch => Enumerable.Range(0, batch.Count).Select(i => (Kind: batch.KindOf(i), Post: batch.PostAt(i)))).ToList();
        Assert.Equal((65, 55), (changes.Count(change => change.Kind == ChangeKind.Added), changes.Count(change => change.Kind == ChangeKind.Edited)));
        Assert.Equal(65, changes.Where(change => change.Post.Text.Contains("Refund", StringComparison.Ordinal)).Select(change => change.Post.Key).Distinct().Count());
        Assert.Equal(65, site.Seen.Count(request => request.Path.StartsWith("/page", StringComparison.Ordinal)));
        Assert.Contains("If-None-Match", string.Join(' ', site.Seen[^1].Headers.Keys), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task No_more_than_ten_pages_are_got_in_one_look()
    {
        await using var site = await LocalFeed.StartedAsync();
        var items = Enumerable.Range(0, 30).Select(i => Teaser(site, "/page" + i).Replace("<guid>t<", $"<guid>{i}<", StringComparison.Ordinal));
        site.At("/feed", FeedAnswers.Text(Feed([.. items])));

        var batches = await LookAsync(site);
        await LookAsync(site, batches[^1].Next);

        Assert.Equal(30, batches.Sum(batch => batch.Count));
        Assert.Equal(10, site.Seen.Count(request => request.Path.StartsWith("/page", StringComparison.Ordinal)));
        Assert.Equal(1, site.SeenAt("/robots.txt"));
    }

    [Theory]
    [InlineData("Mon, 02 Jan 2006 09:00:00 GMT")]
    [InlineData("")]
    public async Task Pages_of_old_items_at_first_contact_are_left_alone(string date)
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed(Teaser(site, "/old", date))));

        Assert.Equal(1, Assert.Single(await LookAsync(site)).Count);
        Assert.Equal(0, site.SeenAt("/old"));
    }

    private static string Teaser(LocalFeed site, string path, string? date = null) =>
        $"<item><guid>t</guid><title>My laptop</title><link>{site.Address}{path}</link><description>My laptop died today…</description><pubDate>{date ?? $"{TimeProvider.System.GetUtcNow():R}"}</pubDate></item>";
}
