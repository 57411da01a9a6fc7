using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>Which notifier reaches which room, now. Swapped whole when the configuration changes.</summary>
public sealed class RoomDirectory(Room lastResort, INotifier console)
{
    private volatile IReadOnlyDictionary<string, (Room Room, INotifier Notifier)> _rooms = new Dictionary<string, (Room, INotifier)>();

    public IReadOnlyCollection<string> Names => [.. _rooms.Keys];

    /// <summary>Where what stands there can be changed: on the console it is only printed anew.</summary>
    public IReadOnlyCollection<string> Reached => [.. _rooms.Values.Select(found => found.Room).Where(room => !IsOnConsole(room)).Select(room => room.Name)];

    public void Swap(IReadOnlyDictionary<string, (Room Room, INotifier Notifier)> rooms) => _rooms = rooms;

    /// <summary>Because it is meant to be there, or has no other place now.</summary>
    public bool IsOnConsole(Room room) => room.Notifier == lastResort.Notifier;

    /// <summary>A room that is no longer configured is shown where nothing is lost: on the console.</summary>
    public (Room Room, INotifier Notifier) Of(string room) =>
        _rooms.TryGetValue(room, out var found) ? found : (lastResort with { Name = room }, console);
}
