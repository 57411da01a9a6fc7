namespace ListeningBot.Core.Scoring;

/// <summary>When nothing tells the language of a short text: the one whose lexicon knows most of its words.</summary>
internal static class LanguageByLexicon
{
    private const int MostPieces = 64;
    private const int LongestPhrase = 4;

    /// <summary>"und" when no other lexicon knows more words than the English one, and that one knows hardly any.</summary>
    public static string Of(PieceList pieces)
    {
        var (best, most) = ("und", Math.Max(1, Known(pieces, Lexicon.Of("en"))));
        foreach (var lang in Lexicon.Languages)
        {
            var known = Known(pieces, Lexicon.Of(lang));
            if (known > most)
            {
                (best, most) = (lang, known);
            }
        }
        return best;
    }

    private static int Known(PieceList pieces, Lexicon lexicon)
    {
        var known = 0;
        for (var i = 0; i < Math.Min(pieces.Count, MostPieces);)
        {
            var length = KnownFrom(pieces, i, lexicon);
            known += length;
            i += Math.Max(1, length);
        }
        return known;
    }

    /// <summary>How many words the longest phrase from here has that means something: "pris feu" is told by no word of it alone.</summary>
    private static int KnownFrom(PieceList pieces, int from, Lexicon lexicon)
    {
        var (node, known) = (0, 0);
        for (var i = from; i < Math.Min(pieces.Count, from + LongestPhrase) && pieces[i].Kind == PieceKind.Word; i++)
        {
            ref var piece = ref pieces[i];
            var word = lexicon.Find(pieces.Folded(piece), piece.Hash);
            node = word < 0 ? -1 : lexicon.Step(node, word);
            if (node < 0)
            {
                break;
            }
            known = lexicon[node].IsNothing ? known : i - from + 1;
        }
        return known;
    }
}
