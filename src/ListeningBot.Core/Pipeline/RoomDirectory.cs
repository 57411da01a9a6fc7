using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>Which notifier reaches which room, now. Swapped whole when the configuration changes.</summary>
public sealed class RoomDirectory(Room lastResort, INotifier console)
{
    private volatile IReadOnlyDictionary<string, (Room Room, INotifier Notifier)> _rooms = new Dictionary<string, (Room, INotifier)>();

    public IReadOnlyCollection<string> Names => [.. _rooms.Keys];

    public bool Has(string room) => _rooms.ContainsKey(room);

    public void Swap(IReadOnlyDictionary<string, (Room Room, INotifier Notifier)> rooms) => _rooms = rooms;

    /// <summary>A room that is no longer configured is shown where nothing is lost: on the console.</summary>
    public (Room Room, INotifier Notifier) Of(string room) =>
        _rooms.TryGetValue(room, out var found) ? found : (lastResort with { Name = room }, console);
}
