using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ListeningBot.IntegrationTests.LocalServices;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.StackExchange;

/// <summary>
/// The API as far as the channel asks it, always in gzip. Shapes written by hand after api.stackexchange.com/docs: wrapper, types/question, types/answer,
/// types/comment, types/shallow-user, error-handling.
/// </summary>
internal sealed class LocalStackExchange
{
    private readonly List<(long At, JsonNode Item)> _questions = [];

    /// <summary>What other methods answer, by their path: "questions/1/answers"; without an entry nothing.</summary>
    public Dictionary<string, string> Items { get; } = [];
    public int? Backoff { get; set; }
    public long QuotaRemaining { get; set; } = 9000;

    /// <param name="at">When it was asked, by which it is searched; <paramref name="shown"/> is what the question says of that.</param>
    public void AddQuestion(long id, string title, string body, DateTimeOffset at, long? shown = null, params string[] tags) =>
        AddItem(at, Question(id, title, body, shown ?? at.ToUnixTimeSeconds(), tags).ToJsonString());

    public void AddItem(DateTimeOffset at, string json) => _questions.Add((at.ToUnixTimeSeconds(), JsonNode.Parse(json)!));

    public static JsonObject Question(long id, string title, string body, long created, params string[] tags) => new()
    {
        ["tags"] = new JsonArray([.. tags.Select(tag => (JsonNode)tag)]),
        ["owner"] = new JsonObject { ["reputation"] = 1, ["user_id"] = 22656, ["user_type"] = "registered", ["display_name"] = "Mia &amp; Co", ["link"] = "https://stackoverflow.com/users/22656/mia" },
        ["is_answered"] = false,
        ["view_count"] = 7,
        ["answer_count"] = 0,
        ["score"] = 0,
        ["last_activity_date"] = created,
        ["creation_date"] = created,
        ["question_id"] = id,
        ["link"] = $"https://stackoverflow.com/questions/{id}/title",
        ["title"] = title,
        ["body"] = body,
    };

    public string Search(string query)
    {
        var given = query.TrimStart('?').Split('&').Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => Uri.UnescapeDataString(part[1]));
        var (from, page, size) = (long.Parse(given["fromdate"], CultureInfo.InvariantCulture), int.Parse(given["page"], CultureInfo.InvariantCulture), int.Parse(given["pagesize"], CultureInfo.InvariantCulture));
        var found = _questions.Where(question => question.At >= from && question.Item.ToJsonString().Contains(given["q"].Trim('"'), StringComparison.OrdinalIgnoreCase)).OrderBy(question => question.At).ToList();
        return Wrapped(found.Skip((page - 1) * size).Take(size).Select(question => question.Item.DeepClone()), page * size < found.Count);
    }

    public string Wrapped(IEnumerable<JsonNode> items, bool more = false)
    {
        var wrapper = new JsonObject { ["items"] = new JsonArray([.. items]), ["has_more"] = more, ["quota_max"] = 10000, ["quota_remaining"] = QuotaRemaining };
        if (Backoff is { } seconds)
        {
            wrapper["backoff"] = seconds;
        }
        return wrapper.ToJsonString();
    }

    public Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!["/2.3/".Length..];
        var answer = path == "search/advanced" ? Search(context.Request.QueryString.Value!) : Wrapped(Items.TryGetValue(path, out var items) ? JsonNode.Parse(items)!.AsArray().Select(item => item!.DeepClone()) : []);
        return FeedAnswers.Bytes(FeedAnswers.Gzip(Encoding.UTF8.GetBytes(answer)), "application/json; charset=utf-8", "gzip")(context);
    }

    /// <summary>An error: always HTTP 400, whatever it is.</summary>
    public static RequestDelegate Error(int id, string name, string message) =>
        FeedAnswers.Status(400, body: $$"""{"error_id":{{id}},"error_message":"{{message}}","error_name":"{{name}}"}""");
}
