using System.Globalization;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Replay;

/// <summary>How far a file was read: "OFFSET:LINES", bytes and count.</summary>
internal readonly record struct ReplayCursor(long Offset, long Lines)
{
    /// <summary>The beginning, when there is none or it can't be read.</summary>
    public static ReplayCursor Of(Cursor? cursor)
    {
        var parts = cursor?.Value.Split(':') ?? [];
        return parts.Length == 2 && TryCount(parts[0], out var offset) && TryCount(parts[1], out var lines) ? new ReplayCursor(offset, lines) : default;
    }

    public Cursor ToCursor() => new(string.Create(CultureInfo.InvariantCulture, $"{Offset}:{Lines}"));

    private static bool TryCount(string text, out long count) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
