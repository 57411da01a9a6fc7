using System.Text;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Header text with encoded words, "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=" (RFC 2047), also as mailers break them: characters split over two words, spaces inside, words in the middle of text, no end, encoded twice, raw 8-bit text in or beside them.</summary>
internal static class EncodedWords
{
    private const int MaxLength = 8192;

    private sealed record Word(string Charset, byte[] Content, int End);

    public static string Decode(byte[] header)
    {
        var text = Once(header.AsSpan(0, Math.Min(header.Length, MaxLength)));
        // Some mailers encode what is encoded already; never more than twice.
        return text.Contains("=?", StringComparison.Ordinal) && text.Contains("?=", StringComparison.Ordinal) && !Encoding.Latin1.GetString(header).Contains(text, StringComparison.Ordinal)
            ? Once(Encoding.UTF8.GetBytes(text))
            : text;
    }

    private static string Once(ReadOnlySpan<byte> header)
    {
        if (header.IndexOf("=?"u8) < 0)
        {
            return Charsets.Guess(header);
        }
        var raw = Encoding.Latin1.GetString(header);
        var text = new StringBuilder();
        var plainFrom = 0;
        for (var at = 0; at < raw.Length;)
        {
            if (WordAt(raw, at) is not { } word)
            {
                at++;
                continue;
            }
            text.Append(Charsets.Guess(header[plainFrom..at]));
            plainFrom = at = AppendRun(text, raw, word);
        }
        return text.Append(Charsets.Guess(header[plainFrom..])).ToString();
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

    private static Word? WordAt(string raw, int at)
    {
        if (StartAt(raw, at) is not { } start)
        {
            return null;
        }
        var (end, after) = EndOf(raw, start.Content);
        var content = Encoding.Latin1.GetBytes(raw[start.Content..end]);
        return new Word(start.Charset, start.IsBase64 ? TransferEncoding.Base64(content) : Q(content), after);
    }

    /// <summary>What stands before a word's content, or null. The charset may carry a language ("utf-8*en", RFC 2231).</summary>
    private static (string Charset, bool IsBase64, int Content)? StartAt(string raw, int at)
    {
        if (at + 1 >= raw.Length || raw[at] != '=' || raw[at + 1] != '?')
        {
            return null;
        }
        var charsetEnd = raw.IndexOf('?', at + 2, Math.Min(60, raw.Length - at - 2));
        if (charsetEnd < 0 || charsetEnd + 2 >= raw.Length || raw[charsetEnd + 2] != '?')
        {
            return null;
        }
        var (charset, kind) = (raw[(at + 2)..charsetEnd].Split('*')[0].Trim(), char.ToUpperInvariant(raw[charsetEnd + 1]));
        return kind is 'B' or 'Q' && charset.Length > 0 && !charset.AsSpan().ContainsAny(' ', '=', '\n') ? (charset, kind == 'B', charsetEnd + 3) : null;
    }

    /// <summary>A word that never ends is cut off at the first white space, since words hold none; at the latest where the next word begins.</summary>
    private static (int End, int After) EndOf(string raw, int start)
    {
        var end = raw.IndexOf("?=", start, StringComparison.Ordinal);
        var next = raw.IndexOf("=?", start, StringComparison.Ordinal);
        if (end >= 0 && (next < 0 || next >= end - 1 || StartAt(raw, next) is null))
        {
            return (end, end + 2);
        }
        var limit = end < 0 ? raw.Length : next;
        var space = raw.AsSpan(start, limit - start).IndexOfAny(' ', '\t', '\n');
        var last = space < 0 ? limit : start + space;
        return (last > start && raw[last - 1] == '?' ? last - 1 : last, last);
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
