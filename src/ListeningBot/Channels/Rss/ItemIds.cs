using System.Globalization;
using ListeningBot.Channels.Feeds;

namespace ListeningBot.Channels.Rss;

/// <summary>An item with the id under which it is known.</summary>
internal sealed record KnownItem(string Id, FeedItem Item)
{
    public ulong Key { get; } = SeenItems.HashOfId(Id);
    public uint Content { get; } = SeenItems.HashOfContent(Item.Title, Item.Text);
}

/// <summary>
/// Gives each item of a feed an id of its own that lasts: its guid, else its link, else a hash of what it says. Where several share
/// one, what tells them apart is added; an item that was read under the shared one alone keeps it.
/// </summary>
internal static class ItemIds
{
    private const int Longest = 500;

    public static List<KnownItem> Of(IReadOnlyList<FeedItem> items, SeenItems seen)
    {
        List<KnownItem> known = [];
        foreach (var group in items.GroupBy(Shared))
        {
            known.AddRange(InGroup(group.Key, [.. group], seen));
        }
        return [.. known.DistinctBy(item => item.Key)];
    }

    private static string Shared(FeedItem item) =>
        Short(item.Guid ?? item.Link?.AbsoluteUri ?? "text-" + Hash(item.Title + "\n" + item.Text));

    private static IEnumerable<KnownItem> InGroup(string shared, List<FeedItem> items, SeenItems seen)
    {
        if (items.Count > 1 && AreOneItem(items))
        {
            items = [items.MaxBy(item => item.Updated ?? item.Posted ?? DateTimeOffset.MinValue)!];
        }
        var sharedKey = seen.ContentOf(SeenItems.HashOfId(shared));
        foreach (var item in items)
        {
            var byWords = new KnownItem(shared + "#" + Hash(Words(item)), item);
            var own = seen.ContentOf(byWords.Key) is not null ? byWords : new KnownItem(shared + "#" + Hash(Telling(item, items)), item);
            var plain = new KnownItem(shared, item);
            var apart = seen.ContentOf(own.Key) is not null || (items.Count > 1 && sharedKey != plain.Content);
            yield return apart ? own : plain;
        }
    }

    /// <summary>One guid, one link, one title, and one author who wrote it once: revisions of the same item. A product's reviews share all but the last.</summary>
    private static bool AreOneItem(List<FeedItem> items) =>
        items[0].Guid is not null && items[0].Link is { } link && items.TrueForAll(item => item.Link == link) && items.Select(item => item.Title).Distinct().Count() == 1
        && items.Select(item => item.Author).Distinct().Count() == 1 && (items.Select(item => item.Posted).Distinct().Count() == 1 || items.TrueForAll(item => item.Posted == item.Updated));

    /// <summary>The first of link, title and text that differs among them.</summary>
    private static string Telling(FeedItem item, List<FeedItem> items) =>
        items[0].Guid is not null && items.Select(i => i.Link?.AbsoluteUri).Distinct().Count() == items.Count ? item.Link?.AbsoluteUri ?? ""
        : items.Select(i => i.Title).Distinct().Count() == items.Count ? item.Title ?? ""
        : Words(item);

    private static string Words(FeedItem item) => item.Title + "\n" + item.Text;

    private static string Short(string id) => id.Length <= Longest ? id : id[..200] + "#" + Hash(id);

    private static string Hash(string text) => SeenItems.HashOfId(text).ToString("x16", CultureInfo.InvariantCulture);
}
