using System.Text.Json;
using ListeningBot.Core.Alerting;

namespace ListeningBot.Notifiers.Discord;

/// <summary>Where something was pressed, typed or written.</summary>
/// <param name="Parent">The channel that a thread stands in; null when it is not told.</param>
/// <param name="IsThread">False: surely none.</param>
internal sealed record Place(string? Channel, string? Parent, bool IsThread)
{
    /// <summary>Null in a direct message.</summary>
    public string? Server { get; private init; }

    /// <summary>Of an interaction, which tells its channel whole, or of a message, which tells at most the channel's type.</summary>
    public static Place Of(JsonElement data)
    {
        var channel = data.Field("channel");
        var id = channel?.Text("id") ?? data.Text("channel_id");
        var parent = channel?.Text("parent_id");
        var type = channel?.Number("type") ?? data.Number("channel_type");
        return new Place(Snowflake.TryParse(id, out _) ? id : null, Snowflake.TryParse(parent, out _) ? parent : null, type is null or (>= 10 and <= 12)) { Server = data.Text("guild_id") };
    }

    /// <summary>The room that shows its cards here, or in the channel that this thread stands in.</summary>
    public Room? RoomAmong(IReadOnlyList<Room> rooms) =>
        rooms.FirstOrDefault(room => room.Address == Channel) ?? (IsThread && Parent is not null ? rooms.FirstOrDefault(room => room.Address == Parent) : null);

    /// <summary>The messages that this thread may have been started from: a thread bears the id of its message.</summary>
    public IReadOnlyList<MessageRef> StartedFrom(IReadOnlyList<Room> rooms) =>
        Channel is null || !IsThread || rooms.Any(room => room.Address == Channel) ? []
        : [.. rooms.Select(room => room.Address).Where(address => Parent is null || Parent == address).Distinct().Select(address => new MessageAddress(address, Channel).ToRef())];
}
