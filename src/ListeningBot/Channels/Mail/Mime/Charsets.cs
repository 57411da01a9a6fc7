using System.Text;

namespace ListeningBot.Channels.Mail.Mime;

/// <summary>Turns bytes into text by the charset that a letter claims, and by sound judgement where it claims none, an unknown one or a wrong one.</summary>
internal static class Charsets
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows = CodePage("windows-1252")!;

    /// <summary>What mailers write, where the true name is another or a wider one.</summary>
    private static readonly Dictionary<string, string> Meant = new(StringComparer.OrdinalIgnoreCase)
    {
        ["iso-8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["latin-1"] = "windows-1252",
        ["iso8859-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252",
        ["cp1252"] = "windows-1252",
        ["ansi"] = "windows-1252",
        ["iso-8859-9"] = "windows-1254",
        ["iso-8859-11"] = "windows-874",
        ["tis-620"] = "windows-874",
        ["cp1250"] = "windows-1250",
        ["cp1251"] = "windows-1251",
        ["win-1251"] = "windows-1251",
        ["cp1254"] = "windows-1254",
        ["cp1257"] = "windows-1257",
        ["gb2312"] = "gb18030",
        ["gbk"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["cp936"] = "gb18030",
        ["hz-gb-2312"] = "hz-gb-2312",
        ["sjis"] = "shift_jis",
        ["x-sjis"] = "shift_jis",
        ["ms_kanji"] = "shift_jis",
        ["windows-31j"] = "shift_jis",
        ["cp932"] = "shift_jis",
        ["euc-kr"] = "ks_c_5601-1987",
        ["ks_c_5601"] = "ks_c_5601-1987",
        ["cp949"] = "ks_c_5601-1987",
        ["windows-949"] = "ks_c_5601-1987",
        ["ksc5601"] = "ks_c_5601-1987",
        ["cp950"] = "big5",
        ["big5-hkscs"] = "big5",
        ["iso-8859-8-i"] = "iso-8859-8",
        ["iso-2022-jp-2"] = "iso-2022-jp",
        ["iso-2022-jp-ms"] = "iso-2022-jp",
    };

    /// <summary>Never fails: bytes that fit nothing become the replacement character.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset)
    {
        var name = (charset ?? "").Trim(' ', '"', '\'').ToLowerInvariant();
        return name switch
        {
            "" or "us-ascii" or "ascii" or "x-unknown" or "unknown" or "unknown-8bit" or "default" or "default_charset" or "binary" or "8bit" => Guess(bytes),
            "utf-8" or "utf8" or "utf_8" or "utf-8-mac" or "unicode-1-1-utf-8" => Utf8(bytes),
            // Refused: it can hide markup and commands from every check that looks at bytes.
            "utf-7" or "utf7" or "unicode-1-1-utf-7" or "x-unicode-1-1-utf-7" => Encoding.ASCII.GetString(bytes),
            "utf-16" or "utf-16le" or "unicode" => bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(bytes[2..]) : Encoding.Unicode.GetString(bytes is [0xFF, 0xFE, ..] ? bytes[2..] : bytes),
            "utf-16be" => Encoding.BigEndianUnicode.GetString(bytes),
            _ => CodePage(Meant.GetValueOrDefault(name, name)) is { } page ? page.GetString(bytes) : Guess(bytes),
        };
    }

    /// <summary>UTF-8 where it is sound UTF-8, Japanese where its escapes stand, else Western European.</summary>
    public static string Guess(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf("\e$B"u8) >= 0 || bytes.IndexOf("\e$@"u8) >= 0)
        {
            return CodePage("iso-2022-jp")!.GetString(bytes);
        }
        var whole = WithoutCutEnd(bytes);
        return IsUtf8(whole) ? Strict.GetString(WithoutMark(whole)) : Windows.GetString(bytes);
    }

    private static bool IsUtf8(ReadOnlySpan<byte> bytes) => System.Text.Unicode.Utf8.IsValid(bytes);

    /// <summary>Claimed to be UTF-8: a few bad bytes are replaced, but a text with more bad than good is something else.</summary>
    private static string Utf8(ReadOnlySpan<byte> bytes)
    {
        var whole = WithoutMark(WithoutCutEnd(bytes));
        var text = Encoding.UTF8.GetString(whole);
        var (bad, good) = (text.Count(c => c == '\uFFFD'), text.Count(c => c > 127 && c != '\uFFFD'));
        return bad > good ? Windows.GetString(bytes) : text;
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
