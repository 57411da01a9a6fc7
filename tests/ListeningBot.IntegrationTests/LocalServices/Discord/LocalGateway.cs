using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>The gateway: documented under "Gateway" and "Gateway Events". Sessions outlive their connections and replay what was missed.</summary>
public sealed class LocalGateway(LocalDiscord discord, TimeProvider time)
{
    private const int Guilds = 1 << 0;
    private const int GuildMessages = 1 << 9;
    private const int MessageContent = 1 << 15;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LocalSession> _sessions = [];
    private readonly List<LocalConnection> _connections = [];
    private DateTimeOffset _lastIdentify = DateTimeOffset.MinValue;

    public TimeSpan HeartbeatInterval { get; set; } = TimeSpan.FromSeconds(41.25);

    /// <summary>Host and port that bots are told: this service's own, or of a line to it.</summary>
    public string Told { get => field ?? discord.HostAndPort; set; }

    /// <summary>False: heartbeats stay unanswered, as on a connection that is dead though open.</summary>
    public bool AcksHeartbeats { get; set; } = true;

    /// <summary>A new session sooner after the last one is refused with INVALID_SESSION. Discord's own is 5 s.</summary>
    public TimeSpan BetweenIdentifies { get; set; } = TimeSpan.Zero;

    /// <summary>Closes the connection with this code in answer to the next IDENTIFY or RESUME.</summary>
    public int? CloseNextWith { get; set; }

    /// <summary>Every connection ends at once, those that are open too.</summary>
    public bool Gone
    {
        get => field;
        set
        {
            field = value;
            if (value)
            {
                Cut();
            }
        }
    }

    /// <summary>Answers the next RESUME with INVALID_SESSION.</summary>
    public bool RefuseNextResume { get; set; }
    public ConcurrentQueue<JsonNode> Identifies { get; } = [];
    public ConcurrentQueue<JsonNode> Resumes { get; } = [];
    public ConcurrentQueue<JsonNode?> Heartbeats { get; } = [];
    public ConcurrentQueue<string> ConnectedTo { get; } = [];

    /// <summary>Close codes that the bot gave; null for a connection that just ended.</summary>
    public ConcurrentQueue<int?> ClosedByBot { get; } = [];

    /// <summary>True while a bot is connected and has its session.</summary>
    public bool IsListening
    {
        get
        {
            lock (_gate)
            {
                return _connections.Exists(connection => connection.Session is not null);
            }
        }
    }

    /// <summary>The most connections that had a session at the same time: more than one, and each press and message is heard more than once.</summary>
    public int MostListening { get; private set; }

    /// <summary>Sends an event to every session; a session without a connection gets it when it resumes.</summary>
    public void Dispatch(string name, JsonObject data)
    {
        lock (_gate)
        {
            foreach (var session in _sessions.Values)
            {
                Tell(session, name, data);
            }
        }
    }

    /// <summary>Documented under "List of Intents" and "Message Content Intent": what was not asked for does not come, or comes without its words.</summary>
    private static void Tell(LocalSession session, string name, JsonObject data)
    {
        var needed = name.StartsWith("MESSAGE_", StringComparison.Ordinal) ? GuildMessages : name.StartsWith("GUILD_", StringComparison.Ordinal) || name.StartsWith("THREAD_", StringComparison.Ordinal) ? Guilds : 0;
        if ((session.Intents & needed) != needed)
        {
            return;
        }
        if (needed == GuildMessages && (session.Intents & MessageContent) == 0 && (string?)data["author"]?["id"] != LocalDiscord.BotId)
        {
            data = (JsonObject)data.DeepClone();
            data["content"] = "";
            data["attachments"] = new JsonArray();
        }
        session.Add(name, data);
    }

    public Task CloseAsync(int code) => EachAsync(connection => connection.Socket.CloseOutputAsync((WebSocketCloseStatus)code, null, default));

    /// <summary>Cuts all connections without a word.</summary>
    public void Cut()
    {
        foreach (var connection in Connections())
        {
            connection.Socket.Abort();
        }
    }

