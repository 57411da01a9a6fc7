namespace ListeningBot.Core.Alerting;

/// <summary>What stands in a room is not told yet: the service's limit is used up for so long, and then the looking goes on from where it is.</summary>
public sealed class RoomBusyException(string message, TimeSpan after) : IOException(message)
{
    public TimeSpan After => after;
}
