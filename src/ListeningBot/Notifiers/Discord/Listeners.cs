using System.Collections.Concurrent;
using System.Text.Json;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Channels that hear what people write, through this bot's one session and within its limits.</summary>
internal sealed class Listeners(Rest rest)
{
    private readonly ConcurrentDictionary<Action<string, JsonElement>, bool> _hear = [];
    private volatile string? _refused;
    private volatile bool _connected;
    private int _sessions;

    /// <summary>For questions to Discord, so that its limits are kept by all together.</summary>
    public Rest Rest => rest;
    public bool IsConnected => _connected;

    /// <summary>How many sessions began. What happened between two of them was not heard.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>Why Discord gives this bot no words of messages, with the cure; null as far as it does.</summary>
    public string? Refused => _refused;

    /// <param name="hear">Takes an event by its name, or "" when the connection came or went; must return at once.</param>
    public void Add(Action<string, JsonElement> hear) => _hear[hear] = true;
    public void Remove(Action<string, JsonElement> hear) => _hear.TryRemove(hear, out _);

    public void Hear(string happened, JsonElement data)
    {
        if (happened is "READY" or "RESUMED")
        {
            _sessions += happened == "READY" ? 1 : 0;
            _connected = true;
            Tell("", default);
        }
        else if (happened.StartsWith("MESSAGE_", StringComparison.Ordinal) || happened.StartsWith("THREAD_", StringComparison.Ordinal))
        {
            Tell(happened, data);
        }
    }

    public void Lost()
    {
        _connected = false;
        Tell("", default);
    }

    public void Refuse(string cure)
    {
        _refused = cure;
        Tell("", default);
    }

    private void Tell(string happened, JsonElement data)
    {
        foreach (var hear in _hear.Keys)
        {
            hear(happened, data);
        }
    }
}
