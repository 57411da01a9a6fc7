using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.HackerNews;

/// <summary>
/// Both services of Hacker News as far as the channel asks them. Shapes written by hand after hn.algolia.com/api (hits, items) and the README of
/// github.com/HackerNews/API (item, user).
/// </summary>
internal sealed class LocalHackerNews
{
    private readonly List<(long At, JsonNode Hit)> _hits = [];

    /// <summary>The search gives no more than this at once.</summary>
    public int Ceiling { get; init; } = 1000;

    /// <summary>When the newest of all that the search has taken in was written; null: it shows nothing of that.</summary>
    public DateTimeOffset? Head { get; set; }

    /// <summary>It answers 503 to all words, and still says how far it has come.</summary>
    public bool IsBroken { get; set; }

    /// <summary>What the official API shows: "item/1" to JSON; "null" for what it does not know.</summary>
    public Dictionary<string, string> Items { get; } = [];

    /// <param name="at">When it was written, by which it is searched; <paramref name="shown"/> is what the hit says of that.</param>
    public void AddComment(long id, string text, DateTimeOffset at, long? shown = null, long story = 1, long? parent = null) => _hits.Add((at.ToUnixTimeSeconds(), new JsonObject
    {
        ["objectID"] = id.ToString(CultureInfo.InvariantCulture),
        ["author"] = "mia",
        ["comment_text"] = text,
        ["created_at"] = "2026-11-02T09:00:00Z",
        ["created_at_i"] = shown ?? at.ToUnixTimeSeconds(),
        ["parent_id"] = parent ?? story,
        ["points"] = null,
        ["story_id"] = story,
        ["story_title"] = "A laptop story",
        ["story_url"] = "https://blog.example/laptop",
        ["title"] = null,
        ["url"] = null,
        ["story_text"] = null,
        ["_tags"] = new JsonArray("comment", "author_mia", "story_" + story),
    }));

    public void AddHit(DateTimeOffset at, string json) => _hits.Add((at.ToUnixTimeSeconds(), JsonNode.Parse(json)!));

    public string Answer(string query)
    {
        var given = query.Split('&').Select(part => part.Split('=', 2)).ToDictionary(part => part[0].TrimStart('?'), part => Uri.UnescapeDataString(part[1]));
        var bounds = given["numericFilters"].Split(',').Select(filter => long.Parse(filter.AsSpan(filter.IndexOf('=', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture)).ToList();
        if (given["hitsPerPage"] == "1")
        {
            return new JsonObject { ["hits"] = Head is { } head ? new JsonArray(new JsonObject { ["objectID"] = "9", ["created_at_i"] = head.ToUnixTimeSeconds() }) : new JsonArray() }.ToJsonString();
        }
        var word = given["query"].Trim('"');
        var found = _hits.Where(hit => hit.At >= bounds[0] && hit.At <= bounds[1] && hit.Hit.ToJsonString().Contains(word, StringComparison.OrdinalIgnoreCase)).OrderByDescending(hit => hit.At).ToList();
        var most = Math.Min(Ceiling, int.Parse(given["hitsPerPage"], CultureInfo.InvariantCulture));
        return new JsonObject
        {
            ["hits"] = new JsonArray([.. found.Take(most).Select(hit => hit.Hit.DeepClone())]),
            ["nbHits"] = found.Count,
            ["page"] = 0,
            ["nbPages"] = 1,
            ["hitsPerPage"] = most,
            ["exhaustiveNbHits"] = true,
        }.ToJsonString();
    }

    public Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        context.Response.ContentType = "application/json";
        if (IsBroken && !context.Request.QueryString.Value!.Contains("hitsPerPage=1&", StringComparison.Ordinal))
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        }
        return context.Response.WriteAsync(
            path.EndsWith("/search_by_date", StringComparison.Ordinal) ? Answer(context.Request.QueryString.Value!)
            : Items.GetValueOrDefault(path["/v0/".Length..].Replace(".json", "", StringComparison.Ordinal), "null"));
    }
}
