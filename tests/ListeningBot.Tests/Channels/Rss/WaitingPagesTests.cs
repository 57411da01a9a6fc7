using ListeningBot.Channels.Feeds;
using ListeningBot.Channels.Rss;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Channels.Rss;

public sealed class WaitingPagesTests
{
    [Fact]
    public void However_many_pages_fail_only_so_many_wait_and_the_others_are_not_held_up()
    {
        var pages = new WaitingPages();

        var waits = Enumerable.Range(0, 1000).Count(i => pages.Wait(Item($"{i}"), ManualClock.Start));

        Assert.Equal((WaitingPages.Most, WaitingPages.Most), (waits, pages.ToStored()!.Count));
        Assert.Equal(WaitingPages.Most, new WaitingPages([.. pages.ToStored()!, .. pages.ToStored()!.Select(page => page with { Item = ~page.Item })]).ToStored()!.Count);
    }

    [Fact]
    public void A_page_waits_longer_after_its_first_failure_and_is_given_up_after_the_fourth()
    {
        var pages = new WaitingPages();
        var (item, now) = (Item("1"), ManualClock.Start);
        List<TimeSpan> waited = [];
        while (pages.Wait(item, now))
        {
            var wait = Enumerable.Range(1, 3600).Select(seconds => TimeSpan.FromSeconds(seconds)).First(wait => pages.AreDue(now + wait));
            waited.Add(wait);
            now += wait;
        }

        Assert.Equal([TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10)], waited);
        Assert.Null(pages.ToStored());
    }

    [Fact]
    public void Another_edit_and_a_clock_that_was_set_back_end_the_wait()
    {
        var pages = new WaitingPages();
        pages.Wait(Item("1"), ManualClock.Start);
        var page = pages.Of(Item("1"))!;

        Assert.False(page.IsDue(Item("1"), ManualClock.Start));
        Assert.True(page.IsDue(Item("1", "It burns"), ManualClock.Start));
        Assert.True(page.IsDue(Item("1"), ManualClock.Start.AddDays(-1)));
    }

    private static KnownItem Item(string id, string text = "It smokes") => new(id, new FeedItem { Text = text });
}
