using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>
/// X's API on this machine, as docs.x.com documents it: mentions and recent search with pages (x-api/posts/timelines, x-api/posts/search/integrate/paginate), lookup with partial
/// errors (x-api/posts/lookup, x-api/fundamentals/response-codes-and-errors), rate headers (x-api/fundamentals/rate-limits), prices (x-api/getting-started/pricing).
/// </summary>
public sealed partial class LocalX
{
    public const string Token = "local-bearer-1";
    public const string AccountId = "2244994945";
    public const string Account = "acme";

    /// <summary>An account's newest mentions that X gives (x-api/posts/timelines/migrate); that no next_token follows them is our reading.</summary>
    public const int MostMentions = 800;
    private const int Other = 22;
    private static readonly DateTimeOffset Began = DateTimeOffset.FromUnixTimeMilliseconds(1_288_834_974_657);
    private readonly Lock _gate = new();
    private readonly List<JsonObject> _posts = [];
    private readonly ConcurrentDictionary<string, string> _names = new() { [AccountId] = Account };
    private readonly ConcurrentDictionary<string, bool> _protocols = new();
    private long _lastId;
    private long _charged;

    /// <summary>Whether a question finds a post.</summary>
    public Func<string, JsonObject, bool> Matching { get; set; } = Matches;

    /// <summary>Posts on one page at most.</summary>
    public int PageSize { get; set; } = 100;

    /// <summary>Answers before the real one, each for one request; null answers well.</summary>
    public ConcurrentQueue<RequestDelegate?> Next { get; } = new();

    /// <summary>Every next_token is this one.</summary>
    public string? LyingToken { get; set; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
    public Dictionary<string, string> Headers { get; } = new() { ["x-rate-limit-limit"] = "450", ["x-rate-limit-remaining"] = "449" };
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>By which it was asked: "HTTP/2".</summary>
    public IEnumerable<string> Protocols => _protocols.Keys;
    public ConcurrentDictionary<string, string> Unavailable { get; } = new();

    /// <summary>What X would have charged until now, in millionths of a dollar.</summary>
    public long Charged => Interlocked.Read(ref _charged);

    public static long IdAt(DateTimeOffset time) => (long)(time - Began).TotalMilliseconds << Other;

    /// <summary>Somebody posts. Returns its number.</summary>
    public string Post(string text, string author = "mia", string? createdAt = null, DateTimeOffset? at = null, Action<JsonObject>? change = null)
    {
        string id;
        lock (_gate)
        {
            _lastId = Math.Max(_lastId + 1, IdAt(at ?? Time.GetUtcNow()));
            id = (at is null ? _lastId : IdAt(at.Value) + (_posts.Count % 4000)).ToString(CultureInfo.InvariantCulture);
            var authorId = _names.FirstOrDefault(name => name.Value == author).Key ?? (900_000_000 + _names.Count).ToString(CultureInfo.InvariantCulture);
            _names[authorId] = author;
            var post = new JsonObject
            {
                ["id"] = id,
                ["text"] = text,
                ["author_id"] = authorId,
                ["conversation_id"] = id,
                ["created_at"] = createdAt ?? (at ?? Time.GetUtcNow()).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                ["edit_history_tweet_ids"] = new JsonArray(id),
                ["lang"] = "en",
            };
            change?.Invoke(post);
            _posts.Add(post);
            Push(post);
        }
        return id;
    }

    /// <summary>Something that is no post, where a post should be.</summary>
    public void Garbage(string text = "") => Post(text, change: post => post["note"] = Withheld);

    private const string Withheld = "withheld";

    public void Remove(string id)
    {
        lock (_gate)
        {
            _posts.RemoveAll(post => (string?)post["id"] == id);
        }
    }

    public async Task AnswerAsync(HttpContext context)
    {
        Asked.Enqueue(context.Request.Path + context.Request.QueryString);
        _protocols[context.Request.Protocol] = true;
        foreach (var (name, value) in Headers)
        {
            context.Response.Headers[name] = value;
        }
        if (Next.TryDequeue(out var instead) && instead is not null)
        {
            await instead(context);
            return;
        }
        if (context.Request.Headers.Authorization != "Bearer " + Token)
        {
            await Problem(401, "Unauthorized", "Unauthorized", "about:blank")(context);
            return;
        }
        await RouteAsync(context, context.Request.Path.Value ?? "");
    }

    public static RequestDelegate Problem(int status, string title, string detail, string type) => async context =>
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(new JsonObject { ["title"] = title, ["detail"] = detail, ["type"] = type, ["status"] = status }.ToJsonString(), context.RequestAborted);
    };