    public Task SendAsync(int op, JsonNode? data) => EachAsync(connection => connection.SendAsync(op, data));

    public Task SendRawAsync(string text) => EachAsync(connection => connection.SendTextAsync(text));

    /// <summary>Sessions time out: nothing can be resumed.</summary>
    public void ForgetSessions()
    {
        lock (_gate)
        {
            _sessions.Clear();
        }
    }

    internal async Task ServeAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = 400;
            return;
        }
        ConnectedTo.Enqueue(context.Request.Path);
        if (Gone)
        {
            context.Abort();
            return;
        }
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var connection = new LocalConnection(socket);
        lock (_gate)
        {
            _connections.Add(connection);
        }
        try
        {
            await TalkAsync(connection, context);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            ClosedByBot.Enqueue(null);
        }
        finally
        {
            End(connection);
        }
    }

    private async Task TalkAsync(LocalConnection connection, HttpContext context)
    {
        if (context.Request.Query["v"] != "10" || context.Request.Query["encoding"] != "json")
        {
            await connection.Socket.CloseOutputAsync((WebSocketCloseStatus)4012, null, default);
            return;
        }
        await connection.SendAsync(10, new JsonObject { ["heartbeat_interval"] = (long)HeartbeatInterval.TotalMilliseconds });
        while (await connection.ReadAsync() is { } frame)
        {
            await TakeAsync(connection, (int)frame["op"]!, frame["d"]);
        }
        ClosedByBot.Enqueue((int?)connection.Socket.CloseStatus);
        if (connection.Socket.CloseStatus is WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.EndpointUnavailable && connection.Session is { } ended)
        {
            lock (_gate)
            {
                _sessions.Remove(ended.Id);
            }
        }
        if (connection.Socket.State == WebSocketState.CloseReceived)
        {
            await connection.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        }
    }

    private Task TakeAsync(LocalConnection connection, int op, JsonNode? data)
    {
        switch (op)
        {
            case 1:
                Heartbeats.Enqueue(data?.DeepClone());
                return AcksHeartbeats ? connection.SendAsync(11, null) : Task.CompletedTask;
            case 2:
                Identifies.Enqueue(data!.DeepClone());
                return IdentifyAsync(connection, data!);
            case 6:
                Resumes.Enqueue(data!.DeepClone());
                return ResumeAsync(connection, data!);
            default:
                return connection.Socket.CloseOutputAsync((WebSocketCloseStatus)4001, null, default);
        }
    }

    private async Task IdentifyAsync(LocalConnection connection, JsonNode data)
    {
        if (Refusal(data) is { } code)
        {
            await connection.Socket.CloseOutputAsync((WebSocketCloseStatus)code, null, default);
            return;
        }
        var now = time.GetUtcNow();
        if (now - _lastIdentify < BetweenIdentifies)
        {
            await connection.SendAsync(9, false);
            return;
        }
        _lastIdentify = now;
        var session = new LocalSession(Guid.NewGuid().ToString("N"), (int?)data["intents"] ?? 0);
        session.Add("READY", new JsonObject
        {
            ["v"] = 10,
            ["user"] = new JsonObject { ["id"] = LocalDiscord.BotId, ["username"] = "listeningbot" },
            ["guilds"] = new JsonArray(new JsonObject { ["id"] = LocalDiscord.GuildId, ["unavailable"] = true }),
            ["session_id"] = session.Id,
            ["resume_gateway_url"] = $"ws://{Told}/gateway/resume",
            ["application"] = new JsonObject { ["id"] = LocalDiscord.BotId, ["flags"] = 0 },
        });
        Tell(session, "GUILD_CREATE", new JsonObject { ["id"] = LocalDiscord.GuildId, ["name"] = "Nimbus", ["channels"] = new JsonArray(), ["threads"] = new JsonArray() });
        lock (_gate)
        {
            _sessions[session.Id] = session;
            Give(connection, session);
        }
        await session.AttachAsync(connection, after: 0);
    }

    private async Task ResumeAsync(LocalConnection connection, JsonNode data)
    {
        if (Refusal(data) is { } code)
        {
            await connection.Socket.CloseOutputAsync((WebSocketCloseStatus)code, null, default);
            return;
        }
        LocalSession? session;
        lock (_gate)
        {
            session = RefuseNextResume ? null : _sessions.GetValueOrDefault((string)data["session_id"]!);
            RefuseNextResume = false;
            Give(connection, session);
        }
        if (session is null)
        {
            await connection.SendAsync(9, false);
            return;
        }
        await session.AttachAsync(connection, after: (long)data["seq"]!);
        session.Add("RESUMED", []);
    }

    private void Give(LocalConnection connection, LocalSession? session)
    {
        connection.Session = session;
        MostListening = Math.Max(MostListening, _connections.Count(one => one.Session is not null));
    }

    private int? Refusal(JsonNode data)
    {
        if (CloseNextWith is { } code)
        {
            CloseNextWith = null;
            return code;
        }
        return (string?)data["token"] != discord.Token ? 4004
            : ((int?)data["intents"] & MessageContent) == MessageContent && !discord.MessageContentAllowed ? 4014
            : null;
    }

    private void End(LocalConnection connection)
    {
        lock (_gate)
        {
            _connections.Remove(connection);
            connection.Session?.Detach(connection);
            connection.Session = null;
        }
    }

    private List<LocalConnection> Connections()
    {
        lock (_gate)
        {
            return [.. _connections];
        }
    }

    private async Task EachAsync(Func<LocalConnection, Task> does)
    {
        foreach (var connection in Connections())
        {
            await does(connection);
        }
    }
}

