using ListeningBot.Channels;
using ListeningBot.Channels.Feeds;
using ListeningBot.Channels.Rss;
using ListeningBot.Core.Posts;

namespace ListeningBot.Tests.Channels.Rss;

public sealed class ItemIdsTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Reviews_that_share_the_products_guid_link_and_title_are_each_heard_once()
    {
        var seen = new SeenItems();
        FeedItem[] three = [Review("Mia", 1, "It smokes"), Review("Ben", 2, "It burns"), Review("Eve", 3, "It leaks")];

        Assert.Equal([("It smokes", true), ("It burns", true), ("It leaks", true)], Heard(three, seen));
        Assert.Equal([("It stinks", true)], Heard([.. three, Review("Tom", 4, "It stinks")], seen));
        Assert.Empty(Heard([three[2]], seen));
    }

    [Fact]
    public void A_first_review_keeps_its_id_when_others_come()
    {
        var seen = new SeenItems();

        Assert.Equal([("It smokes", true)], Heard([Review("Mia", 1, "It smokes")], seen));
        Assert.Equal([("It burns", true)], Heard([Review("Ben", 2, "It burns"), Review("Mia", 1, "It smokes")], seen));
    }

    [Fact]
    public void Revisions_of_one_item_stay_one()
    {
        var first = Review("Mia", 1, "It smokes") with { Updated = Monday };
        var onlyUpdated = first with { Posted = Monday };

        Assert.Equal([("It burns", true)], Heard([first, first with { Text = "It burns", Updated = Monday.AddDays(2) }], new SeenItems()));
        Assert.Equal([("It burns", true)], Heard([onlyUpdated, onlyUpdated with { Text = "It burns", Posted = Monday.AddDays(2), Updated = Monday.AddDays(2) }], new SeenItems()));
    }

    private static FeedItem Review(string author, int day, string text) =>
        new() { Guid = "kettle", Link = new Uri("https://shop.example/kettle"), Title = "Kettle", Author = new Author { Name = author }, Posted = Monday.AddDays(day), Text = text };

    /// <summary>What a look at the feed hears, and whether it is new or an edit.</summary>
    private static List<(string Text, bool IsNew)> Heard(IReadOnlyList<FeedItem> items, SeenItems seen)
    {
        var fresh = ItemIds.Of(items, seen).Where(item => seen.ContentOf(item.Key) != item.Content).ToList();
        List<(string Text, bool IsNew)> heard = [.. fresh.Select(item => (item.Item.Text, seen.ContentOf(item.Key) is null))];
        fresh.ForEach(item => seen.Add(item.Key, item.Content));
        return heard;
    }
}