    private Task RouteAsync(HttpContext context, string path) => path switch
    {
        "/2/tweets/search/recent" => FindAsync(context, 10, mentions: false),
        $"/2/users/{AccountId}/mentions" => FindAsync(context, 5, mentions: true),
        "/2/tweets" => LookupAsync(context),
        $"/2/users/by/username/{Account}" => PersonAsync(context, AccountId),
        "/2/tweets/search/stream/rules" => Rules.AnswerAsync(context),
        "/2/tweets/search/stream" => StreamAsync(context),
        _ when path.StartsWith("/2/users/", StringComparison.Ordinal) => PersonAsync(context, path["/2/users/".Length..]),
        _ => Problem(404, "Not Found Error", "no such endpoint", "https://api.x.com/2/problems/resource-not-found")(context),
    };

    private Task FindAsync(HttpContext context, int least, bool mentions)
    {
        var query = context.Request.Query;
        var max = int.Parse(query["max_results"].ToString(), CultureInfo.InvariantCulture);
        var since = query.TryGetValue("since_id", out var from) ? long.Parse(from.ToString(), CultureInfo.InvariantCulture) : 0;
        if (max < least || max > 100 || query["query"].ToString().Length > 512)
        {
            return Invalid(context, "One or more parameters to your request was invalid.");
        }
        if (!mentions && since < IdAt(Time.GetUtcNow() - TimeSpan.FromDays(7)))
        {
            return Invalid(context, "'since_id' must be a tweet id created after [7 days ago].");
        }
        var token = query[mentions ? "pagination_token" : "next_token"].ToString();
        var until = token.Length > 0 && long.TryParse(token.TrimStart('b'), out var at) ? at : long.MaxValue;
        since = mentions ? Math.Max(since, LastShown()) : since;
        return PageAsync(context, post => Id(post) > since && Id(post) < until && (mentions || Matching(query["query"].ToString(), post)), Math.Min(max, PageSize), query.ContainsKey("expansions"));
    }

    /// <summary>Mentions up to here are not shown any more.</summary>
    private long LastShown()
    {
        using var _ = _gate.EnterScope();
        return _posts.Select(Id).OrderDescending().Skip(MostMentions).FirstOrDefault();
    }

    private async Task PageAsync(HttpContext context, Func<JsonObject, bool> wanted, int size, bool withAuthors)
    {
        List<JsonObject> found;
        lock (_gate)
        {
            found = [.. _posts.Where(wanted).OrderByDescending(Id).Take(size + 1).Select(Shown)];
        }
        var page = found.Take(size).ToList();
        var answer = new JsonObject { ["meta"] = new JsonObject { ["result_count"] = page.Count } };
        if (page.Count > 0)
        {
            answer["meta"]!["newest_id"] = (string?)page[0]["id"];
            answer["meta"]!["oldest_id"] = (string?)page[^1]["id"];
            answer["data"] = new JsonArray([.. page]);
        }
        if (found.Count > size || LyingToken is not null)
        {
            answer["meta"]!["next_token"] = LyingToken ?? "b" + (string?)page[^1]["id"];
        }
        Charge(page, withAuthors, answer);
        await JsonAsync(context, answer);
    }

