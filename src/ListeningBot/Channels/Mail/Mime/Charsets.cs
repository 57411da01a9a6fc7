using System.Text;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Turns bytes into text by the charset that a letter claims, and by sound judgement where it claims none, an unknown one or a wrong one.</summary>
internal static class Charsets
{
    private static readonly Encoding Windows = CodePage("windows-1252")!;

    /// <summary>Never fails: bytes that fit nothing become the replacement character. UTF-7 is refused: its characters come as they stand ("+ADw-").</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        if (CharsetNames.IsUtf7(charset))
        {
            return Encoding.ASCII.GetString(bytes);
        }
        var name = CharsetNames.Of(charset);
        return name switch
        {
            "utf-8" or "utf8" or "utf_8" or "utf-8-mac" or "utf8mb4" or "unicode-1-1-utf-8" => Utf8(bytes),
            "utf-16" or "utf-16le" or "utf-16be" or "utf16" or "unicode" or "ucs-2" or "iso-10646-ucs-2" => Utf16(bytes, name),
            "utf-32" or "utf-32le" => bytes.IndexOf((byte)0) >= 0 ? Encoding.UTF32.GetString(bytes) : Guess(bytes),
            "iso-2022-jp" => Japanese(bytes),
            _ => OneOf(bytes, name) ?? Guess(bytes),
        };
    }

    /// <summary>UTF-8 where it is sound UTF-8, Japanese where its escapes stand, else Western European.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\e$B"u8) >= 0 || bytes.IndexOf("\e$@"u8) >= 0)
        {
            return Japanese(bytes);
        }
        var whole = WithoutCutEnd(bytes);
        return Utf8Is(whole) ? Encoding.UTF8.GetString(WithoutMark(whole)) : Windows.GetString(bytes);
    }

    private static bool Utf8Is(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    /// <summary>By a code page. What is sound UTF-8 beyond ASCII was only labelled wrongly: in a charset of single bytes no words look like that, in one of double bytes a few pairs may, but not what UTF-8 writes in three.</summary>
    private static string? OneOf(ReadOnlySpan<byte> bytes, string name)
    {
        if (name is "us-ascii" or "ascii" or "binary" or "8bit" or "" || (SmallCharsets.Decode(bytes, name) ?? CodePage(name)?.GetString(bytes)) is not { } text)
        {
            return null;
        }
        var whole = WithoutCutEnd(bytes);
        if (whole.ContainsAnyInRange((byte)0x80, (byte)0xFF) && (text.Length == bytes.Length || HasLongCharacters(whole)) && Utf8Is(whole))
        {
            return Guess(bytes);
        }
        return name == "iso-8859-8" ? HebrewOrder.Logical(text) : text;
    }

    private static bool HasLongCharacters(ReadOnlySpan<byte> bytes)
    {
        var first = bytes.IndexOfAnyInRange((byte)0xE0, (byte)0xF4);
        return first >= 0 && first + 3 < bytes.Length && bytes[(first + 3)..].ContainsAnyInRange((byte)0xE0, (byte)0xF4);
    }

    /// <summary>Each line begins anew in ASCII, also where a mailer forgot to close the one before (RFC 1468).</summary>
    private static string Japanese(ReadOnlySpan<byte> bytes)
    {
        var page = CodePage("iso-2022-jp")!;
        var text = new StringBuilder(bytes.Length);
        foreach (var range in bytes.Split((byte)'\n'))
        {
            text.Append(text.Length > 0 || range.Start.Value > 0 ? "\n" : "").Append(page.GetString(bytes[range].TrimEnd((byte)'\r')));
        }
        return text.ToString();
    }

    /// <summary>Claimed to be UTF-8: a few bad bytes are replaced, but a text with more bad than good is something else.</summary>
    private static string Utf8(ReadOnlySpan<byte> bytes)
    {
        var whole = WithoutMark(WithoutCutEnd(bytes));
        var text = Encoding.UTF8.GetString(whole);
        var (bad, good) = (text.Count(c => c == '\uFFFD'), text.Count(c => c > 127 && c != '\uFFFD'));
        return bad > good ? Windows.GetString(bytes) : text;
    }

    /// <summary>Many label UTF-16 what is none: without a byte order mark, the spaces, line ends and Latin letters must show which half of a pair is empty.</summary>
    private static string Utf16(ReadOnlySpan<byte> bytes, string name)
    {
        if (bytes is [0xFE, 0xFF, ..] or [0xFF, 0xFE, ..])
        {
            return (bytes[0] == 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(bytes[2..]);
        }
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < bytes.Length; i += 2)
        {
            even += bytes[i] == 0 ? 1 : 0;
            odd += bytes[i + 1] == 0 ? 1 : 0;
        }
        return even == 0 && odd == 0 && Utf8Is(WithoutCutEnd(bytes)) ? Guess(bytes)
            : even > odd || (even == odd && name == "utf-16be") ? Encoding.BigEndianUnicode.GetString(bytes)
            : Encoding.Unicode.GetString(bytes);
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;

    /// <summary>A size cap may have cut the last character through.</summary>
    private static ReadOnlySpan<byte> WithoutCutEnd(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var b = bytes[^back];
            if (b >= 0xC0)
            {
                var needed = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
                return needed > back ? bytes[..^back] : bytes;
            }
            if (b < 0x80)
            {
                break;
            }
        }
        return bytes;
    }

    private static Encoding? CodePage(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
