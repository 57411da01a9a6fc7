using System.Text;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Parameters of Content-Type and Content-Disposition, with long and foreign values put together again (RFC 2231): "name*0*=utf-8''Gr%C3%BC", "name*1=ße.txt".</summary>
internal static class MimeParameters
{
    private const int MaxPieces = 100;

    /// <summary>Names in lower case. Where a parameter is given plainly and in pieces, the pieces win.</summary>
    public static Dictionary<string, string> Combine(IEnumerable<(string Name, byte[] Value)> pairs)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        var pieces = new Dictionary<string, SortedDictionary<int, (bool IsEncoded, byte[] Value)>>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            var parts = name.ToLowerInvariant().Split('*');
            if (parts.Length == 1)
            {
                result.TryAdd(parts[0], EncodedWords.Decode(value));
                continue;
            }
            var number = int.TryParse(parts[1], out var n) && n is >= 0 and < MaxPieces ? n : 0;
            pieces.TryAdd(parts[0], []);
            pieces[parts[0]][number] = (parts[^1].Length == 0, value);
        }
        foreach (var (name, parts) in pieces)
        {
            result[name] = Join(parts.Values);
        }
        return result;
    }

    private static string Join(IEnumerable<(bool IsEncoded, byte[] Value)> pieces)
    {
        var bytes = new List<byte>();
        string? charset = null;
        foreach (var (isEncoded, value) in pieces)
        {
            var rest = value;
            if (isEncoded && charset is null && Encoding.Latin1.GetString(value).Split('\'', 3) is [var claimed, _, var text])
            {
                charset = claimed;
                rest = Encoding.Latin1.GetBytes(text);
            }
            bytes.AddRange(isEncoded ? Unpercent(rest) : rest);
        }
        // Some mailers put encoded words where percent signs belong.
        return charset is null ? EncodedWords.Decode([.. bytes]) : Charsets.Decode(bytes.ToArray(), charset);
    }

    private static List<byte> Unpercent(ReadOnlySpan<byte> value)
    {
        var bytes = new List<byte>(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '%' && TransferEncoding.Hex(value, i + 1) is { } decoded)
            {
                bytes.Add(decoded);
                i += 2;
            }
            else
            {
                bytes.Add(value[i]);
            }
        }
        return bytes;
    }
}