    private Task LookupAsync(HttpContext context)
    {
        var ids = context.Request.Query["ids"].ToString().Split(',');
        var (data, errors) = (new List<JsonObject>(), new JsonArray());
        foreach (var id in ids)
        {
            JsonObject? post;
            lock (_gate)
            {
                post = _posts.LastOrDefault(one => one["edit_history_tweet_ids"]!.AsArray().Any(edit => (string?)edit == id))?.DeepClone() as JsonObject;
            }
            if (post is not null && !Unavailable.ContainsKey(id))
            {
                data.Add(post);
                continue;
            }
            errors.Add(new JsonObject
            {
                ["value"] = id,
                ["resource_id"] = id,
                ["resource_type"] = "tweet",
                ["parameter"] = "ids",
                ["title"] = "Not Found Error",
                ["detail"] = $"Could not find tweet with ids: [{id}].",
                ["type"] = "https://api.x.com/2/problems/" + Unavailable.GetValueOrDefault(id, "resource-not-found"),
            });
        }
        var answer = new JsonObject();
        Charge(data, context.Request.Query.ContainsKey("expansions"), answer);
        if (data.Count > 0)
        {
            answer["data"] = new JsonArray([.. data]);
        }
        if (errors.Count > 0)
        {
            answer["errors"] = errors;
        }
        return JsonAsync(context, answer);
    }

    private Task PersonAsync(HttpContext context, string id)
    {
        if (!_names.ContainsKey(id))
        {
            return JsonAsync(context, new JsonObject { ["errors"] = new JsonArray(new JsonObject { ["resource_id"] = id, ["resource_type"] = "user", ["type"] = "https://api.x.com/2/problems/resource-not-found" }) });
        }
        Interlocked.Add(ref _charged, 10_000);
        return JsonAsync(context, new JsonObject { ["data"] = Person(id) });
    }

    private JsonObject Person(string id) => new()
    {
        ["id"] = id,
        ["name"] = "Person " + _names[id],
        ["username"] = _names[id],
        ["public_metrics"] = new JsonObject { ["followers_count"] = 1234 },
    };

    private void Charge(IReadOnlyCollection<JsonObject> posts, bool withAuthors, JsonObject answer)
    {
        var people = withAuthors ? posts.Select(post => (string)post["author_id"]!).Distinct().ToList() : [];
        if (people.Count > 0)
        {
            answer["includes"] = new JsonObject { ["users"] = new JsonArray([.. people.Select(Person)]) };
        }
        Interlocked.Add(ref _charged, (posts.Count * 5_000L) + (people.Count * 10_000));
    }

    private static Task Invalid(HttpContext context, string detail) => Problem(400, "Invalid Request", detail, "https://api.x.com/2/problems/invalid-request")(context);

    private static Task JsonAsync(HttpContext context, JsonObject answer) => FeedAnswers.Bytes(Encoding.UTF8.GetBytes(answer.ToJsonString()), "application/json; charset=utf-8")(context);

    /// <summary>As it goes out: garbage without its text.</summary>
    private static JsonObject Shown(JsonObject post)
    {
        var shown = (JsonObject)post.DeepClone();
        if (shown.Remove("note"))
        {
            shown.Remove("text");
        }
        return shown;
    }

    private static long Id(JsonObject post) => long.Parse((string)post["id"]!, CultureInfo.InvariantCulture);

    /// <summary>Understands what is built of "(... OR ...)", "-word" and "-is:retweet", as X's operators are documented (x-api/posts/search/integrate/operators).</summary>
    internal static bool Matches(string query, JsonObject post)
    {
        var text = (string?)post["text"] ?? "";
        query = query.StartsWith('(') ? query : query.IndexOf(" -", StringComparison.Ordinal) is > 0 and var not ? $"({query[..not]}){query[not..]}" : $"({query})";
        var end = query.IndexOf(')', StringComparison.Ordinal);
        var any = query[1..end].Split(" OR ").Any(term => Has(text, term, post));
        var tail = query[(end + 1)..];
        return any && !tail.Split(" -", StringSplitOptions.RemoveEmptyEntries).Where(not => !not.TrimStart().StartsWith('(') && not != "is:retweet").Any(not => Has(text, not, post));
    }

    private static bool Has(string text, string term, JsonObject post) => term.StartsWith("from:", StringComparison.Ordinal) ? false
        : term.StartsWith("conversation_id:", StringComparison.Ordinal) ? (string?)post["conversation_id"] == term["conversation_id:".Length..]
        : text.Contains(term.Trim('"'), StringComparison.OrdinalIgnoreCase);
}
