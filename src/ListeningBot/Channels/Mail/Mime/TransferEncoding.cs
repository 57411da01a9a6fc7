using System.Text;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Undoes quoted-printable and base64 (RFC 2045, 6), also where mailers broke them or a size cap cut them.</summary>
internal static class TransferEncoding
{
    /// <summary>Anything but the two comes back as it is.</summary>
    public static byte[] Decode(byte[] bytes, string encoding) => encoding.Trim('"', ' ').ToLowerInvariant() switch
    {
        "base64" => Base64(bytes),
        "quoted-printable" => QuotedPrintable(bytes),
        _ => bytes,
    };

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
            ? Convert.FromHexString(Encoding.ASCII.GetString(bytes.Slice(at, 2)))[0]
            : null;
}
