using System.Text;

namespace ListeningBot.Storage;

/// <summary>
/// PostgreSQL refuses the character NUL, and its JSON functions the escape \u0000. A post may hold either, and must never fail for it: the sign for a lost character takes its place, as in a browser.
/// </summary>
internal static class PostgresText
{
    private const char Lost = '\uFFFD';

    public static byte[] Storable(string text) => Encoding.UTF8.GetBytes(text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', Lost) : text);

    /// <param name="text">UTF-8; JSON, mostly.</param>
    public static byte[] Storable(ReadOnlySpan<byte> text) =>
        text.Contains((byte)0) || text.IndexOf("\\u0000"u8) >= 0 ? Replaced(text) : text.ToArray();

    private static byte[] Replaced(ReadOnlySpan<byte> text)
    {
        var kept = new List<byte>(text.Length + 16);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] == 0)
            {
                kept.AddRange("\uFFFD"u8);
            }
            else if (text[at] == '\\' && text[at..].StartsWith("\\u0000"u8))
            {
                kept.AddRange("\uFFFD"u8);
                at += 5;
            }
            else if (text[at] == '\\' && at + 1 < text.Length)
            {
                // What follows a backslash belongs to it: "\\u0000" with two of them is a backslash and letters.
                kept.Add(text[at]);
                kept.Add(text[++at] == 0 ? (byte)'?' : text[at]);
            }
            else
            {
                kept.Add(text[at]);
            }
        }
        return [.. kept];
    }
}
