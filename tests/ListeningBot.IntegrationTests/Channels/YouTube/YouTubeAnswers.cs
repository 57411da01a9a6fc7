using System.Text.Json.Nodes;

namespace ListeningBot.IntegrationTests.Channels.YouTube;

/// <summary>
/// Answers in the shapes that developers.google.com/youtube/v3/docs shows for commentThreads, comments and videos, and errors as its page "errors" lists them.
/// </summary>
internal static class YouTubeAnswers
{
    public const string Video = "dQw4w9WgXcQ";

    public static JsonObject Comment(string id, string text, DateTimeOffset? at = null, string? parent = null, string author = "mia", bool withVideo = true)
    {
        var time = (at ?? TimeProvider.System.GetUtcNow()).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");
        var snippet = new JsonObject
        {
            ["authorDisplayName"] = "@" + author,
            ["authorProfileImageUrl"] = "https://yt3.ggpht.com/x",
            ["authorChannelUrl"] = "http://www.youtube.com/@" + author,
            ["authorChannelId"] = new JsonObject { ["value"] = "UC" + author },
            ["channelId"] = "UCabcdefghijklmnopqrstuv",
            ["textDisplay"] = text,
            ["textOriginal"] = text,
            ["canRate"] = true,
            ["viewerRating"] = "none",
            ["likeCount"] = 3,
            ["publishedAt"] = time,
            ["updatedAt"] = time,
        };
        if (withVideo)
        {
            snippet["videoId"] = Video;
        }
        if (parent is not null)
        {
            snippet["parentId"] = parent;
        }
        return new JsonObject { ["kind"] = "youtube#comment", ["etag"] = "e", ["id"] = id, ["snippet"] = snippet };
    }

    /// <param name="replies">Those that the thread itself shows.</param>
    public static JsonObject Thread(JsonObject comment, int? totalReplies = null, params IReadOnlyList<JsonObject> replies)
    {
        var thread = new JsonObject
        {
            ["kind"] = "youtube#commentThread",
            ["etag"] = "e",
            ["id"] = (string?)comment["id"],
            ["snippet"] = new JsonObject
            {
                ["channelId"] = "UCabcdefghijklmnopqrstuv",
                ["videoId"] = Video,
                ["topLevelComment"] = comment.DeepClone(),
                ["canReply"] = true,
                ["totalReplyCount"] = totalReplies ?? replies.Count,
                ["isPublic"] = true,
            },
        };
        if (replies.Count > 0)
        {
            thread["replies"] = new JsonObject { ["comments"] = new JsonArray([.. replies.Select(reply => reply.DeepClone())]) };
        }
        return thread;
    }

    public static string List(string kind, IEnumerable<JsonNode> items, string? next = null)
    {
        var list = new JsonObject { ["kind"] = $"youtube#{kind}ListResponse", ["etag"] = "e" };
        if (next is not null)
        {
            list["nextPageToken"] = next;
        }
        list["pageInfo"] = new JsonObject { ["totalResults"] = 20, ["resultsPerPage"] = 20 };
        list["items"] = new JsonArray([.. items.Select(item => item.DeepClone())]);
        return list.ToJsonString();
    }

    public static string Videos(string title) => List("video", [new JsonObject { ["kind"] = "youtube#video", ["id"] = Video, ["snippet"] = new JsonObject { ["title"] = title } }]);

    public static string Error(int code, string reason, string domain = "youtube.commentThread") =>
        new JsonObject
        {
            ["error"] = new JsonObject { ["code"] = code, ["message"] = "It is so.", ["errors"] = new JsonArray(new JsonObject { ["message"] = "It is so.", ["domain"] = domain, ["reason"] = reason }) },
        }.ToJsonString();
}
