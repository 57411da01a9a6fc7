namespace ListeningBot.Channels.Mail.Mime;

/// <summary>What mailers write for a charset, where the true name is another or a wider one.</summary>
internal static class CharsetNames
{
    private static readonly Dictionary<string, string> Meant = new(StringComparer.Ordinal)
    {
        ["iso-8859-1"] = "windows-1252",
        ["iso8859-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252",
        ["latin1"] = "windows-1252",
        ["latin-1"] = "windows-1252",
        ["l1"] = "windows-1252",
        ["cp819"] = "windows-1252",
        ["ansi"] = "windows-1252",
        ["x-ansi"] = "windows-1252",
        ["western"] = "windows-1252",
        ["x-user-defined"] = "windows-1252",
        ["latin2"] = "iso-8859-2",
        ["latin-9"] = "iso-8859-15",
        ["latin9"] = "iso-8859-15",
        ["iso8859-2"] = "iso-8859-2",
        ["iso8859-15"] = "iso-8859-15",
        ["iso-8859-6-i"] = "iso-8859-6",
        ["iso-8859-6-e"] = "iso-8859-6",
        ["iso-8859-8-i"] = "iso-8859-8",
        ["iso-8859-8-e"] = "iso-8859-8",
        ["logical"] = "iso-8859-8",
        ["visual"] = "iso-8859-8",
        ["iso-8859-9"] = "windows-1254",
        ["latin5"] = "windows-1254",
        ["iso-8859-11"] = "windows-874",
        ["tis-620"] = "windows-874",
        ["tis620"] = "windows-874",
        ["win-1251"] = "windows-1251",
        ["win1251"] = "windows-1251",
        ["x-cp1251"] = "windows-1251",
        ["koi8"] = "koi8-r",
        ["koi8r"] = "koi8-r",
        ["koi"] = "koi8-r",
        ["koi8-ru"] = "koi8-u",
        ["gb2312"] = "gb18030",
        ["gb_2312-80"] = "gb18030",
        ["chinese"] = "gb18030",
        ["gbk"] = "gb18030",
        ["x-gbk"] = "gb18030",
        ["gb18030-2000"] = "gb18030",
        ["euc-cn"] = "gb18030",
        ["cp936"] = "gb18030",
        ["windows-936"] = "gb18030",
        ["hz"] = "hz-gb-2312",
        ["sjis"] = "shift_jis",
        ["shift-jis"] = "shift_jis",
        ["x-sjis"] = "shift_jis",
        ["ms_kanji"] = "shift_jis",
        ["windows-31j"] = "shift_jis",
        ["cp932"] = "shift_jis",
        ["x-euc-jp"] = "euc-jp",
        ["eucjp"] = "euc-jp",
        ["euc-kr"] = "ks_c_5601-1987",
        ["euckr"] = "ks_c_5601-1987",
        ["ks_c_5601"] = "ks_c_5601-1987",
        ["ks_c_5601-1989"] = "ks_c_5601-1987",
        ["ksc5601"] = "ks_c_5601-1987",
        ["ksc_5601"] = "ks_c_5601-1987",
        ["korean"] = "ks_c_5601-1987",
        ["cp949"] = "ks_c_5601-1987",
        ["ms949"] = "ks_c_5601-1987",
        ["uhc"] = "ks_c_5601-1987",
        ["windows-949"] = "ks_c_5601-1987",
        ["big5-hkscs"] = "big5",
        ["big-5"] = "big5",
        ["x-x-big5"] = "big5",
        ["cn-big5"] = "big5",
        ["cp950"] = "big5",
        ["mac"] = "macintosh",
        ["x-mac-roman"] = "macintosh",
    };

    /// <summary>In lower case, without quotes.</summary>
    public static string Of(string? charset)
    {
        var name = (charset ?? "").Trim(' ', '\t', '"', '\'', ';').ToLowerInvariant();
        if (Meant.TryGetValue(name, out var meant))
        {
            return meant;
        }
        return name.StartsWith("cp125", StringComparison.Ordinal) && name.Length == 6 ? $"windows-{name[2..]}"
            : name.StartsWith("iso-2022-jp", StringComparison.Ordinal) || name is "csiso2022jp" or "cp50220" or "cp50221" or "x-windows-iso2022jp" ? "iso-2022-jp"
            : name;
    }

    /// <summary>Refused: it can hide markup and commands from every check that looks at bytes.</summary>
    public static bool IsUtf7(string? charset) => Of(charset) is "utf-7" or "utf7" or "utf_7" or "unicode-1-1-utf-7" or "x-unicode-1-1-utf-7" or "x-unicode-2-0-utf-7" or "unicode-2-0-utf-7" or "csunicode11utf7" or "utf-7-imap" or "cp65000" or "65000";
}
