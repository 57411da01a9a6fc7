using System.Text;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Header text with encoded words, "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=" (RFC 2047), also as mailers break them: characters split over two words, spaces inside, words in the middle of text, raw 8-bit text.</summary>
internal static class EncodedWords
{
    private const int MaxLength = 8192;

    private sealed record Word(string Charset, byte[] Content, int End);

    public static string Decode(byte[] header)
    {
        var raw = Charsets.Guess(header.AsSpan(0, Math.Min(header.Length, MaxLength)));
        if (!raw.Contains("=?", StringComparison.Ordinal))
        {
            return raw;
        }
        var text = new StringBuilder();
        for (var at = 0; at < raw.Length;)
        {
            if (WordAt(raw, at) is { } word)
            {
                at = AppendRun(text, raw, word);
            }
            else
            {
                text.Append(raw[at++]);
            }
        }
        return text.ToString();
    }

    /// <summary>White space between two encoded words is not text, and words of one charset are one run of bytes.</summary>
    private static int AppendRun(StringBuilder text, string raw, Word word)
    {
        var bytes = new List<byte>(word.Content);
        while (true)
        {
            var next = AfterSpace(raw, word.End) is var start && WordAt(raw, start) is { } following ? following : null;
            if (next is null || !next.Charset.Equals(word.Charset, StringComparison.OrdinalIgnoreCase))
            {
                text.Append(Charsets.Decode(bytes.ToArray(), word.Charset));
                if (next is null)
                {
                    return word.End;
                }
                bytes.Clear();
            }
            bytes.AddRange(next.Content);
            word = next;
        }
    }

    private static int AfterSpace(string raw, int at)
    {
        while (at < raw.Length && raw[at] is ' ' or '\t' or '\r' or '\n')
        {
            at++;
        }
        return at;
    }

    /// <summary>The word that begins here, or null. The charset may carry a language ("utf-8*en", RFC 2231).</summary>
    private static Word? WordAt(string raw, int at)
    {
        if (at + 1 >= raw.Length || raw[at] != '=' || raw[at + 1] != '?')
        {
            return null;
        }
        var charsetEnd = raw.IndexOf('?', at + 2);
        if (charsetEnd < 0 || charsetEnd - at > 60 || charsetEnd + 2 >= raw.Length || raw[charsetEnd + 2] != '?')
        {
            return null;
        }
        var start = charsetEnd + 3;
        var end = raw.IndexOf("?=", start, StringComparison.Ordinal);
        if (end < 0 || char.ToUpperInvariant(raw[charsetEnd + 1]) is not ('B' or 'Q') || raw.AsSpan(at + 2, charsetEnd - at - 2).ContainsAny(' ', '=', '\n'))
        {
            return null;
        }
        var content = Encoding.UTF8.GetBytes(raw[start..end]);
        var isBase64 = char.ToUpperInvariant(raw[charsetEnd + 1]) == 'B';
        return new Word(raw[(at + 2)..charsetEnd].Split('*')[0], isBase64 ? TransferEncoding.Base64(content) : Q(content), end + 2);
    }

    private static byte[] Q(ReadOnlySpan<byte> content)
    {
        var result = new List<byte>(content.Length);
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] == '=' && TransferEncoding.Hex(content, i + 1) is { } value)
            {
                result.Add(value);
                i += 2;
            }
            else if (content[i] is not ((byte)'\r' or (byte)'\n'))
            {
                result.Add(content[i] == '_' ? (byte)' ' : content[i]);
            }
        }
        return [.. result];
    }
}
