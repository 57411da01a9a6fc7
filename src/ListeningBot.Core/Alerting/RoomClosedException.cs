namespace ListeningBot.Core.Alerting;

/// <summary>What stands in a room can't be told until an operator mends something, in words for an operator.</summary>
public sealed class RoomClosedException(string message) : IOException(message);
