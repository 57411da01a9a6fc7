using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <content>The REST API: documented under "Message", "Channel", "User", "Guild", "Get Gateway Bot".</content>
public sealed partial class LocalDiscord
{
    private const string FilesOf = "files";
    private const ulong Views = 1UL << 10;
    private const ulong Writes = 1UL << 11;
    private const ulong AttachesFiles = 1UL << 15;
    private const ulong ReadsHistory = 1UL << 16;
    private const ulong CreatesThreads = 1UL << 35;
    private const ulong WritesInThreads = 1UL << 38;

    private delegate (int Status, JsonNode? Body) Does(HttpContext context, JsonNode? body);

    /// <summary>What Get Gateway Bot says is left of the day's session starts.</summary>
    public int SessionStartsLeft { get; set; } = 999;

    private void MapRest(WebApplication app)
    {
        On(app, "GET", "/gateway/bot", GatewayBot);
        On(app, "GET", "/users/@me", (_, _) => (200, BotUser()));
        On(app, "GET", "/channels/{channel}", GetChannel);
        On(app, "GET", "/guilds/{guild}", (context, _) => Id(context, "guild") == GuildId ? (200, Guild()) : Error(404, 10004, "Unknown Guild"));
        On(app, "GET", "/guilds/{guild}/members/{user}", (_, _) => (200, new JsonObject { ["user"] = BotUser(), ["roles"] = new JsonArray(BotRole) }));
        On(app, "GET", "/channels/{channel}/messages", List, "list");
        On(app, "GET", "/channels/{channel}/messages/{message}", (context, _) => Refusal(context, Views) ?? (_channels[Id(context, "channel")].Find(Id(context, "message")) is { } found ? (200, found.DeepClone()) : Error(404, 10008, "Unknown Message")), "get");
        On(app, "GET", "/guilds/{guild}/threads/active", (_, _) => (200, Threads(thread => !thread.Archived)));
        On(app, "GET", "/channels/{channel}/threads/archived/public", (context, _) => Refusal(context, Views) ?? (200, Threads(thread => thread.Archived && thread.Parent == Id(context, "channel"))));
        On(app, "POST", "/channels/{channel}/messages", Create, "create");
        On(app, "PATCH", "/channels/{channel}/messages/{message}", Edit, "edit");
        On(app, "DELETE", "/channels/{channel}/messages/{message}", Delete, "delete");
        On(app, "POST", "/channels/{channel}/messages/{message}/threads", StartThread, "threads");
        On(app, "PATCH", "/channels/{channel}", ChangeChannel, "channel");
        On(app, "GET", "/applications/@me", (_, _) => (200, new JsonObject { ["id"] = BotId, ["name"] = "listeningbot", ["flags"] = MessageContentAllowed ? 1 << 19 : 0 }));
        On(app, "GET", "/applications/{application}/guilds/{guild}/commands", ListCommands);
        On(app, "PUT", "/applications/{application}/guilds/{guild}/commands", OfferCommands);
        On(app, "POST", "/interactions/{id}/{token}/callback", TakeCallback, anonymous: true);
        On(app, "PATCH", "/webhooks/{application}/{token}/messages/@original", EditAnswer, anonymous: true);
        On(app, "POST", "/webhooks/{application}/{token}", FollowUp, anonymous: true);
    }

    private void On(WebApplication app, string method, string path, Does does, string? bucket = null, bool anonymous = false) =>
        app.MapMethods("/api/v10" + path, [method], (HttpContext context) => ServeAsync(context, (body) => Checked(context, body, does, anonymous), bucket));

    private async Task ServeAsync(HttpContext context, Func<JsonNode?, (int Status, JsonNode? Body)> does, string? bucket)
    {
        var request = context.Request;
        var (body, files) = await LocalUpload.ReadAsync(request);
        context.Items[FilesOf] = files;
        var came = new LocalRequest(request.Method, request.Path, request.QueryString.ToString(), request.Headers.Authorization, request.Headers.UserAgent.ToString(), body) { Files = files };
        context.Items[typeof(LocalRequest)] = came;
        Requests.Enqueue(came);
        context.Response.ContentType = "application/json";
        if (TakeFault(request.Method, request.Path.ToString()) is { } fault)
        {
            await fault.How(context, () => Task.FromResult(does(body)));
        }
        else if (bucket is null || await Limits.AllowAsync(context, bucket, Id(context, "channel")))
        {
            await WriteAsync(context, does(body));
        }
    }

    /// <summary>The request that a fault is about to spoil.</summary>
    public static LocalRequest RequestOf(HttpContext context) => (LocalRequest)context.Items[typeof(LocalRequest)]!;

