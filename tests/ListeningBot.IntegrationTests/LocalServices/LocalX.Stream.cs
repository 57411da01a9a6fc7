using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace ListeningBot.IntegrationTests.LocalServices;

/// <summary>X's filtered stream: its rules, its one connection, its lines and its empty lines (x-api/posts/filtered-stream, x-api/fundamentals/handling-disconnections).</summary>
public sealed partial class LocalX
{
    private readonly ConcurrentDictionary<Channel<string?>, bool> _connections = new();

    public LocalXRules Rules { get; } = new();

    /// <summary>Between two empty lines; null: none ever comes.</summary>
    public TimeSpan? KeepAlive { get; set; } = TimeSpan.FromMilliseconds(50);

    public int Connections => _connections.Count;

    /// <summary>A line as it is.</summary>
    public void PushLine(string line)
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Writer.TryWrite(line);
        }
    }

    /// <summary>The connection breaks in the middle.</summary>
    public void CutStream()
    {
        foreach (var connection in _connections.Keys)
        {
            connection.Writer.TryWrite(null);
        }
    }

    private void Push(JsonObject post)
    {
        var matching = Rules.All.Where(rule => Matching(rule.Value, post)).ToList();
        if (matching.Count > 0)
        {
            var line = new JsonObject { ["data"] = Shown(post), ["matching_rules"] = new JsonArray([.. matching.Select(rule => new JsonObject { ["id"] = rule.Id, ["tag"] = rule.Tag })]) };
            if (!_connections.IsEmpty)
            {
                Interlocked.Add(ref _charged, 5_000);
            }
            PushLine(line.ToJsonString());
        }
    }

    private async Task StreamAsync(HttpContext context)
    {
        if (!Rules.All.Any())
        {
            await Problem(409, "RuleConfigurationIssue", "You must define rules before you may connect.", "https://api.x.com/2/problems/rule-configuration")(context);
            return;
        }
        // Who has just hung up may be noticed a moment later.
        for (var i = 0; i < 100 && !_connections.IsEmpty; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, context.RequestAborted);
        }
        if (!_connections.IsEmpty)
        {
            await Problem(429, "ConnectionException", "This stream is currently at the maximum allowed connection limit.", "https://api.x.com/2/problems/streaming-connection")(context);
            return;
        }
        var lines = Channel.CreateUnbounded<string?>();
        _connections[lines] = true;
        try
        {
            await WriteAsync(context, lines.Reader);
        }
        catch (OperationCanceledException)
        {
            // The listener left.
        }
        finally
        {
            _connections.TryRemove(lines, out _);
        }
    }

    private async Task WriteAsync(HttpContext context, ChannelReader<string?> lines)
    {
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        Task<string?>? next = null;
        while (true)
        {
            string? line = "";
            next ??= lines.ReadAsync(context.RequestAborted).AsTask();
            try
            {
                line = await next.WaitAsync(KeepAlive ?? Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                next = null;
            }
            catch (TimeoutException)
            {
                // Time for an empty line.
            }
            if (line is null)
            {
                await context.Response.Body.WriteAsync("{\"data\":{\"id\":\"19"u8.ToArray(), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>().Abort();
                return;
            }
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(line + "\r\n"), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }
}

/// <summary>The rules of a stream: listed, added with tags, deleted by number.</summary>
public sealed class LocalXRules
{
    private readonly ConcurrentDictionary<string, (string Value, string? Tag)> _rules = new();
    private long _lastId = 1_166_916_266_197_536_768;

    public IEnumerable<(string Id, string Value, string? Tag)> All => _rules.Select(rule => (rule.Key, rule.Value.Value, rule.Value.Tag));

    public void Add(string value, string? tag = null) => _rules[Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture)] = (value, tag);

    public async Task AnswerAsync(HttpContext context)
    {
        var meta = new JsonObject { ["sent"] = "2026-01-01T00:00:00.000Z" };
        var answer = new JsonObject { ["meta"] = meta };
        if (context.Request.Method == "POST")
        {
            var body = (await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!;
            foreach (var id in body["delete"]?["ids"]?.AsArray() ?? [])
            {
                _rules.TryRemove((string)id!, out _);
            }
            foreach (var rule in body["add"]?.AsArray() ?? [])
            {
                if (((string)rule!["value"]!).Length > 1024)
                {
                    await LocalX.Problem(400, "Invalid Rule", "Rule length of more than 1024", "https://api.x.com/2/problems/invalid-rules")(context);
                    return;
                }
                Add((string)rule["value"]!, (string?)rule["tag"]);
            }
            meta["summary"] = new JsonObject { ["created"] = body["add"]?.AsArray().Count ?? 0, ["invalid"] = 0 };
            context.Response.StatusCode = body["add"] is null ? 200 : 201;
        }
        else if (!_rules.IsEmpty)
        {
            answer["data"] = new JsonArray([.. All.Select(rule => new JsonObject { ["id"] = rule.Id, ["value"] = rule.Value, ["tag"] = rule.Tag })]);
        }
        await FeedAnswers.Bytes(Encoding.UTF8.GetBytes(answer.ToJsonString()), "application/json")(context);
    }
}
