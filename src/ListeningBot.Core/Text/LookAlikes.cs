using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>Words that mix Latin with Cyrillic or Greek letters, as spammers write them to slip past filters.</summary>
internal static class LookAlikes
{
    private const string Latin = "abcehikmoptxyjs";
    private const string Cyrillic = "авсенікмортхујѕ";

    /// <summary>
    /// Writes the folded word in one script: Latin when each other letter looks like a Latin one, else Cyrillic when that works, else false and nothing is
    /// written. <paramref name="written"/> is -1 when there is too little room.
    /// </summary>
    public static bool TryUnify(ReadOnlySpan<byte> word, Span<byte> into, out int written)
    {
        written = 0;
        if (Can(word, toLatin: true))
        {
            written = Write(word, into, toLatin: true);
        }
        else if (Can(word, toLatin: false))
        {
            written = Write(word, into, toLatin: false);
        }
        return written != 0;
    }

    private static bool Can(ReadOnlySpan<byte> word, bool toLatin)
    {
        for (var at = 0; at < word.Length;)
        {
            var known = CodePoint.ClassAt(word, at, out var codePoint, out var length);
            var other = toLatin ? known is CharClass.Cyrillic or CharClass.Greek : known is CharClass.Latin or CharClass.Greek;
            if (other && (toLatin ? FoldingTables.LatinFor(codePoint) == 0 : CyrillicFor(codePoint) == '\0'))
            {
                return false;
            }
            at += length;
        }
        return true;
    }

    private static int Write(ReadOnlySpan<byte> word, Span<byte> into, bool toLatin)
    {
        var written = 0;
        Span<byte> one = stackalloc byte[4];
        for (var at = 0; at < word.Length;)
        {
            var known = CodePoint.ClassAt(word, at, out var codePoint, out var length);
            var folded = known == CharClass.Dropped ? [] : Folded(codePoint, known, toLatin, one);
            if (!folded.TryCopyTo(into[written..]))
            {
                return -1;
            }
            written += folded.Length;
            at += length;
        }
        return written;
    }

    private static ReadOnlySpan<byte> Folded(int codePoint, CharClass known, bool toLatin, Span<byte> one)
    {
        if (toLatin && known is (CharClass.Cyrillic or CharClass.Greek))
        {
            one[0] = FoldingTables.LatinFor(codePoint);
            return one[..1];
        }
        if (!toLatin && known == CharClass.Latin)
        {
            return one[..new Rune(CyrillicFor(codePoint)).EncodeToUtf8(one)];
        }
        var folded = FoldingTables.FoldOf(codePoint);
        return folded.IsEmpty ? one[..new Rune(codePoint).EncodeToUtf8(one)] : folded;
    }

    private static char CyrillicFor(int codePoint)
    {
        var folded = FoldingTables.FoldOf(codePoint);
        var letter = folded.IsEmpty ? codePoint : folded.Length == 1 ? folded[0] : 0;
        var index = letter is > 0 and < 128 ? Latin.IndexOf((char)letter) : -1;
        return index < 0 ? '\0' : Cyrillic[index];
    }
}