/// <summary>One open web socket.</summary>
internal sealed class LocalConnection(WebSocket socket)
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    public WebSocket Socket { get; } = socket;
    public LocalSession? Session { get; set; }

    public Task SendAsync(int op, JsonNode? data) => SendTextAsync(new JsonObject { ["op"] = op, ["d"] = data, ["s"] = null, ["t"] = null }.ToJsonString());

    public async Task SendTextAsync(string text)
    {
        await _turn.WaitAsync();
        try
        {
            await Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, default);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async Task<JsonNode?> ReadAsync()
    {
        using var text = new MemoryStream();
        var piece = new byte[4096];
        while (true)
        {
            var read = await Socket.ReceiveAsync(piece, default);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return null;
            }
            text.Write(piece, 0, read.Count);
            if (read.EndOfMessage)
            {
                return JsonNode.Parse(text.ToArray());
            }
        }
    }
}

/// <summary>The events of one session in order, and the connection that hears them now.</summary>
internal sealed class LocalSession(string id, int intents)
{
    private readonly Lock _gate = new();
    private readonly List<string> _events = [];
    private LocalConnection? _connection;
    private Task _sent = Task.CompletedTask;

    public string Id { get; } = id;
    public int Intents { get; } = intents;

    public void Add(string name, JsonObject data)
    {
        lock (_gate)
        {
            var text = new JsonObject { ["op"] = 0, ["t"] = name, ["s"] = _events.Count + 1, ["d"] = data.DeepClone() }.ToJsonString();
            _events.Add(text);
            Send(_connection, text);
        }
    }

    public Task AttachAsync(LocalConnection connection, long after)
    {
        lock (_gate)
        {
            _connection = connection;
            foreach (var missed in _events.Skip((int)after))
            {
                Send(connection, missed);
            }
            return _sent;
        }
    }

    public void Detach(LocalConnection connection)
    {
        lock (_gate)
        {
            _connection = _connection == connection ? null : _connection;
        }
    }

    /// <summary>One after the other; what a broken connection did not take is replayed to the next.</summary>
    private void Send(LocalConnection? connection, string text)
    {
        if (connection is not null)
        {
            _sent = _sent.ContinueWith(_ => connection.SendTextAsync(text), TaskScheduler.Default).Unwrap().ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}