    private (int Status, JsonNode? Body) Checked(HttpContext context, JsonNode? body, Does does, bool anonymous)
    {
        if (!context.Request.Headers.UserAgent.ToString().StartsWith("DiscordBot (", StringComparison.Ordinal))
        {
            return Error(403, 40333, "internal network error");
        }
        if (!anonymous && context.Request.Headers.Authorization != "Bot " + Token)
        {
            return Error(401, 0, "401: Unauthorized");
        }
        if (context.Request.Method is "POST" or "PATCH" or "PUT" && body is null)
        {
            return Error(400, 50109, "The request body contains invalid JSON.");
        }
        return does(context, body);
    }

    private static async Task WriteAsync(HttpContext context, (int Status, JsonNode? Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        if (answer.Body is not null)
        {
            await context.Response.WriteAsync(answer.Body.ToJsonString());
        }
    }

    private (int, JsonNode?) GatewayBot(HttpContext context, JsonNode? body) => (200, new JsonObject
    {
        ["url"] = $"ws://{Gateway.Told}/gateway",
        ["shards"] = 1,
        ["session_start_limit"] = new JsonObject { ["total"] = 1000, ["remaining"] = SessionStartsLeft, ["reset_after"] = 60_000, ["max_concurrency"] = 1 },
    });

    private (int, JsonNode?) GetChannel(HttpContext context, JsonNode? body) => Refusal(context, Views) ?? (200, Whole(_channels[Id(context, "channel")]));

    private static JsonObject Whole(LocalChannel channel)
    {
        var whole = new JsonObject { ["id"] = channel.Id, ["type"] = channel.Type, ["guild_id"] = GuildId, ["name"] = channel.Name };
        if (channel.Parent is null)
        {
            whole["permission_overwrites"] = new JsonArray();
        }
        else
        {
            whole["parent_id"] = channel.Parent;
            whole["owner_id"] = channel.Owner;
            whole["last_message_id"] = channel.All().LastOrDefault()?["id"]?.DeepClone();
            whole["thread_metadata"] = new JsonObject { ["archived"] = channel.Archived, ["locked"] = channel.Locked };
        }
        return whole;
    }

    private JsonObject Guild() => new()
    {
        ["id"] = GuildId,
        ["owner_id"] = "700000000000000001",
        ["roles"] = new JsonArray(
            new JsonObject { ["id"] = GuildId, ["name"] = "@everyone", ["permissions"] = "0" },
            new JsonObject { ["id"] = BotRole, ["name"] = "ListeningBot", ["permissions"] = BotPermissions.ToString() }),
    };

    private static JsonObject BotUser() => new() { ["id"] = BotId, ["username"] = "listeningbot", ["bot"] = true };

    private (int, JsonNode?) List(HttpContext context, JsonNode? body)
    {
        if (Refusal(context, 1UL << 10) is { } refusal)
        {
            return refusal;
        }
        var after = ulong.TryParse(context.Request.Query["after"], out var id) ? id : 0;
        var limit = int.TryParse(context.Request.Query["limit"], out var asked) ? asked : 50;
        var all = (BotPermissions & (1UL << 16)) == 0 ? [] : Messages(Id(context, "channel"));
        var page = all.Where(message => ulong.Parse((string)message["id"]!) > after).Take(Math.Clamp(limit, 1, 100)).Reverse();
        return (200, new JsonArray([.. page.Select(message => (JsonNode)Allowed(message))]));
    }

    /// <summary>Documented under "Message Content Intent": without it the words of others are missing here too.</summary>
    private JsonObject Allowed(JsonObject message)
    {
        if (!MessageContentAllowed && (string?)message["author"]?["id"] != BotId)
        {
            message["content"] = "";
        }
        return message;
    }

    private JsonObject Threads(Func<LocalChannel, bool> which) => new()
    {
        ["threads"] = new JsonArray([.. _channels.Values.Where(channel => channel.Parent is not null && which(channel)).OrderByDescending(thread => ulong.Parse(thread.Id)).Select(thread => (JsonNode)Whole(thread))]),
        ["members"] = new JsonArray(),
        ["has_more"] = false,
    };

    private (int, JsonNode?) Create(HttpContext context, JsonNode? body)
    {
        var thread = _channels.GetValueOrDefault(Id(context, "channel"))?.Parent is not null;
        var files = Files(context);
        if (Refusal(context, Views | (thread ? WritesInThreads : Writes) | (files.Count > 0 ? AttachesFiles : 0)) is { } refusal)
        {
            return refusal;
        }
        if (Faults(context, (JsonObject)body!, creates: true) is { Count: > 0 } faults)
        {
            return Error(400, 50035, "Invalid Form Body", faults);
        }
        if (Filtered(body) is { } filtered)
        {
            return filtered;
        }
        if (body!["message_reference"] is not null && (BotPermissions & ReadsHistory) == 0)
        {
            return Error(403, 160002, "Cannot reply without permission to read message history");
        }
        var channel = _channels[Id(context, "channel")];
        if (channel.Locked)
        {
            return Error(400, 160005, "Thread is locked");
        }
        channel.Archived = false;
        var message = NewMessage(channel.Id, (JsonObject)body!, BotId, bot: true);
        message["attachments"] = LocalUpload.Kept((JsonObject)body!, files);
        var enforced = (bool?)body!["enforce_nonce"] == true ? (string?)body["nonce"] : null;
        var kept = channel.AddOnce(message, enforced);
        if (kept == message)
        {
            TellOf(message, channel, member: null);
        }
        return (200, kept.DeepClone());
    }

    private (int, JsonNode?) Edit(HttpContext context, JsonNode? body)
    {
        if (Refusal(context, 1UL << 10) is { } refusal)
        {
            return refusal;
        }
        var channel = _channels[Id(context, "channel")];
        if (channel.Find(Id(context, "message")) is not { } message)
        {
            return Error(404, 10008, "Unknown Message");
        }
        if ((string?)message["author"]!["id"] != BotId)
        {
            return Error(403, 50005, "Cannot edit a message authored by another user");
        }
        if (channel.Archived)
        {
            return Error(400, 50083, "Thread is archived");
        }
        var files = Files(context);
        if (files.Count > 0 && (BotPermissions & AttachesFiles) == 0)
        {
            return Error(403, 50013, "Missing Permissions");
        }
        if (Faults(context, (JsonObject)body!, creates: false) is { Count: > 0 } faults)
        {
            return Error(400, 50035, "Invalid Form Body", faults);
        }
        if (Filtered(body) is { } filtered)
        {
            return filtered;
        }
        channel.Change(message, changed =>
        {
            Merge(changed, (JsonObject)body!);
            changed["attachments"] = body!["attachments"] is null ? changed["attachments"]?.DeepClone() : LocalUpload.Kept((JsonObject)body, files);
        });
        return (200, message.DeepClone());
    }

    private (int, JsonNode?) Delete(HttpContext context, JsonNode? body) =>
        Refusal(context, 1UL << 10) ?? (_channels[Id(context, "channel")].Remove(Id(context, "message")) ? (204, null) : Error(404, 10008, "Unknown Message"));

    /// <summary>What Discord says to a bot that may not do this here, or null.</summary>
    private (int, JsonNode?)? Refusal(HttpContext context, ulong needed)
    {
        if (!_channels.ContainsKey(Id(context, "channel")))
        {
            return Error(404, 10003, "Unknown Channel");
        }
        return (BotPermissions & (1UL << 10)) == 0 ? Error(403, 50001, "Missing Access") : (BotPermissions & needed) != needed ? Error(403, 50013, "Missing Permissions") : null;
    }

    private JsonObject NewMessage(string channel, JsonObject body, string author, bool bot)
    {
        var message = new JsonObject
        {
            ["id"] = NewId(),
            ["channel_id"] = channel,
            ["author"] = new JsonObject { ["id"] = author, ["username"] = bot ? "listeningbot" : "human", ["bot"] = bot },
            ["timestamp"] = _time.GetUtcNow().ToString("o"),
            ["content"] = "",
            ["embeds"] = new JsonArray(),
            ["components"] = new JsonArray(),
            ["edits"] = 0,
        };
        Merge(message, body);
        message["edits"] = 0;
        return message;
    }

    /// <summary>The fields that a message keeps of what was sent. "edits" is ours: how often it was edited.</summary>
    private static void Merge(JsonObject message, JsonObject body)
    {
        foreach (var name in (string[])["content", "embeds", "components", "nonce", "flags", "message_reference", "allowed_mentions"])
        {
            if (body.ContainsKey(name))
            {
                message[name] = body[name]?.DeepClone();
            }
        }
        message["edits"] = (int)message["edits"]! + 1;
    }

    private static (int, JsonNode?) Error(int status, int code, string message, IReadOnlyList<string>? fields = null)
    {
        var error = new JsonObject { ["message"] = message, ["code"] = code };
        if (fields is not null)
        {
            error["errors"] = new JsonObject(fields.DistinctBy(field => field.Split(' ')[0]).Select(field => KeyValuePair.Create(
                field.Split(' ')[0], (JsonNode?)new JsonObject { ["_errors"] = new JsonArray(new JsonObject { ["code"] = field.Split(' ')[^1], ["message"] = field }) })));
        }
        return (status, error);
    }

    private static IReadOnlyList<LocalFile> Files(HttpContext context) => (IReadOnlyList<LocalFile>)context.Items[FilesOf]!;

    private static IReadOnlyList<string> Faults(HttpContext context, JsonObject body, bool creates) =>
        [.. DiscordRules.Faults(body, creates), .. LocalUpload.Faults(body, Files(context))];

    private static string Id(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";
}
