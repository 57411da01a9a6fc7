using System.Globalization;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Bluesky;

/// <summary>Jetstream's times: microseconds since 1970. They are also its cursors.</summary>
internal static class JetstreamTime
{
    /// <summary>Below this the service takes a cursor for a sequence number, not a time.</summary>
    public const long Earliest = 1_000_000_000_000_000;

    /// <summary>A clock may be off; what lies further ahead is no time, and would silently skip what comes before it.</summary>
    private static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(10);

    public static long From(DateTimeOffset time) => Math.Max(Earliest, (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Null when it is no sensible time.</summary>
    public static DateTimeOffset? Of(long timeUs) =>
        timeUs is >= Earliest and < 10 * Earliest ? DateTimeOffset.UnixEpoch.AddTicks(timeUs * TimeSpan.TicksPerMicrosecond) : null;

    public static bool IsSensible(long timeUs, DateTimeOffset now) => timeUs >= Earliest && timeUs <= From(now + MostAhead);

    public static Cursor ToCursor(long timeUs) => new(timeUs.ToString(CultureInfo.InvariantCulture));

    /// <summary>Null when there is no cursor, or none that can be asked for.</summary>
    public static long? FromCursor(Cursor? cursor) =>
        long.TryParse(cursor?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var timeUs) && Of(timeUs) is not null ? timeUs : null;
}
