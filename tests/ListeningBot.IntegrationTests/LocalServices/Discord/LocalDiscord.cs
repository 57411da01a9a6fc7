using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace ListeningBot.IntegrationTests.LocalServices.Discord;

/// <summary>
/// Discord as its documentation describes version 10 of its API: REST, gateway, interactions. Keeps its state for as long as it lives,
/// so that a program under test may be killed and started again. It refuses what Discord would refuse, and can misbehave as Discord can:
/// see <see cref="Fail"/> and <see cref="Gateway"/>.
/// </summary>
public sealed partial class LocalDiscord : LocalService
{
    public const string GuildId = "900000000000000001";
    public const string BotId = "800000000000000001";
    private const string BotRole = "900000000000000777";
    private readonly ConcurrentDictionary<string, LocalChannel> _channels = new();
    private readonly List<LocalFault> _faults = [];
    private readonly TimeProvider _time;
    private long _ids;

    public LocalDiscord(string token = "local-token", TimeProvider? time = null)
    {
        Token = token;
        _time = time ?? TimeProvider.System;
        Gateway = new LocalGateway(this, _time);
        Limits = new LocalLimits(_time);
    }

    public static Task<LocalDiscord> StartedAsync(params string[] channels) => StartedAsync(TimeProvider.System, channels);

    public static async Task<LocalDiscord> StartedAsync(TimeProvider time, params string[] channels)
    {
        var discord = new LocalDiscord(time: time);
        foreach (var channel in channels)
        {
            discord.AddChannel(channel);
        }
        await discord.StartAsync();
        return discord;
    }

    /// <summary>The one that is accepted; set it to another to make the bot's token worthless.</summary>
    public string Token { get; set; }

    /// <summary>For the option Api.</summary>
    public string Api => Address + "/api/v10/";
    public string HostAndPort => Address["http://".Length..];
    public LocalGateway Gateway { get; }
    public LocalLimits Limits { get; }

    /// <summary>Every request in the order of its arrival.</summary>
    public ConcurrentQueue<LocalRequest> Requests { get; } = [];

    /// <summary>What the bot may do in all channels, as a bit set.</summary>
    public ulong BotPermissions { get; set; } = (1UL << 10) | (1UL << 11) | (1UL << 14) | (1UL << 15) | (1UL << 16) | CreatesThreads | WritesInThreads;

    /// <summary>The switch "Message Content Intent" in the Developer Portal. Off: a session that asks for it is closed with 4014.</summary>
    public bool MessageContentAllowed { get; set; } = true;

    public LocalChannel AddChannel(string id) => _channels.GetOrAdd(id, new LocalChannel(id));

    public void RemoveChannel(string id)
    {
        foreach (var gone in _channels.Values.Where(channel => channel.Id == id || channel.Parent == id))
        {
            _channels.TryRemove(gone.Id, out _);
        }
    }

    /// <summary>What stands in a channel, oldest first, each as Discord would return it.</summary>
    public IReadOnlyList<JsonObject> Messages(string channel) => _channels[channel].All();

    /// <summary>A human writes something that the bot is not told of.</summary>
    public JsonObject Say(string channel, string text)
    {
        var message = NewMessage(channel, new JsonObject { ["content"] = text }, author: "700000000000000001", bot: false);
        _channels[channel].Add(message);
        return message;
    }

    /// <summary>A moderator deletes a message.</summary>
    public void DeleteByHand(string channel, string message)
    {
        _channels[channel].Remove(message);
        Gateway.Dispatch("MESSAGE_DELETE", new JsonObject { ["id"] = message, ["channel_id"] = channel, ["guild_id"] = GuildId });
    }

    /// <summary>The next requests that fit go wrong in that way.</summary>
    /// <param name="method">"POST"..., or null for all.</param>
    /// <param name="path">A part of the path, or null for all.</param>
    public void Fail(LocalFault.Way way, string? method = null, string? path = null, int times = 1)
    {
        lock (_faults)
        {
            _faults.Add(new LocalFault(way, method, path) { Left = times });
        }
    }

    /// <summary>As after some minutes: a creation that is repeated makes a second message.</summary>
    public void ForgetNonces()
    {
        foreach (var channel in _channels.Values)
        {
            channel.ForgetNonces();
        }
    }

    public void FailNoMore()
    {
        lock (_faults)
        {
            _faults.Clear();
        }
    }

    /// <summary>Ids as Discord makes them: time above, a counter below.</summary>
    internal string NewId() =>
        ((((ulong)_time.GetUtcNow().ToUnixTimeMilliseconds() - 1420070400000UL) << 22) | ((ulong)Interlocked.Increment(ref _ids) & 0x3FFFFF)).ToString();

    protected override void Map(WebApplication app)
    {
        app.Map("/gateway", Gateway.ServeAsync);
        app.Map("/gateway/resume", Gateway.ServeAsync);
        MapRest(app);
    }

    private LocalFault? TakeFault(string method, string path)
    {
        lock (_faults)
        {
            var fault = _faults.FirstOrDefault(f => f.Fits(method, path));
            if (fault is not null && --fault.Left <= 0)
            {
                _faults.Remove(fault);
            }
            return fault;
        }
    }
}

/// <summary>A request as it came.</summary>
public sealed record LocalRequest(string Method, string Path, string Query, string? Authorization, string UserAgent, JsonNode? Body)
{
    public IReadOnlyList<LocalFile> Files { get; init; } = [];
}

/// <summary>A text channel, or with a parent a thread, with its messages.</summary>
public sealed class LocalChannel(string id, string? parent = null)
{
    private readonly Lock _gate = new();
    private readonly List<JsonObject> _messages = [];

    public string Id { get; } = id;
    public string? Parent { get; } = parent;
    public string Name { get; set; } = "care";

    /// <summary>Documented under "Channel Types".</summary>
    public int Type { get; init; } = parent is null ? 0 : 11;

    /// <summary>Who started a thread: apart from them only who manages threads may name it.</summary>
    public string Owner { get; init; } = LocalDiscord.BotId;
    public bool Archived { get; set; }

    /// <summary>By a moderator.</summary>
    public bool Locked { get; set; }

    public IReadOnlyList<JsonObject> All()
    {
        lock (_gate)
        {
            return [.. _messages.Select(message => (JsonObject)message.DeepClone())];
        }
    }

    internal JsonObject? Find(string id)
    {
        lock (_gate)
        {
            return _messages.Find(message => (string?)message["id"] == id);
        }
    }

    /// <summary>The message of this nonce when there is one, else <paramref name="message"/>, which is then added.</summary>
    internal JsonObject AddOnce(JsonObject message, string? nonce)
    {
        lock (_gate)
        {
            if (nonce is not null && _messages.Find(old => (string?)old["nonce"] == nonce) is { } same)
            {
                return same;
            }
            _messages.Add(message);
            return message;
        }
    }

    internal void Add(JsonObject message) => AddOnce(message, null);

    internal void ForgetNonces()
    {
        lock (_gate)
        {
            _messages.ForEach(message => message.Remove("nonce"));
        }
    }

    internal bool Remove(string id)
    {
        lock (_gate)
        {
            return _messages.RemoveAll(message => (string?)message["id"] == id) > 0;
        }
    }

    internal void Change(JsonObject message, Action<JsonObject> change)
    {
        lock (_gate)
        {
            change(message);
        }
    }
}
