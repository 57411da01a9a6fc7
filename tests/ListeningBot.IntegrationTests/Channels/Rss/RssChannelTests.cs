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

public sealed partial class RssChannelTests
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

    /// <summary>The old address was gone for three days: what was posted meanwhile nobody heard. What is older was there before.</summary>
    [Fact]
    public async Task What_was_posted_before_a_feed_got_its_new_address_is_news_however_long_the_old_one_was_gone()
    {
        await using var site = await LocalFeed.StartedAsync();
        var clock = new ManualClock();
        site.At("/feed", FeedAnswers.Text(Feed(Item("1", "One", $"{clock.GetUtcNow():R}"))));
        var before = Assert.Single(await LookAsync(site, time: clock));
        clock.Advance(TimeSpan.FromDays(3));
        var whole = Feed(
            Item("5", "Now", $"{clock.GetUtcNow().AddHours(-1):R}"),
            Teaser(site, "/p", $"{clock.GetUtcNow().AddDays(-1.5):R}"),
            Item("3", "Meanwhile", $"{clock.GetUtcNow().AddDays(-2):R}"),
            Item("2", "Undated"),
            Item("1", "One", $"{ManualClock.Start:R}"));
        site.At("/new", FeedAnswers.Text(whole[..whole.IndexOf("<item><guid>2<", StringComparison.Ordinal)])).At("/p", FeedAnswers.Text($"<article>My laptop died today. {Long}{Long}Refund!</article>", "text/html"));
        var broken = await LookAsync(site, before.Next, path: "/new", time: clock);
        site.At("/new", FeedAnswers.Text(whole));
        var rest = await LookAsync(site, broken[^1].Next, looks: 2, path: "/new", time: clock);

        Assert.Equal([("3", false), ("5", true), ("t", false)], broken.SelectMany(batch => Keys(batch).Select(key => (key, batch.FirstContact))));
        Assert.Contains("Refund!", broken.SelectMany(Posts).Single(post => post.Key.Id == "t").Text, StringComparison.Ordinal);
        Assert.Equal([("1", true), ("2", true)], rest.SelectMany(batch => Keys(batch).Select(key => (key, batch.FirstContact))));
        Assert.Null(rest[^1].Gap);
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

    private static IEnumerable<Post> Posts(PostBatch batch) => Enumerable.Range(0, batch.Count).Select(batch.PostAt);

    private static List<string> Keys(PostBatch batch) => [.. Enumerable.Range(0, batch.Count).Select(i => batch.KeyAt(i).Id)];

    private static string Item(string guid, string text, string? date = null) =>
        $"<item><guid>{guid}</guid><description>{WebUtility.HtmlEncode(text)}</description><pubDate>{date}</pubDate></item>";

    private static string Feed(params string[] items) => $"<rss version=\"2.0\"><channel><title>t</title>{string.Concat(items)}</channel></rss>";
}
