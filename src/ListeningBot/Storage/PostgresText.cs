using System.Text;

namespace ListeningBot.Storage;

/// <summary>
/// PostgreSQL refuses the character NUL, and its JSON functions the escape \u0000. A post may hold either, and must never fail for it: SUBSTITUTE (U+001A), made for lost characters, takes its place;
/// it is as invisible as NUL.
/// </summary>
internal static class PostgresText
{
    private const byte Substitute = 0x1A;

    public static byte[] Storable(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        bytes.AsSpan().Replace((byte)0, Substitute);
        return bytes;
    }

    /// <param name="json">UTF-8.</param>
    public static byte[] Storable(ReadOnlySpan<byte> json)
    {
        var bytes = json.ToArray();
        bytes.AsSpan().Replace((byte)0, Substitute);
        for (var at = bytes.AsSpan().IndexOf("\\u0000"u8); at >= 0;)
        {
            // After an odd number of backslashes it is a backslash and letters.
            if (bytes.AsSpan(0, at).LastIndexOfAnyExcept((byte)'\\') is var before && (at - before) % 2 == 1)
            {
                "1a"u8.CopyTo(bytes.AsSpan(at + 4));
            }
            var next = bytes.AsSpan(at + 1).IndexOf("\\u0000"u8);
            at = next < 0 ? -1 : at + 1 + next;
        }
        return bytes;
    }
}
