using System.Text.Json;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.X;

/// <summary>
/// One answer of X: "data" (a list, or one thing), "includes", "errors", "meta", any of which may be missing.
/// Documented at docs.x.com: x-api/posts/search, x-api/posts/timelines, x-api/posts/lookup, x-api/fundamentals/response-codes-and-errors.
/// </summary>
internal sealed record XPage
{
    private const int KeptAside = 4096;

    public static readonly XPage Nothing = new();

    public IReadOnlyList<XItem> Items { get; private init; } = [];
    public IReadOnlyList<BadItem> Aside { get; private init; } = [];

    /// <summary>Who wrote them, by number.</summary>
    public IReadOnlyDictionary<string, XPerson> People { get; private init; } = new Dictionary<string, XPerson>();

    /// <summary>What was asked for by number and is gone or closed to us.</summary>
    public IReadOnlySet<string> Gone { get; private init; } = new HashSet<string>();

    /// <summary>The one who was asked for.</summary>
    public XPerson? Person { get; private init; }
    public bool HasPerson => Person is not null;
    public string? NextToken { get; private init; }
    public long? Newest { get; private init; }
    public long? Oldest { get; private init; }

    /// <summary>Posts beside those asked for: charged as well.</summary>
    private int IncludedPosts { get; init; }
    private int Count { get; init; }

    /// <summary>What X charges for this answer, in millionths of a dollar.</summary>
    public long Cost(XPrice price) => ((Count + IncludedPosts) * price.Post) + (People.Count * price.Author);

    public static XPage OfBad(BadItem bad) => new() { Aside = [bad] };

    public static XPage Read(JsonElement root)
    {
        var (items, aside) = (new List<XItem>(), new List<BadItem>());
        var data = Part(root, "data");
        var elements = data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray()] : data.ValueKind == JsonValueKind.Object ? new List<JsonElement> { data } : [];
        foreach (var element in elements)
        {
            if (XItem.Read(element) is { } item)
            {
                items.Add(item);
            }
            else if (Text(element, "username") is null)
            {
                aside.Add(new BadItem("a post of X without a number or a text", Beginning(element)));
            }
        }
        var includes = Part(root, "includes");
        var meta = Part(root, "meta");
        var ids = items.Select(item => item.Id).Concat(new[] { XId.Parse(Text(meta, "newest_id")), XId.Parse(Text(meta, "oldest_id")) }.OfType<long>()).ToList();
        return new XPage
        {
            Items = items,
            Aside = aside,
            People = List(includes, "users").Select(XPerson.Read).OfType<XPerson>().GroupBy(person => person.Id).ToDictionary(same => same.Key, same => same.First()),
            Gone = List(root, "errors").Where(IsGone).Select(error => Text(error, "resource_id") ?? Text(error, "value")).OfType<string>().ToHashSet(StringComparer.Ordinal),
            Person = elements.Count == 1 ? XPerson.Read(elements[0]) : null,
            NextToken = Text(meta, "next_token") is { Length: > 0 and <= 500 } token ? token : null,
            Newest = ids.Count > 0 ? ids.Max() : null,
            Oldest = ids.Count > 0 ? ids.Min() : null,
            IncludedPosts = List(includes, "tweets").Count(),
            Count = elements.Count,
        };
    }

    public static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? JsonText.TextOf(value) ?? (value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null) : null;

    public static IEnumerable<JsonElement> List(JsonElement element, string name) => Part(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static JsonElement Part(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static bool IsGone(JsonElement error) =>
        Text(error, "type") is { } type && Text(error, "resource_type") is null or "tweet" or "post"
        && (type.EndsWith("/resource-not-found", StringComparison.Ordinal) || type.EndsWith("/not-authorized-for-resource", StringComparison.Ordinal));

    private static string Beginning(JsonElement element) => element.GetRawText() is { Length: > KeptAside } long_ ? long_[..KeptAside] : element.GetRawText();
}

/// <summary>Who somebody is. All text as it came.</summary>
internal sealed record XPerson(string Id, string Username, string? Name, long? Followers)
{
    private const int MostLinks = 10;

    public string Url => "https://x.com/" + Username;

    /// <summary>What they say of themselves.</summary>
    public string? About { get; private init; }

    /// <summary>What their profile links.</summary>
    public IReadOnlyList<string> Links { get; private init; } = [];

    public static XPerson? Read(JsonElement element)
    {
        if (XId.Parse(XPage.Text(element, "id")) is not { } id || XPage.Text(element, "username") is not { } username || !XDialect.IsHandle(username))
        {
            return null;
        }
        var entities = XPage.Part(element, "entities");
        var (own, named) = (XLinks.Of(XPage.Part(entities, "url")), XLinks.Of(XPage.Part(entities, "description")));
        return new XPerson(XId.Text(id), username, XPage.Text(element, "name"), FollowersOf(XPage.Part(element, "public_metrics")))
        {
            About = XPage.Text(element, "description") is { } about ? XLinks.Expand(about, named) : null,
            Links = [.. own.Concat(named).Select(link => link.Expanded).Distinct(StringComparer.Ordinal).Take(MostLinks)],
        };
    }

    private static long? FollowersOf(JsonElement metrics) =>
        XPage.Part(metrics, "followers_count") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt64(out var followers) && followers >= 0 ? followers : null;
}
