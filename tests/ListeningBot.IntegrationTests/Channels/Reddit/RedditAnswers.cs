using System.Net;
using System.Text.Json.Nodes;

namespace ListeningBot.IntegrationTests.Channels.Reddit;

/// <summary>
/// Answers in Reddit's shapes: listings and things as github.com/reddit-archive/reddit/wiki/json describes them, with the fields of www.reddit.com/dev/api;
/// the token's answer after github.com/reddit-archive/reddit/wiki/OAuth2; feeds as public readers of /r/NAME/new.rss show them.
/// </summary>
internal static class RedditAnswers
{
    public const string Token = """{"access_token":"token-of-today-1","token_type":"bearer","expires_in":86400,"scope":"*"}""";

    public static JsonObject Submission(string id, string text, DateTimeOffset? at = null, string title = "About my laptop", string author = "mia_L") => new()
    {
        ["kind"] = "t3",
        ["data"] = new JsonObject
        {
            ["name"] = id,
            ["id"] = id[3..],
            ["subreddit"] = "laptops",
            ["title"] = title,
            ["selftext"] = text,
            ["selftext_html"] = text.Length == 0 ? null : Md(text),
            ["author"] = author,
            ["created_utc"] = Seconds(at),
            ["edited"] = false,
            ["is_self"] = text.Length > 0,
            ["permalink"] = $"/r/laptops/comments/{id[3..]}/about_my_laptop/",
            ["url"] = $"https://www.reddit.com/r/laptops/comments/{id[3..]}/about_my_laptop/",
            ["removed_by_category"] = null,
            ["num_comments"] = 0,
        },
    };

    public static JsonObject Comment(string id, string text, string thread, string? parent = null, DateTimeOffset? at = null, string author = "mia_L") => new()
    {
        ["kind"] = "t1",
        ["data"] = new JsonObject
        {
            ["name"] = id,
            ["id"] = id[3..],
            ["subreddit"] = "laptops",
            ["body"] = text,
            ["body_html"] = Md(text),
            ["author"] = author,
            ["created_utc"] = Seconds(at),
            ["edited"] = false,
            ["link_id"] = thread,
            ["parent_id"] = parent ?? thread,
            ["permalink"] = $"/r/laptops/comments/{thread[3..]}/about_my_laptop/{id[3..]}/",
            ["replies"] = "",
        },
    };

    public static string Listing(IReadOnlyList<JsonNode> things, string? after = null) => new JsonObject
    {
        ["kind"] = "Listing",
        ["data"] = new JsonObject { ["after"] = after, ["before"] = null, ["dist"] = things.Count, ["children"] = new JsonArray([.. things.Select(thing => thing.DeepClone())]) },
    }.ToJsonString();

    /// <summary>The same post or comment as the feeds show it.</summary>
    public static string Entry(JsonNode thing)
    {
        if (thing["data"] is not { } data)
        {
            return "<entry><id>17</id></entry>";
        }
        var id = (string)data["name"]!;
        var isComment = id.StartsWith("t1_", StringComparison.Ordinal);
        var address = "https://www.reddit.com" + (string)data["permalink"]!;
        var body = (string?)(data["selftext_html"] ?? data["body_html"]) ?? "";
        var author = (string?)data["author"];
        var tail = isComment ? "" : $" &#32; submitted by &#32; <a href=\"https://www.reddit.com/user/{author}\"> /u/{author} </a> <br/> <span><a href=\"{(string?)data["url"]}\">[link]</a></span> &#32; <span><a href=\"{address}\">[comments]</a></span>";
        var time = DateTimeOffset.FromUnixTimeMilliseconds((long)((double)data["created_utc"]! * 1000)).ToString("yyyy-MM-dd'T'HH:mm:sszzz");
        return $"<entry><author><name>/u/{author}</name><uri>https://www.reddit.com/user/{author}</uri></author><category term=\"laptops\" label=\"r/laptops\"/>"
            + $"<content type=\"html\">{WebUtility.HtmlEncode(body + tail)}</content><id>{id}</id><link href=\"{address}\"/><updated>{time}</updated>"
            + (isComment ? "" : $"<published>{time}</published>") + $"<title>{WebUtility.HtmlEncode(isComment ? $"/u/{author} on About my laptop" : (string)data["title"]!)}</title></entry>";
    }

    public static string Feed(IReadOnlyList<JsonNode> things) =>
        $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\"><id>/r/laptops/new.rss</id><title>newest submissions : laptops</title>{string.Concat(things.Select(Entry))}</feed>";

    private static string Md(string text) => $"<!-- SC_OFF --><div class=\"md\"><p>{WebUtility.HtmlEncode(text)}</p>\n</div><!-- SC_ON -->";

    private static double Seconds(DateTimeOffset? at) => (at ?? TimeProvider.System.GetUtcNow()).ToUnixTimeSeconds();
}
