using ListeningBot.Channels.Searches;
using ListeningBot.Core.Watching;

namespace ListeningBot.Channels.Mastodon;

/// <summary>A list of posts that a server keeps, and how it is asked for.</summary>
/// <param name="Name">Lasting, and fit to be shown: "#acme", "search acme", "mentions".</param>
/// <param name="Path">With its query, but for the page.</param>
/// <param name="List">The field of the answer that holds the list; null when the answer is the list.</param>
/// <param name="Status">The field of an item that holds the post; null when the item is the post.</param>
/// <param name="Stream">How its stream is subscribed to; null when it has none.</param>
internal sealed record MastodonPlace(string Name, string Path, string? List = null, string? Status = null, object? Stream = null)
{
    public static readonly MastodonPlace Public = new("the public timeline", "/api/v1/timelines/public?limit=40", Stream: new { type = "subscribe", stream = "public" });

    /// <summary>From Mastodon 4.3 on, an account's policy filters private mentions of people whom it does not follow: those of customers.</summary>
    public static readonly MastodonPlace Mentions = new("mentions", "/api/v1/notifications?types[]=mention&include_filtered=true&limit=40", Status: "status", Stream: new { type = "subscribe", stream = "user:notification" });

    /// <summary>What serves it on the server, and may be out of order alone.</summary>
    public string Part => Name.StartsWith('#') ? "tags" : List ?? Name;

    public static MastodonPlace Tag(string tag) => new("#" + tag, $"/api/v1/timelines/tag/{Uri.EscapeDataString(tag)}?limit=40", Stream: new { type = "subscribe", stream = "hashtag", tag });

    public static MastodonPlace Search(string word) =>
        new("search " + word, $"/api/v2/search?type=statuses&limit=40&q={Uri.EscapeDataString(QueryOf(word))}", List: "statuses");

    /// <summary>
    /// A plain word is searched for in its stems as well ("acme" finds "Acme's"), a phrase as it stands (Mastodon: app/lib/search_query_transformer.rb). All else is
    /// a phrase, so that nothing in it is an operator.
    /// </summary>
    private static string QueryOf(string word)
    {
        var bare = word.TrimStart('#', '@').Replace('"', ' ').Trim();
        return bare.All(char.IsLetterOrDigit) ? bare : $"\"{bare}\"";
    }
}

/// <summary>Which places a channel listens on.</summary>
internal static class MastodonPlaces
{
    private const int LongestTag = 100;
    private static readonly PlainWords Dialect = new("mastodon");

    public static IReadOnlyList<MastodonPlace> Of(MastodonOptions options, WatchSet watches, string channel)
    {
        var tags = SearchWords.Tags(watches, channel, Dialect, options.Tags, word => TagOf(word) is not null).Searches.Select(TagOf).OfType<string>().Distinct();
        List<MastodonPlace> places = [.. tags.Select(MastodonPlace.Tag)];
        if (options.HasToken)
        {
            // Who speaks to us is heard before who speaks of us.
            places.Insert(0, MastodonPlace.Mentions);
            places.AddRange(SearchWords.Of(watches, channel, Dialect, options.Words).Searches.Select(word => word.ToLowerInvariant()).Distinct().Select(MastodonPlace.Search));
        }
        if (options.Public)
        {
            places.Add(MastodonPlace.Public);
        }
        return places;
    }

    /// <summary>The tags and searches among the places. Without search, a watch whose words can be no tags is heard in other ways at best.</summary>
    public static SearchPlan Asked(string channel, MastodonOptions options, WatchSet watches)
    {
        var asked = Of(options, watches, channel).Where(place => place != MastodonPlace.Mentions && place != MastodonPlace.Public).Select(place => place.Name);
        return new([.. asked], options.Public || (options.Tags is { Count: > 0 } && (!options.HasToken || options.Words is { Count: > 0 })) ? [] : SearchWords.Of(watches, channel, Dialect, null).Unsearchable);
    }

    /// <summary>"acmelaptop" for "Acme laptop" and "#AcmeLaptop"; null for what can be no tag.</summary>
    public static string? TagOf(string word)
    {
        var tag = word.Trim().TrimStart('#').Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return tag.Length is > 0 and <= LongestTag && tag.All(c => char.IsLetterOrDigit(c) || c == '_') && !tag.All(char.IsDigit) ? tag : null;
    }
}
