namespace ListeningBot.Core.Scoring;

/// <summary>When nothing tells the language of a short text: the one whose lexicon knows most of its words.</summary>
internal static class LanguageByLexicon
{
    private const int MostPieces = 64;
    private const int LongestPhrase = 4;

    /// <summary>In so few words a plainly bad one that English has not ("saftladen") says as much as two. Others say nothing: "brand" is a fire in Dutch.</summary>
    private const int Few = 2;
    private const float PlainlyBad = -2;

    /// <summary>"und" when no other lexicon knows more words than the English one, and that one knows hardly any.</summary>
    public static string Of(PieceList pieces)
    {
        var english = Known(pieces, Lexicon.Of("en"), few: false);
        var few = english == 0 && Words(pieces) <= Few;
        var (best, most) = ("und", Math.Max(1, english));
        foreach (var lang in Lexicon.Languages)
        {
            var known = Known(pieces, Lexicon.Of(lang), few);
            if (known > most)
            {
                (best, most) = (lang, known);
            }
        }
        return best;
    }

    private static int Words(PieceList pieces)
    {
        var words = 0;
        for (var i = 0; i < pieces.Count; i++)
        {
            words += pieces[i].Kind == PieceKind.Word ? 1 : 0;
        }
        return words;
    }

    private static int Known(PieceList pieces, Lexicon lexicon, bool few)
    {
        var known = 0;
        for (var i = 0; i < Math.Min(pieces.Count, MostPieces);)
        {
            var (length, isBad) = KnownFrom(pieces, i, lexicon);
            known += few && isBad ? length + 1 : length;
            i += Math.Max(1, length);
        }
        return known;
    }

    /// <summary>How many words the longest phrase from here has that means something: "pris feu" is told by no word of it alone.</summary>
    private static (int Length, bool IsBad) KnownFrom(PieceList pieces, int from, Lexicon lexicon)
    {
        var (node, known, isBad) = (0, 0, false);
        for (var i = from; i < Math.Min(pieces.Count, from + LongestPhrase) && pieces[i].Kind == PieceKind.Word; i++)
        {
            ref var piece = ref pieces[i];
            var word = lexicon.Find(pieces.Folded(piece), piece.Hash);
            node = word < 0 ? -1 : lexicon.Step(node, word);
            if (node < 0)
            {
                break;
            }
            if (!lexicon[node].IsNothing)
            {
                (known, isBad) = (i - from + 1, lexicon[node].Valence <= PlainlyBad);
            }
        }
        return (known, isBad);
    }
}
