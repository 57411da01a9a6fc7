namespace ListeningBot.Core.Text;

/// <summary>Which language a script alone speaks for.</summary>
internal static class ScriptEvidence
{
    /// <summary>Null when the text is mostly Latin or has no letters.</summary>
    public static string? Of(ReadOnlySpan<byte> text)
    {
        if (text.IndexOfAnyExceptInRange((byte)0, (byte)127) < 0)
        {
            return null;
        }
        int latin = 0, kana = 0, han = 0, hangul = 0, cyrillic = 0, arabic = 0, devanagari = 0, thai = 0, others = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] < 128)
            {
                latin += char.IsAsciiLetter((char)text[at++]) ? 1 : 0;
                continue;
            }
            var known = CodePoint.ClassAt(text, at, out var c, out var length);
            at += length;
            switch (c)
            {
                case < 0x250 or (>= 0x1E00 and <= 0x1EFF) or (>= 0xFF21 and <= 0xFF5A): latin += known == CharClass.Latin ? 1 : 0; break;
                case >= 0x400 and <= 0x52F: cyrillic++; break;
                case (>= 0x600 and <= 0x6FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC): arabic++; break;
                case >= 0x900 and <= 0x97F: devanagari++; break;
                case >= 0xE01 and <= 0xE5B: thai++; break;
                case (>= 0x3041 and <= 0x30FF) or (>= 0xFF66 and <= 0xFF9F): kana++; break;
                case (>= 0xAC00 and <= 0xD7A3) or (>= 0x1100 and <= 0x11FF) or (>= 0x3131 and <= 0x318E): hangul++; break;
                case (>= 0x3400 and <= 0x9FFF) or (>= 0x20000 and <= 0x3FFFD): han++; break;
                default: others += TokenReading.IsLetter(known) || known == CharClass.Single ? 1 : 0; break;
            }
        }
        return Most(latin, (han + kana, kana * 8 >= han + kana && kana > 0 ? "ja" : "zh"), (hangul, "ko"), (cyrillic, "ru"), (arabic, "ar"), (devanagari, "hi"), (thai, "th"), (others, "und"));
    }

    /// <summary>Names of products are Latin in every language, and a Han character says what three letters say: so Latin counts a third.</summary>
    private static string? Most(int latin, params ReadOnlySpan<(int Letters, string Language)> scripts)
    {
        var most = (Letters: 0, Language: "und");
        foreach (var script in scripts)
        {
            most = script.Letters > most.Letters ? script : most;
        }
        return most.Letters * 3 > latin ? most.Language : null;
    }
}
