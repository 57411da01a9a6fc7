namespace ListeningBot.Core.Scoring;

/// <summary>Folds one word for lookup: lower case, no accents, straight apostrophes, runs of three letters and more shortened to two.</summary>
internal static class WordFold
{
    private const string Accented = "àáâãäåçèéêëìíîïñòóôõöøùúûüýÿāăąćĉċčďđēĕėęěĝğġģĥīĭįıķĺļľłńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżž";
    private const string Plain = "aaaaaaceeeeiiiinoooooouuuuyyaaaccccddeeeeegggghiiiikllllnnnooorrrssssttuuuuuuwyzzz";
    private static readonly char[] s_table = Table();

    /// <summary>FNV-1a over the folded characters. <paramref name="into"/> holds twice the word.</summary>
    public static int Fold(ReadOnlySpan<char> word, Span<char> into, out uint hash, out bool elongated)
    {
        elongated = false;
        var length = 0;
        foreach (var c in word)
        {
            var folded = FoldOne(c);
            if (folded == '\0')
            {
                continue;
            }
            if (length > 1 && into[length - 1] == folded && into[length - 2] == folded && folded is not '*' and not '.')
            {
                elongated = true;
                continue;
            }
            into[length++] = folded;
            if (c is 'ß')
            {
                into[length++] = 's';
            }
            else if (c is 'œ' or 'Œ' or 'æ' or 'Æ')
            {
                into[length++] = 'e';
            }
        }
        hash = Hash(into[..length]);
        return length;
    }

    public static uint Hash(ReadOnlySpan<char> folded)
    {
        var hash = 2166136261u;
        foreach (var c in folded)
        {
            hash = (hash ^ c) * 16777619u;
        }
        return hash;
    }

    /// <summary>'\0' for what a reader does not see.</summary>
    private static char FoldOne(char c) => c switch
    {
        < '\u0250' => s_table[c],
        >= '\u0300' and <= '\u036F' => '\0',
        '\u2019' or '\u2018' or '\u02BC' or '\u2032' => '\'',
        (>= '\u200B' and <= '\u200F') or (>= '\u2060' and <= '\u2064') or '\uFEFF' or (>= '\uFE00' and <= '\uFE0F') => '\0',
        >= '\uFF01' and <= '\uFF5E' => s_table[c - 0xFEE0],
        _ => char.ToLowerInvariant(c),
    };

    private static char[] Table()
    {
        var table = new char[0x250];
        for (var i = 0; i < table.Length; i++)
        {
            var lower = char.ToLowerInvariant((char)i);
            var at = Accented.IndexOf(lower);
            table[i] = at >= 0 ? Plain[at] : lower;
        }
        table['ß'] = 's';
        table['œ'] = table['Œ'] = 'o';
        table['æ'] = table['Æ'] = 'a';
        table['´'] = table['`'] = '\'';
        table['\u00AD'] = '\0';
        return table;
    }
}
