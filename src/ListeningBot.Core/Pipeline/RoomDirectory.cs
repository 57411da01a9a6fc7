using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>Which notifier reaches which room, now. Swapped whole when the configuration changes.</summary>
public sealed class RoomDirectory(Room lastResort, INotifier console)
{
    /// <summary>The room of teams that have none of their own.</summary>
    public const string Default = "default";

    private volatile IReadOnlyDictionary<string, (Room Room, INotifier Notifier)> _rooms = new Dictionary<string, (Room, INotifier)>();

    /// <summary>It is configured, or the one that stands in for it is.</summary>
    public bool Has(string room) => Found(room) is not null;

    /// <summary>Nothing stands in for it.</summary>
    public bool HasOwn(string room) => _rooms.ContainsKey(room);

    /// <summary>What stands there can be changed: on the console it is only printed anew.</summary>
    public bool Reaches(string room) => !IsOnConsole(Of(room).Room);

    public void Swap(IReadOnlyDictionary<string, (Room Room, INotifier Notifier)> rooms) => _rooms = rooms;

    /// <summary>Because it is meant to be there, or has no other place now.</summary>
    public bool IsOnConsole(Room room) => room.Notifier == lastResort.Notifier;

    /// <summary>A room that is no longer configured is shown where nothing is lost: where teams without one are, else on the console.</summary>
    public (Room Room, INotifier Notifier) Of(string room) => Found(room) ?? (lastResort with { Name = room }, console);

    /// <summary>Nothing stands in for the console itself: what is told there is told when a chat is dead.</summary>
    private (Room Room, INotifier Notifier)? Found(string room)
    {
        var rooms = _rooms;
        return rooms.TryGetValue(room, out var own) ? own
            : room != lastResort.Name && rooms.TryGetValue(Default, out var others) ? (others.Room with { Name = room }, others.Notifier)
            : null;
    }
}
