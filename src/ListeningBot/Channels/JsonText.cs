using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace ListeningBot.Channels;

/// <summary>Takes JSON strings from outside apart. Never throws: a lone surrogate, a broken escape or a NUL, which no database takes, becomes U+FFFD.</summary>
internal static class JsonText
{
    private static ReadOnlySpan<byte> Replacement => "\uFFFD"u8;

    /// <summary>
    /// Writes what the string between the quotes means as UTF-8. <paramref name="target"/> must be as long as <paramref name="raw"/>:
    /// no escape is shorter than what it stands for. Returns the bytes written.
    /// </summary>
    public static int Unescape(ReadOnlySpan<byte> raw, Span<byte> target)
    {
        var written = 0;
        while (true)
        {
            var plain = raw.IndexOf((byte)'\\');
            if (plain < 0)
            {
                raw.CopyTo(target[written..]);
                return written + raw.Length;
            }
            raw[..plain].CopyTo(target[written..]);
            written += plain;
            written += UnescapeOne(raw[plain..], target[written..], out var read);
            raw = raw[(plain + read)..];
        }
    }

    /// <summary>The string of a JSON token's bytes between the quotes.</summary>
    public static string ToText(ReadOnlySpan<byte> raw)
    {
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }
        var rented = ArrayPool<byte>.Shared.Rent(raw.Length);
        try
        {
            return Encoding.UTF8.GetString(rented.AsSpan(0, Unescape(raw, rented)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>The string of an element, null when it is no string.</summary>
    public static string? TextOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? ToText(JsonMarshal.GetRawUtf8Value(element)[1..^1]) : null;

    private static int UnescapeOne(ReadOnlySpan<byte> raw, Span<byte> target, out int read)
    {
        read = Math.Min(2, raw.Length);
        if (raw.Length < 2)
        {
            target[0] = (byte)'\\';
            return 1;
        }
        if (raw[1] == 'u')
        {
            return UnescapeUnit(raw, target, out read);
        }
        target[0] = raw[1] switch
        {
            (byte)'n' => (byte)'\n',
            (byte)'r' => (byte)'\r',
            (byte)'t' => (byte)'\t',
            (byte)'b' => (byte)'\b',
            (byte)'f' => (byte)'\f',
            var itself => itself,
        };
        return 1;
    }

    private static int UnescapeUnit(ReadOnlySpan<byte> raw, Span<byte> target, out int read)
    {
        if (!TryUnit(raw, out var first))
        {
            read = 2;
            target[0] = (byte)'?';
            return 1;
        }
        read = 6;
        if (char.IsHighSurrogate(first) && TryUnit(raw[6..], out var second) && char.IsLowSurrogate(second))
        {
            read = 12;
            return new Rune(first, second).EncodeToUtf8(target);
        }
        if (first != 0 && Rune.TryCreate(first, out var rune))
        {
            return rune.EncodeToUtf8(target);
        }
        Replacement.CopyTo(target);
        return Replacement.Length;
    }

    private static bool TryUnit(ReadOnlySpan<byte> raw, out char unit)
    {
        unit = default;
        if (raw.Length < 6 || raw[0] != '\\' || raw[1] != 'u' || !ushort.TryParse(raw[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
        {
            return false;
        }
        unit = (char)value;
        return true;
    }
}
