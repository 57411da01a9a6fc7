namespace ListeningBot.Core.Scoring;

/// <summary>Looks up each word of a text once, before its phrases are read; drawn-out words stand for themselves.</summary>
internal static class WordFinder
{
    public static void Find(PieceList pieces, Lexicon lexicon)
    {
        for (var i = 0; i < pieces.Count; i++)
        {
            ref var piece = ref pieces[i];
            if (piece.FoldLength > 0)
            {
                piece.Word = Find(pieces.Folded(piece), piece, lexicon);
                piece.Alone = PhraseFinder.Next(lexicon, 0, piece);
            }
        }
    }

    private static int Find(ReadOnlySpan<byte> folded, in Piece piece, Lexicon lexicon)
    {
        var word = lexicon.Find(folded, piece.Hash);
        return word < 0 && piece.Elongated ? FindShortened(folded, lexicon) : word;
    }

    /// <summary>"terriiible" was folded to "terriible": the word may be that with one of its doubles single, or with all ("soo" is "so").</summary>
    private static int FindShortened(ReadOnlySpan<byte> folded, Lexicon lexicon)
    {
        if (folded.Length > 48)
        {
            return -1;
        }
        Span<byte> shorter = stackalloc byte[48];
        for (var i = 1; i < folded.Length; i++)
        {
            if (folded[i] == folded[i - 1])
            {
                folded[..i].CopyTo(shorter);
                folded[(i + 1)..].CopyTo(shorter[i..]);
                var word = Find(shorter[..(folded.Length - 1)], lexicon);
                if (word >= 0)
                {
                    return word;
                }
            }
        }
        var length = 0;
        foreach (var b in folded)
        {
            if (length == 0 || shorter[length - 1] != b)
            {
                shorter[length++] = b;
            }
        }
        return Find(shorter[..length], lexicon);
    }

    private static int Find(ReadOnlySpan<byte> word, Lexicon lexicon) => lexicon.Find(word, LookupForm.Hash(word));
}
