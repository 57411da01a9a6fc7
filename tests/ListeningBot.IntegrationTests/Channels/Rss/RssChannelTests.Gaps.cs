using ListeningBot.Channels;
using ListeningBot.Channels.Rss;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Watching;
using ListeningBot.IntegrationTests.LocalServices;
using ListeningBot.Tests.Support;

namespace ListeningBot.IntegrationTests.Channels.Rss;

/// <summary>A feed shows its newest items only: what came and went while nobody looked.</summary>
public sealed partial class RssChannelTests
{
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

    /// <summary>Five minutes between one and the next, the newest at the top.</summary>
    private static string Shown(int from, int count, DateTimeOffset first, bool dated = true) => Feed([.. Items(from, count, first, dated)]);

    private static IEnumerable<string> Items(int from, int count, DateTimeOffset first, bool dated = true) =>
        Enumerable.Range(from, count).Reverse().Select(i => Item("i" + i, "Text " + i, dated ? $"{first.AddMinutes((i - from) * 5):R}" : null));
}
