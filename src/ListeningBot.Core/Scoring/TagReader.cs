namespace ListeningBot.Core.Scoring;

/// <summary>Reads the words that stand together in a hashtag: #neveragain, #NotHappy, #worstairlineever. Only where the lexicon knows every one of them.</summary>
internal static class TagReader
{
    /// <summary>Bytes. Shorter tags are words of their own.</summary>
    private const int Shortest = 6;
    private const int Longest = 40;
    private const int MostWords = 6;

    /// <summary>Of a word inside: a single letter would fit anywhere.</summary>
    private const int ShortestWord = 2;

    public static void Split(PieceList pieces, Lexicon lexicon)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            if (pieces[i].Kind == PieceKind.Tag && pieces[i].FoldLength is >= Shortest and <= Longest && lexicon.Find(pieces.Folded(pieces[i]), pieces[i].Hash) < 0)
            {
                i += Split(pieces, i, lexicon);
            }
        }
    }

    /// <summary>Tells how many pieces were added.</summary>
    private static int Split(PieceList pieces, int at, Lexicon lexicon)
    {
        var tag = pieces.Folded(pieces[at]);
        Span<sbyte> before = stackalloc sbyte[Longest + 1];
        Span<sbyte> words = stackalloc sbyte[Longest + 1];
        words.Fill(sbyte.MaxValue);
        words[0] = 0;
        for (var end = ShortestWord; end <= tag.Length; end++)
        {
            for (var from = 0; from <= end - ShortestWord; from++)
            {
                var part = tag[from..end];
                if (words[from] < MostWords && words[from] + 1 < words[end] && lexicon.Find(part, LookupForm.Hash(part)) >= 0)
                {
                    (words[end], before[end]) = ((sbyte)(words[from] + 1), (sbyte)from);
                }
            }
        }
        var count = words[tag.Length];
        if (count is < 2 or > MostWords)
        {
            return 0;
        }
        Span<int> ends = stackalloc int[MostWords];
        for (var (end, word) = (tag.Length, count - 1); word >= 0; word--)
        {
            (ends[word], end) = (end, before[end]);
        }
        pieces.Split(at, ends[..count]);
        return count - 1;
    }
}
