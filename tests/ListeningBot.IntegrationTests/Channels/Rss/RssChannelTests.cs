using System.Net;
using System.Text;
using ListeningBot.Channels;
using ListeningBot.Channels.Rss;
using ListeningBot.Configuration;
using ListeningBot.Core.Pipeline;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Rss;

public sealed class RssChannelTests
{
    private const string Long = "It broke on Monday, and again on Tuesday, and nobody at Acme has answered my three letters about it so far. ";

    [Fact]
    public async Task An_unchanged_feed_is_asked_by_its_tags_and_costs_nothing()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Tagged(Feed(Item("1", "One")), "\"v1\"", "Mon, 02 Nov 2026 09:00:00 GMT"));

        var batches = await LookAsync(site, looks: 2);

        Assert.Equal([1, 0], batches.Select(batch => batch.Count));
        Assert.True(batches[0].FirstContact);
        Assert.False(batches[1].FirstContact);
        Assert.Equal(("\"v1\"", "Mon, 02 Nov 2026 09:00:00 GMT"), (site.Seen[1].Header("If-None-Match"), site.Seen[1].Header("If-Modified-Since")));
        Assert.Contains("br", site.Seen[0].Header("Accept-Encoding"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unchanged_items_are_silent_changed_ones_are_edits_and_late_ones_are_heard()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed(Item("1", "One"), Item("2", "Two"))));
        var first = (await LookAsync(site)).Single();

        site.At("/feed", FeedAnswers.Text(Feed(Item("late", "Late", "Mon, 02 Jan 2006 09:00:00 GMT"), Item("1", "One, corrected"), Item("2", "Two"))));
        var second = (await LookAsync(site, first.Next)).Single();

        Assert.Equal(["2", "1"], Keys(first));
        Assert.Equal([(ChangeKind.Edited, "1"), (ChangeKind.Added, "late")], Enumerable.Range(0, second.Count).Select(i => (second.KindOf(i), second.KeyAt(i).Id)));
        Assert.Equal(2006, second.PostAt(1).Posted!.Value.Year);
        Assert.Equal($"rss:{site.Address}/feed", second.KeyAt(0).Namespace);
    }

    [Fact]
    public async Task Items_without_guid_or_with_the_same_one_are_told_apart_and_stay_so()
    {
        await using var site = await LocalFeed.StartedAsync();
        const string Old = "<item><guid>same</guid><link>https://b.example/old</link><title>Old</title></item>";
        const string Bare = "<item><link>https://b.example/l</link><title>Bare 1</title></item>";
        site.At("/feed", FeedAnswers.Text(Feed(Old, Bare)));
        var first = (await LookAsync(site, follow: false)).Single();

        const string Others = "<item><guid>same</guid><link>https://b.example/new</link><title>New</title></item><item><link>https://b.example/l</link><title>Bare 2</title></item><item><description>only text</description></item>";
        site.At("/feed", FeedAnswers.Text(Feed(Others, Old, Bare)));
        var second = (await LookAsync(site, first.Next, follow: false)).Single();
        var third = (await LookAsync(site, second.Next, follow: false)).Single();
        site.At("/feed", FeedAnswers.Text(Feed(Others)));
        var fourth = (await LookAsync(site, third.Next, follow: false)).Single();

        Assert.Equal(2, first.Count);
        Assert.Equal(["only text", "Bare 2", "New"], Enumerable.Range(0, second.Count).Select(i => second.PostAt(i).Title ?? second.PostAt(i).Text));
        Assert.All(Enumerable.Range(0, second.Count), i => Assert.Equal(ChangeKind.Added, second.KindOf(i)));
        Assert.Equal((0, 0), (third.Count, fourth.Count));
    }

    [Fact]
    public async Task The_cursor_stays_small_and_another_feed_begins_anew()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed([.. Enumerable.Range(0, 2000).Select(i => Item("a" + i, "Text " + i))])));
        var first = (await LookAsync(site)).Single();
        site.At("/feed", FeedAnswers.Text(Feed([.. Enumerable.Range(0, 1500).Select(i => Item("b" + i, "Text " + i))])));
        var second = (await LookAsync(site, first.Next)).Single();
        site.At("/other", FeedAnswers.Text(Feed(Item("b1", "Text 1"))));
        var other = (await LookAsync(site, second.Next, path: "/other")).Single();

        Assert.Equal((2000, 1500), (first.Count, second.Count));
        Assert.InRange(second.Next.Value.Length, 1, 70_000);
        Assert.Equal((1, true), (other.Count, other.FirstContact));
    }

    /// <summary>A feed shows its newest items only: what came and went while nobody looked is lost, and the ledger says so.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_nothing_is_left_of_what_was_read_the_time_between_is_a_gap(bool dated)
    {
        await using var site = await LocalFeed.StartedAsync();
        var clock = new ManualClock();
        site.At("/feed", FeedAnswers.Tagged(Shown(1, 20, ManualClock.Start.AddMinutes(-20), dated), "\"v1\""));
        var first = await LookAsync(site, time: clock);
        clock.Advance(TimeSpan.FromMinutes(5));
        var unchanged = await LookAsync(site, first[^1].Next, time: clock);
        clock.Advance(TimeSpan.FromHours(12));
        site.At("/feed", FeedAnswers.Text(Shown(41, 20, ManualClock.Start.AddHours(10), dated)));

        var back = Assert.Single(await LookAsync(site, unchanged[^1].Next, time: clock));
        var after = await LookAsync(site, back.Next, time: clock);

        Assert.Equal((ManualClock.Start.AddMinutes(5), dated ? ManualClock.Start.AddHours(10) : clock.GetUtcNow(), GapFate.Lost), (back.Gap!.From, back.Gap.To, back.Gap.Fate));
        Assert.Equal("the feed shows its newest items only, and had none left of those that were read before", back.Gap.Cause);
        Assert.Equal(20, back.Count);
        Assert.All([.. first, .. unchanged, .. after], batch => Assert.Null(batch.Gap));
    }

    [Fact]
    public async Task A_gap_comes_with_the_first_batch_of_a_look_so_that_a_crash_does_not_lose_it()
    {
        await using var site = await LocalFeed.StartedAsync();
        var clock = new ManualClock();
        site.At("/feed", FeedAnswers.Text(Shown(1, 20, ManualClock.Start.AddMinutes(-20))));
        var first = await LookAsync(site, time: clock);
        clock.Advance(TimeSpan.FromHours(12));
        site.At("/feed", FeedAnswers.Text(Feed([Teaser(site, "/p", $"{clock.GetUtcNow():R}"), .. Items(41, 20, ManualClock.Start.AddHours(10))])));

        var back = await LookAsync(site, first[^1].Next, time: clock);

        Assert.Equal([(20, true), (1, false)], back.Select(batch => (batch.Count, batch.Gap is not null)));
    }

    [Theory]
    [InlineData(11, 20, 10)]
    [InlineData(41, 20, -20)]
    [InlineData(41, 4, 10)]
    public async Task Items_that_overlap_that_are_old_under_new_ids_or_that_are_few_make_no_gap(int from, int count, int hours)
    {
        await using var site = await LocalFeed.StartedAsync();
        var clock = new ManualClock();
        site.At("/feed", FeedAnswers.Text(Shown(1, 20, ManualClock.Start.AddMinutes(-20))));
        var first = await LookAsync(site, time: clock);
        clock.Advance(TimeSpan.FromHours(12));
        site.At("/feed", FeedAnswers.Text(Shown(from, count, ManualClock.Start.AddHours(hours))));

        var back = Assert.Single(await LookAsync(site, first[^1].Next, time: clock));

        Assert.InRange(back.Count, 4, 20);
        Assert.Null(back.Gap);
    }

    [Fact]
    public async Task A_cursor_that_does_not_know_when_it_was_read_goes_on_and_makes_no_gap()
    {
        await using var site = await LocalFeed.StartedAsync();
        var clock = new ManualClock();
        site.At("/feed", FeedAnswers.Text(Shown(1, 20, ManualClock.Start.AddMinutes(-20))));
        var first = await LookAsync(site, time: clock);
        var older = new Cursor(System.Text.RegularExpressions.Regex.Replace(first[^1].Next.Value, ",\"ReadAt\":[0-9]+", ""));
        clock.Advance(TimeSpan.FromHours(12));
        site.At("/feed", FeedAnswers.Text(Shown(41, 20, ManualClock.Start.AddHours(10))));

        var back = Assert.Single(await LookAsync(site, older, time: clock));

        Assert.Equal((20, false, null), (back.Count, back.FirstContact, back.Gap));
    }

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

    [Fact]
    public async Task What_has_no_date_is_given_without_one_and_the_first_look_says_that_it_is_the_first()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed(Item("1", "One"))));
        var first = Assert.Single(await LookAsync(site));
        site.At("/feed", FeedAnswers.Text(Feed(Item("2", "Two"), Item("1", "One, changed"))));
        var second = Assert.Single(await LookAsync(site, first.Next));

        Assert.True(first.FirstContact);
        Assert.Null(first.PostAt(0).Posted);
        Assert.False(second.FirstContact);
        Assert.Equal([("1", null), ("2", null)], Enumerable.Range(0, 2).Select(i => (second.KeyAt(i).Id, second.PostAt(i).Posted)));
    }

    [Fact]
    public async Task The_first_contact_lasts_until_the_feed_was_read_whole_but_not_for_ever()
    {
        await using var site = await LocalFeed.StartedAsync();
        var feed = Feed(Item("1", "One"), Item("2", "Two"));
        site.At("/feed", FeedAnswers.Text(feed[..^40]));
        var broken = Assert.Single(await LookAsync(site));
        var still = (await LookAsync(site, broken.Next, looks: 3)).ToList();
        site.At("/feed", FeedAnswers.Text(feed));
        var whole = (await LookAsync(site, broken.Next, looks: 2)).ToList();

        Assert.True(broken.FirstContact);
        Assert.Equal([true, true, false], still.Select(batch => batch.FirstContact));
        Assert.Equal([("2", true), ("", false)], whole.Select(batch => (string.Concat(Keys(batch)), batch.FirstContact)));
    }

    [Fact]
    public async Task A_first_look_that_was_stopped_between_its_batches_goes_on_as_the_first()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed(Teaser(site, "/p1"), Item("w", "Whole"))));
        var batches = await LookAsync(site);

        var again = await LookAsync(site, batches[0].Next, looks: 2);

        Assert.Equal(["w", "t"], batches.Select(batch => Assert.Single(Keys(batch))));
        Assert.Equal([true, false], again.Select(batch => batch.FirstContact));
    }

    [Theory]
    [InlineData("windows-1251", "application/xml; charset=windows-1251", null, "Ноутбук сломался")]
    [InlineData("windows-1252", "application/rss+xml", "iso-8859-1", "Größe – kaputt")]
    [InlineData("windows-1252", "text/xml; charset=utf-8", null, "Größe – kaputt")]
    [InlineData("utf-8", "text/xml; charset=iso-8859-1", null, "Größe – kaputt")]
    [InlineData("koi8-r", "text/xml; charset=ISO-8859-1", "koi8-r", "Ноутбук сломался")]
    [InlineData("shift_jis", "text/xml", "Shift_JIS", "壊れました")]
    [InlineData("utf-16", "text/xml", "utf-16", "Größe – 壊れました")]
    [InlineData("utf-8", "text/xml; charset=nonsense", "more-nonsense", "壊れました")]
    public async Task Any_charset_is_understood_also_when_it_is_named_wrongly(string written, string type, string? declared, string text)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Encoding.GetEncoding(written);
        var declaration = declared is null ? "" : $"<?xml version=\"1.0\" encoding=\"{declared}\"?>";
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Bytes([.. encoding.Preamble.ToArray(), .. encoding.GetBytes(declaration + Feed(Item("1", text)))], type));

        Assert.Equal(text, Assert.Single(await LookAsync(site)).PostAt(0).Text);
    }

    [Theory]
    [InlineData(410, true, "gone for good")]
    [InlineData(401, true, "user:password@")]
    [InlineData(404, false, "Check the address")]
    public async Task Refusals_name_their_cure(int status, bool needsOperator, string says)
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Status(status));

        var fault = await Assert.ThrowsAsync<ChannelException>(() => LookAsync(site));

        Assert.Equal(needsOperator, fault.NeedsOperator);
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_instead_of_a_feed_names_the_feed_that_it_offers()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text("<!DOCTYPE html><html><head><title>x</title><link rel=\"alternate\" type=\"application/atom+xml\" href=\"/atom.xml\"></head><body/></html>", "text/html"));

        var fault = await Assert.ThrowsAsync<ChannelException>(() => LookAsync(site));

        Assert.Contains($"{site.Address}/atom.xml", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_on_a_private_address_names_the_cure()
    {
        await using var site = await LocalFeed.StartedAsync();

        var fault = await Assert.ThrowsAsync<ChannelException>(() => LookAsync(site, allowed: []));

        Assert.True(fault.NeedsOperator);
        Assert.Contains("Http:AllowPrivateHosts", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moved_feed_is_read_and_told_once()
    {
        await using var site = await LocalFeed.StartedAsync();
        using var logs = new CollectedLogs();
        site.At("/feed", FeedAnswers.RedirectTo("/new", 301)).At("/new", FeedAnswers.Text(Feed(Item("1", "One"))));

        var batches = await LookAsync(site, looks: 2, logs: logs);

        Assert.Equal([1, 0], batches.Select(batch => batch.Count));
        Assert.Single(logs.Lines, line => line.Event == 1001);
        Assert.Equal($"rss:{site.Address}/feed", batches[0].KeyAt(0).Namespace);
    }

    [Fact]
    public async Task A_feed_that_breaks_off_is_asked_for_again_in_full()
    {
        await using var site = await LocalFeed.StartedAsync();
        var feed = Feed(Item("1", "One"), Item("2", "Two"));
        site.At("/feed", FeedAnswers.Tagged(feed[..^40], "\"v1\""));

        var batch = Assert.Single(await LookAsync(site));
        await LookAsync(site, batch.Next);

        Assert.Equal(["1"], Keys(batch));
        Assert.Null(site.Seen[1].Header("If-None-Match"));
    }

    [Fact]
    public async Task Sign_in_counts_what_it_finds()
    {
        await using var site = await LocalFeed.StartedAsync();
        site.At("/feed", FeedAnswers.Text(Feed(Item("1", "One"), "<item/>")));
        var context = Context(site, new CollectedLogs(), (_, _) => Task.CompletedTask, null);
        using var web = context.Web;

        Assert.Equal("1 items, 1 that can't be understood", await RssChannel.SignInAsync(context, new RssOptions { Url = site.Address + "/feed" }, default));
    }

    [Theory]
    [InlineData("https://Mia:secret@Blog.Example:443/Feed?a=1#top", "rss:https://blog.example/Feed?a=1")]
    [InlineData("http://blog.example:8080", "rss:http://blog.example:8080/")]
    public void The_namespace_is_the_address_without_what_does_not_matter(string url, string ns) => Assert.Equal(ns, RssChannel.NamespaceOf(new Uri(url)));

    private static async Task<List<PostBatch>> LookAsync(LocalFeed site, Cursor? since = null, int looks = 1, string path = "/feed", CollectedLogs? logs = null, IReadOnlyList<string>? allowed = null, bool follow = true, TimeProvider? time = null)
    {
        using var done = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        List<PostBatch> batches = [];
        var context = Context(site, logs ?? new CollectedLogs(), (_, _) => --looks > 0 ? Task.CompletedTask : done.CancelAsync(), allowed, time);
        using var web = context.Web;
        try
        {
            await foreach (var batch in new RssChannel(context, new RssOptions { Url = site.Address + path, FollowTeasers = follow }).ReadAsync(since, WatchSet.Build([], Ours.Nobody), done.Token))
            {
                batches.Add(batch);
            }
        }
        catch (OperationCanceledException) when (looks <= 0)
        {
            // All looks are done.
        }
        return batches;
    }

    private static ChannelContext Context(LocalFeed site, CollectedLogs logs, Func<TimeSpan, CancellationToken, Task> nextPoll, IReadOnlyList<string>? allowed, TimeProvider? time = null) =>
        new("blog", new WebReader(new HttpSettings { AllowPrivateHosts = allowed ?? [site.HostAndPort] }, time ?? TimeProvider.System), time ?? TimeProvider.System, logs, nextPoll);

    private static List<string> Keys(PostBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(i => batch.KeyAt(i).Id)];

    /// <summary>Five minutes between one and the next, the newest at the top.</summary>
    private static string Shown(int from, int count, DateTimeOffset first, bool dated = true) => Feed([.. Items(from, count, first, dated)]);

    private static IEnumerable<string> Items(int from, int count, DateTimeOffset first, bool dated = true) =>
        Enumerable.Range(from, count).Reverse().Select(i => Item("i" + i, "Text " + i, dated ? $"{first.AddMinutes((i - from) * 5):R}" : null));

    private static string Item(string guid, string text, string? date = null) =>
        $"<item><guid>{guid}</guid><description>{WebUtility.HtmlEncode(text)}</description><pubDate>{date}</pubDate></item>";

    private static string Teaser(LocalFeed site, string path, string? date = null) =>
        $"<item><guid>t</guid><title>My laptop</title><link>{site.Address}{path}</link><description>My laptop died today…</description><pubDate>{date ?? $"{TimeProvider.System.GetUtcNow():R}"}</pubDate></item>";

    private static string Feed(params string[] items) => $"<rss version=\"2.0\"><channel><title>t</title>{string.Concat(items)}</channel></rss>";
}
