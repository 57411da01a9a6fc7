using System.Text.Json.Nodes;

namespace ListeningBot.IntegrationTests.Channels.AppStore;

/// <summary>
/// Answers in the shape of the reviews' feed. Apple documents the feed generator only (rss.applemarketingtools.com); the shape is that which public
/// clients and their recorded answers show: every value in a "label", times with the zone of California.
/// </summary>
internal static class StoreReviews
{
    /// <summary>What many answers begin with: the app itself.</summary>
    public static JsonObject App() => JsonNode.Parse("""
        {"im:name":{"label":"Acme Notes"},"im:price":{"label":"Get","attributes":{"amount":"0.00000","currency":"USD"}},"id":{"label":"https://apps.apple.com/us/app/acme-notes/id1404176564?uo=2","attributes":{"im:id":"1404176564"}},"title":{"label":"Acme Notes - Acme Ltd"},"im:contentType":{"attributes":{"term":"Application","label":"Application"}}}
        """)!.AsObject();

    public static JsonObject Review(string id, string text, string title = "About", double stars = 1, DateTimeOffset? updated = null, string version = "3.4.3", string author = "638572168") => new()
    {
        ["author"] = new JsonObject { ["uri"] = Label($"https://itunes.apple.com/us/reviews/id{author}"), ["name"] = Label("mia_" + author), ["label"] = "" },
        ["updated"] = Label((updated ?? TimeProvider.System.GetUtcNow()).ToOffset(TimeSpan.FromHours(-7)).ToString("yyyy-MM-dd'T'HH:mm:sszzz")),
        ["im:rating"] = Label($"{stars}"),
        ["im:version"] = Label(version),
        ["id"] = Label(id),
        ["title"] = Label(title),
        ["content"] = new JsonObject { ["label"] = text, ["attributes"] = new JsonObject { ["type"] = "text" } },
        ["link"] = new JsonObject { ["attributes"] = new JsonObject { ["rel"] = "related", ["href"] = "https://itunes.apple.com/us/review?id=1404176564&type=Purple%20Software" } },
        ["im:voteSum"] = Label("0"),
        ["im:contentType"] = new JsonObject { ["attributes"] = new JsonObject { ["term"] = "Application", ["label"] = "Application" } },
        ["im:voteCount"] = Label("0"),
    };

    /// <summary>One review stands alone, none is left out: the feed has no empty lists.</summary>
    public static string Feed(params IReadOnlyList<JsonNode> entries)
    {
        var feed = new JsonObject { ["author"] = new JsonObject { ["name"] = Label("iTunes Store"), ["uri"] = Label("http://www.apple.com/uk/itunes/") } };
        if (entries.Count > 0)
        {
            feed["entry"] = entries.Count == 1 ? entries[0].DeepClone() : new JsonArray([.. entries.Select(entry => entry.DeepClone())]);
        }
        return new JsonObject { ["feed"] = feed }.ToJsonString();
    }

    public static JsonObject Label(string text) => new() { ["label"] = text };
}
