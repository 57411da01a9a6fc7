using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.Channels.Mastodon;

/// <summary>
/// A server as far as the channel asks it. Shapes written by hand after docs.joinmastodon.org: entities/Status, Account, Notification, Search, Context, Instance;
/// methods/timelines (min_id gives what follows, newest first), methods/streaming.
/// </summary>
internal sealed class LocalMastodon
{
    private readonly Lock _gate = new();
    private readonly List<(long Id, JsonObject Status)> _statuses = [];
    private readonly ConcurrentDictionary<WebSocket, List<string>> _streams = new();
    private int _subscribed;

    /// <summary>A page holds no more than this.</summary>
    public int PageSize { get; init; } = 40;

    /// <summary>Null: it says nothing of itself.</summary>
    public string? Instance { get; set; }

    /// <summary>Who are mentioned: ids of statuses, each with the number of its notification.</summary>
    public List<(long Notification, long Status)> Mentions { get; } = [];

    /// <summary>Numbers of notifications that the account's policy filters (Mastodon 4.3): left out unless they are asked for.</summary>
    public HashSet<long> Filtered { get; } = [];
    public Dictionary<string, string> Other { get; } = [];
    public int Streams => _streams.Count;

    /// <summary>Wishes to hear something so far.</summary>
    public int Subscribed => Volatile.Read(ref _subscribed);
    public IReadOnlyList<string> Subscriptions => [.. _streams.Values.SelectMany(stream => stream)];

    /// <summary>A status of "mia" on a server far away.</summary>
    public static JsonObject Status(long id, string content, DateTimeOffset? at, string visibility = "public", long? answers = null, string uriHost = "far.example") => new()
    {
        ["id"] = id.ToString(CultureInfo.InvariantCulture),
        ["created_at"] = at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["in_reply_to_id"] = answers?.ToString(CultureInfo.InvariantCulture),
        ["in_reply_to_account_id"] = null,
        ["sensitive"] = false,
        ["spoiler_text"] = "",
        ["visibility"] = visibility,
        ["language"] = "en",
        ["uri"] = $"https://{uriHost}/users/mia/statuses/{id}",
        ["url"] = $"https://{uriHost}/@mia/{id}",
        ["edited_at"] = null,
        ["content"] = $"<p>{content}</p>",
        ["reblog"] = null,
        ["account"] = new JsonObject
        {
            ["id"] = "5",
            ["username"] = "mia",
            ["acct"] = "mia@far.example",
            ["display_name"] = "Mia :blob:",
            ["bot"] = false,
            ["followers_count"] = 37,
            ["url"] = $"https://{uriHost}/@mia",
        },
        ["media_attachments"] = new JsonArray(),
        ["mentions"] = new JsonArray(),
        ["tags"] = new JsonArray(),
        ["card"] = null,
        ["poll"] = null,
    };

    public void Add(JsonObject status)
    {
        lock (_gate)
        {
            _statuses.Add((long.Parse(status["id"]!.GetValue<string>(), CultureInfo.InvariantCulture), status));
        }
    }

    public void AddRaw(long id, string json) => _statuses.Add((id, JsonNode.Parse(json)!.AsObject()));

    public string Timeline(HttpRequest request) => Page(_statuses, request, followsMin: true).ToJsonString();

    public string All() => new JsonArray([.. _statuses.Select(status => status.Status.DeepClone())]).ToJsonString();

    public async Task PushAsync(string kind, string payload, params string[] stream)
    {
        var frame = Encoding.UTF8.GetBytes(new JsonObject { ["stream"] = new JsonArray([.. stream.Select(name => (JsonNode)name)]), ["event"] = kind, ["payload"] = payload }.ToJsonString());
        foreach (var socket in _streams.Keys)
        {
            try
            {
                await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException)
            {
                // The listener has hung up before it was all said.
            }
        }
    }

    public void CutStreams()
    {
        foreach (var socket in _streams.Keys)
        {
            socket.Abort();
        }
    }

    public async Task ServeAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/api/v1/streaming" && context.WebSockets.IsWebSocketRequest)
        {
            await StreamAsync(context);
            return;
        }
        var answer = path switch
        {
            "/api/v2/instance" => Instance,
            "/api/v1/notifications" => Notifications(context.Request),
            "/api/v2/search" => Search(context.Request),
            _ when path.StartsWith("/api/v1/timelines/", StringComparison.Ordinal) => Timeline(context.Request),
            _ when Other.TryGetValue(path, out var other) => other,
            _ => path.Split('/') is [.., "statuses", var id] ? _statuses.Find(status => status.Id.ToString(CultureInfo.InvariantCulture) == id).Status?.ToJsonString() : null,
        };
        context.Response.ContentType = "application/json";
        context.Response.StatusCode = answer is null ? 404 : 200;
        await context.Response.WriteAsync(answer ?? """{"error":"Record not found"}""");
    }

    private string Notifications(HttpRequest request) => Page(
        [.. Mentions.Where(mention => request.Query["include_filtered"] == "true" || !Filtered.Contains(mention.Notification)).Select(mention => (mention.Notification, new JsonObject { ["id"] = mention.Notification.ToString(CultureInfo.InvariantCulture), ["type"] = "mention", ["status"] = _statuses.Find(s => s.Id == mention.Status).Status.DeepClone() }))],
        request,
        followsMin: true).ToJsonString();

    /// <summary>The newest first, whatever min_id says.</summary>
    private string Search(HttpRequest request)
    {
        var words = request.Query["q"].ToString().Trim('"');
        var found = _statuses.Where(status => status.Status.ToJsonString().Contains(words, StringComparison.OrdinalIgnoreCase)).ToList();
        return new JsonObject { ["accounts"] = new JsonArray(), ["statuses"] = Page(found, request, followsMin: false), ["hashtags"] = new JsonArray() }.ToJsonString();
    }

    private JsonArray Page(List<(long Id, JsonObject Json)> all, HttpRequest request, bool followsMin)
    {
        using var _ = _gate.EnterScope();
        var (min, max) = (Bound(request, "min_id", 0), Bound(request, "max_id", long.MaxValue));
        var found = all.Where(one => one.Id > min && one.Id < max).OrderBy(one => one.Id).ToList();
        var page = followsMin && min > 0 ? found.Take(PageSize) : found.TakeLast(PageSize);
        return new JsonArray([.. page.Reverse().Select(one => one.Json.DeepClone())]);
    }

    private static long Bound(HttpRequest request, string name, long none) => request.Query[name] is [{ } given] ? long.Parse(given, CultureInfo.InvariantCulture) : none;

    private async Task StreamAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var subscriptions = _streams[socket] = [];
        var buffer = new byte[1000];
        try
        {
            while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: WebSocketMessageType.Text } part)
            {
                var wanted = JsonDocument.Parse(buffer.AsMemory(0, part.Count)).RootElement;
                subscriptions.Add(wanted.GetProperty("stream").GetString() + (wanted.TryGetProperty("tag", out var tag) ? " " + tag.GetString() : ""));
                Interlocked.Increment(ref _subscribed);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // Gone.
        }
        _streams.TryRemove(socket, out _);
    }
}
