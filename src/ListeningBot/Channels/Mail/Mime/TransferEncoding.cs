using System.Buffers;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Undoes quoted-printable and base64 (RFC 2045, 6), also where mailers broke them or a size cap cut them.</summary>
internal static class TransferEncoding
{
    private static readonly SearchValues<byte> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8);

    /// <summary>Anything but the two comes back as it is.</summary>
    public static byte[] Decode(byte[] bytes, string encoding) => encoding.Trim('"', ' ').ToLowerInvariant() switch
    {
        "base64" => EndOfBase64(bytes) is var end && LooksPlain(bytes.AsSpan(0, end)) ? bytes : Base64(bytes.AsSpan(0, end)),
        "quoted-printable" => QuotedPrintable(bytes),
        _ => bytes,
    };

    /// <summary>Words that claim to be base64: a gap or a mark in every few characters, where base64 has long lines.</summary>
    private static bool LooksPlain(ReadOnlySpan<byte> bytes)
    {
        var head = bytes[..Math.Min(bytes.Length, 2000)];
        var (foreign, gaps) = (0, 0);
        for (var i = 0; i < head.Length; i++)
        {
            foreign += head[i] is not ((byte)'=' or (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') && Value(head[i]) is null ? 1 : 0;
            gaps += head[i] == ' ' && i > 0 && i + 1 < head.Length && head[i - 1] > ' ' && head[i + 1] > ' ' ? 1 : 0;
        }
        return foreign + gaps >= 3 && (foreign + gaps) * 14 > head.Length;
    }

    /// <summary>Lists set their footer below as it is: a line of signs, or lines with foreign characters once the padding has ended the data.</summary>
    private static int EndOfBase64(ReadOnlySpan<byte> bytes)
    {
        var isPadded = false;
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes[start..].IndexOf((byte)'\n');
            var line = (length < 0 ? bytes[start..] : bytes.Slice(start, length)).Trim(" \t\r"u8);
            if (line.Length > 1 && (line.IndexOfAnyExcept((byte)'-', (byte)'_') < 0 || (isPadded && line.IndexOfAnyExcept(Alphabet) >= 0)))
            {
                return start;
            }
            isPadded |= line is [.., (byte)'='];
            start = length < 0 ? bytes.Length : start + length + 1;
        }
        return bytes.Length;
    }

    /// <summary>Passes over everything that is no base64; padding in the middle begins a new run; an incomplete last group gives the bytes it holds.</summary>
    public static byte[] Base64(ReadOnlySpan<byte> bytes)
    {
        var result = new List<byte>(bytes.Length * 3 / 4);
        var (group, bits) = (0, 0);
        foreach (var b in bytes)
        {
            if (b == '=')
            {
                (group, bits) = (0, 0);
            }
            if (Value(b) is not { } value)
            {
                continue;
            }
            group = (group << 6) | value;
            bits += 6;
            if (bits >= 8)
            {
                bits -= 8;
                result.Add((byte)(group >> bits));
                group &= (1 << bits) - 1;
            }
        }
        return [.. result];
    }

    private static int? Value(byte b) => b switch
    {
        >= (byte)'A' and <= (byte)'Z' => b - 'A',
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => b - '0' + 52,
        (byte)'+' or (byte)'-' => 62,
        (byte)'/' or (byte)'_' => 63,
        _ => null,
    };

    /// <summary>"=" before a line end joins lines, "=C3" is a byte, any other "=" stays; spaces that a relay added at a line's end go.</summary>
    public static byte[] QuotedPrintable(ReadOnlySpan<byte> bytes)
    {
        var result = new List<byte>(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
            {
                TrimSpaces(result);
            }
            if (bytes[i] != '=')
            {
                result.Add(bytes[i]);
            }
            else if (Hex(bytes, i + 1) is { } value)
            {
                result.Add(value);
                i += 2;
            }
            else if (SoftBreak(bytes, i + 1) is { } next)
            {
                i = next - 1;
            }
            else
            {
                result.Add((byte)'=');
            }
        }
        return [.. result];
    }

    /// <summary>Where the joined line goes on, or null when no line ends here. The very end, cut by a cap, counts as a line end.</summary>
    private static int? SoftBreak(ReadOnlySpan<byte> bytes, int at)
    {
        while (at < bytes.Length && bytes[at] is (byte)' ' or (byte)'\t')
        {
            at++;
        }
        if (at >= bytes.Length || bytes[at] == '\n')
        {
            return Math.Min(at + 1, bytes.Length);
        }
        return bytes[at] == '\r' ? at + 1 < bytes.Length && bytes[at + 1] == '\n' ? at + 2 : at + 1 : null;
    }

    private static void TrimSpaces(List<byte> line)
    {
        var hasReturn = line.Count > 0 && line[^1] == '\r';
        var end = hasReturn ? line.Count - 1 : line.Count;
        var start = end;
        while (start > 0 && line[start - 1] is (byte)' ' or (byte)'\t')
        {
            start--;
        }
        line.RemoveRange(start, end - start);
    }

    internal static byte? Hex(ReadOnlySpan<byte> bytes, int at) =>
        at + 1 < bytes.Length && char.IsAsciiHexDigit((char)bytes[at]) && char.IsAsciiHexDigit((char)bytes[at + 1])
            ? (byte)((Digit(bytes[at]) << 4) | Digit(bytes[at + 1]))
            : null;

    private static int Digit(byte b) => b <= '9' ? b - '0' : (b | 0x20) - 'a' + 10;
}
