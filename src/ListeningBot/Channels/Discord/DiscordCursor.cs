using System.Globalization;
using ListeningBot.Core.Posts;
using ListeningBot.Notifiers.Discord;

namespace ListeningBot.Channels.Discord;

/// <summary>How far was read: "ID CHANNEL CHANNEL...". Ids of messages grow with time in all channels alike, so one says it for all.</summary>
/// <param name="Read">All before it is read, in these channels; 0 before the first reading.</param>
internal sealed record DiscordCursor(ulong Read, IReadOnlyList<string> Channels)
{
    /// <summary>What came nearly at once may have come in another order, and a dead connection is noticed late.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan FirstContact = TimeSpan.FromHours(24);

    public static DiscordCursor Parse(Cursor? cursor)
    {
        var parts = cursor?.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return parts.Length > 0 && ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var read) && parts.All(part => Snowflake.TryParse(part, out _))
            ? new DiscordCursor(read, parts[1..])
            : new DiscordCursor(0, []);
    }

    public bool IsFirstContact(string channel) => !Channels.Contains(channel, StringComparer.Ordinal);

    /// <summary>The id behind which reading back begins.</summary>
    public ulong After(string channel, DateTimeOffset now) =>
        IsFirstContact(channel) || Read == 0 ? Snowflake.Before(now - FirstContact) : Snowflake.Before(Snowflake.GivenAt(Read) - Overlap);

    /// <summary>All up to <paramref name="newest"/> is read; 0 when nothing was found.</summary>
    public DiscordCursor To(ulong newest, IReadOnlyList<string> channels, DateTimeOffset now) =>
        new(Math.Max(Read == 0 ? Snowflake.Before(now - FirstContact) : Read, newest), channels);

    public Cursor ToCursor() => new(string.Join(' ', Channels.Prepend(Read.ToString(CultureInfo.InvariantCulture))));
}
