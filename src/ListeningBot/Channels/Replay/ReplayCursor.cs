using System.Globalization;
using ListeningBot.Core.Posts;

namespace ListeningBot.Channels.Replay;

/// <summary>How far a file was read: "OFFSET:LINES:FIRST", bytes, count, and a hash of its first line, by which a file that was replaced is known.</summary>
/// <param name="First">Null while that line has no end; also in a cursor of the releases that wrote "OFFSET:LINES", and begin anew where they find three parts.</param>
internal readonly record struct ReplayCursor(long Offset, long Lines, string? First = null)
{
    /// <summary>The beginning, when there is none or it can't be read.</summary>
    public static ReplayCursor Of(Cursor? cursor)
    {
        var parts = cursor?.Value.Split(':') ?? [];
        return parts.Length is 2 or 3 && TryCount(parts[0], out var offset) && TryCount(parts[1], out var lines) ? new ReplayCursor(offset, lines, parts.ElementAtOrDefault(2)) : default;
    }

    public Cursor ToCursor() => new(string.Create(CultureInfo.InvariantCulture, $"{Offset}:{Lines}") + (First is null ? "" : ":" + First));

    private static bool TryCount(string text, out long count) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count);
}
