using System.Net;
using System.Text.Json;
using ListeningBot.Channels;
using ListeningBot.Channels.Rss;
using ListeningBot.Configuration;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Net;
using ListeningBot.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.Rss;

/// <summary>A feed gives the beginning of a text, and the page behind it can't be had for a while.</summary>
public sealed class TeaserPageTests : IAsyncLifetime
{
    private const string Teaser = "My laptop died today…";
    private const string Rest = "It broke on Monday, and again on Tuesday, and nobody at Acme has answered my three letters about it so far. Refund!";
    private readonly ManualClock _clock = new();
    private LocalFeed _site = null!;
    private int _version;
    private Cursor? _at;

    public async ValueTask InitializeAsync() => _site = await LocalFeed.StartedAsync();

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(null)]
    public async Task A_new_post_comes_at_once_and_as_an_edit_when_its_page_can_be_had(int? status)
    {
        Show(("t", Teaser));
        _site.At("/t", status is { } refused ? FeedAnswers.Status(refused) : FeedAnswers.CutOff("<html>"));
        var first = await LookAsync();
        _site.At("/t", Page("My laptop died today."));
        var second = await LookAsync();
        var third = await LookAsync();

        Assert.Equal([(ChangeKind.Added, "t", Teaser)], first);
        Assert.Equal([(ChangeKind.Edited, "t")], second.Select(post => (post.Kind, post.Id)));
        Assert.Contains("Refund!", second[0].Text);
        Assert.Empty(third);
        Assert.Equal(2, _site.SeenAt("/t"));
        Assert.NotNull(_site.Seen.Last(request => request.Path == "/feed").Header("If-None-Match"));
    }

    [Fact]
    public async Task A_site_that_can_not_say_just_now_whether_robots_are_welcome_is_asked_again()
    {
        Show(("t", Teaser));
        _site.At("/t", Page("My laptop died today.")).At("/robots.txt", FeedAnswers.Status(503));
        var first = await LookAsync();
        _site.At("/robots.txt", FeedAnswers.Status(404));

        Assert.Equal([(ChangeKind.Added, "t", Teaser)], first);
        Assert.Contains("Refund!", Assert.Single(await LookAsync()).Text);
    }

    [Fact]
    public async Task A_page_that_stays_away_is_asked_for_three_times_more_and_no_more()
    {
        Show(("t", Teaser));
        _site.At("/t", FeedAnswers.Status(503));

        Assert.Equal([(ChangeKind.Added, "t", Teaser)], (await LookAsync(times: 8)).SelectMany(look => look));
        Assert.Equal(4, _site.SeenAt("/t"));
        Assert.NotNull(_site.Seen.Last(request => request.Path == "/feed").Header("If-None-Match"));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    public async Task A_page_that_is_not_there_is_not_asked_for_again(int status)
    {
        Show(("t", Teaser));
        _site.At("/t", FeedAnswers.Status(status));

        Assert.Equal([(ChangeKind.Added, "t", Teaser)], (await LookAsync(times: 3)).SelectMany(look => look));
        Assert.Equal(1, _site.SeenAt("/t"));
    }

    [Fact]
    public async Task An_edit_waits_for_its_page_so_that_the_whole_text_stays()
    {
        Show(("t", Teaser));
        _site.At("/t", Page("My laptop died today."));
        var first = await LookAsync();
        Show(("t", "My laptop died on Monday…"));
        _site.At("/t", FeedAnswers.Status(503));
        var second = await LookAsync();
        _site.At("/t", Page("My laptop died on Monday."));
        var third = await LookAsync();

        Assert.Contains("Refund!", Assert.Single(first).Text);
        Assert.Empty(second);
        Assert.Equal((ChangeKind.Edited, "t", "My laptop died on Monday. " + Rest), Assert.Single(third));
        Assert.Empty(await LookAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_edit_whose_page_stays_away_comes_as_it_is_in_the_end(bool changesAtEachLook)
    {
        Show(("t", Teaser));
        _site.At("/t", Page("My laptop died today."));
        await LookAsync();
        _site.At("/t", FeedAnswers.Status(503));
        Show(("t", "My laptop died again, 0…"));
        List<int> given = [];
        for (var look = 0; look < 4; look++)
        {
            given.Add((await LookAsync()).Count(post => post.Kind == ChangeKind.Edited && post.Text.StartsWith("My laptop died again", StringComparison.Ordinal)));
            if (changesAtEachLook)
            {
                Show(("t", $"My laptop died again, {look + 1}…"));
            }
        }

        Assert.Equal([0, 0, 0, 1], given);
    }

    [Fact]
    public async Task An_edit_that_leaves_the_feed_while_it_waits_for_its_page_comes_as_it_is()
    {
        Show(("t", Teaser));
        _site.At("/t", Page("My laptop died today."));
        await LookAsync();
        Show(("t", "My laptop died on Monday…"));
        _site.At("/t", FeedAnswers.Status(503));

        var given = await LookAsync(then: () => Show(("u", "Something else.")));

        Assert.Equal((ChangeKind.Edited, "t", "My laptop died on Monday…"), Assert.Single(given, post => post.Id == "t"));
        Assert.DoesNotContain(await LookAsync(), post => post.Id == "t");
    }

    [Fact]
    public async Task An_edit_does_not_wait_for_ever_behind_new_posts()
    {
        Show(("t", Teaser));
        _site.At("/t", Page("My laptop died today."));
        await LookAsync();
        List<(string Id, string Text)> others = [];
        List<string> edits = [];
        for (var look = 0; look < 4; look++)
        {
            others.AddRange(Enumerable.Range(0, TeaserPages.Most).Select(i => ($"n{look}.{i}", "Something else…")));
            Show([("t", "My laptop died again…"), .. others]);
            _site.At("/t", FeedAnswers.Status(503));
            edits.AddRange((await LookAsync()).Where(post => post.Kind == ChangeKind.Edited).Select(post => post.Id));
        }

        Assert.Equal(["t"], edits);
    }

    [Fact]
    public async Task The_version_before_goes_on_from_a_cursor_with_pages_that_wait()
    {
        Show(("t", Teaser), ("u", "My phone died too…"));
        _site.At("/t", FeedAnswers.Status(503)).At("/u", Page("My phone died too."));
        var first = await LookAsync();
        var waiting = _at!.Value;
        _at = new Cursor(JsonSerializer.Serialize(JsonSerializer.Deserialize<StoredBefore>(waiting)));

        Assert.Equal(2, first.Count);
        Assert.Contains("\"Pages\":[{", waiting);
        Assert.DoesNotContain("Pages", _at.Value);
        Assert.Empty(await LookAsync());
        Assert.Equal(1, _site.SeenAt("/t"));
    }

    /// <summary>What the version before reads of a cursor, and writes.</summary>
    private sealed record StoredBefore(string? Feed, string? ETag, string? LastModified, string? Seen, int FirstLooks, long? ReadAt = null);

    /// <summary>From now on the feed shows these, each with a page at its id; who asks by its tags is told when it is unchanged.</summary>
    private void Show(params (string Id, string Text)[] items)
    {
        var shown = items.Select(item => $"<item><guid>{item.Id}</guid><title>Post {item.Id}</title><link>{_site.Address}/{item.Id}</link><description>{WebUtility.HtmlEncode(item.Text)}</description><pubDate>{ManualClock.Start:R}</pubDate></item>");
        _site.At("/feed", FeedAnswers.Tagged($"<rss version=\"2.0\"><channel><title>t</title>{string.Concat(shown)}</channel></rss>", $"\"v{++_version}\""));
    }

    private static RequestDelegate Page(string begins) => FeedAnswers.Text($"<html><body><article><p>{begins} {Rest}</p></article></body></html>", "text/html");

    private async Task<List<List<(ChangeKind Kind, string Id, string Text)>>> LookAsync(int times)
    {
        List<List<(ChangeKind Kind, string Id, string Text)>> looks = [];
        for (; times > 0; times--)
        {
            looks.Add(await LookAsync());
        }
        return looks;
    }

    /// <summary>One look, as after a restart, a quarter of an hour after the last one.</summary>
    /// <param name="then">Happens after it, and a second look follows without a restart.</param>
    private async Task<List<(ChangeKind Kind, string Id, string Text)>> LookAsync(Action? then = null)
    {
        _clock.Advance(TimeSpan.FromMinutes(15));
        using var web = new WebReader(new HttpSettings { AllowPrivateHosts = [_site.HostAndPort] }, _clock);
        using var done = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);
        using var logs = new CollectedLogs();
        var context = new ChannelContext("blog", web, _clock, logs, (_, _) =>
        {
            if (then is null)
            {
                return done.CancelAsync();
            }
            then();
            then = null;
            _clock.Advance(TimeSpan.FromMinutes(15));
            return Task.CompletedTask;
        });
        List<(ChangeKind Kind, string Id, string Text)> given = [];
        try
        {
            await foreach (var batch in new RssChannel(context, new RssOptions { Url = _site.Address + "/feed" }).ReadAsync(_at, WatchSet.Build([], Ours.Nobody), done.Token))
            {
                _at = batch.Next;
                given.AddRange(Enumerable.Range(0, batch.Count).Select(i => (batch.KindOf(i), batch.KeyAt(i).Id, batch.PostAt(i).Text)));
            }
        }
        catch (OperationCanceledException)
        {
            // The look is done.
        }
        return given;
    }
}
