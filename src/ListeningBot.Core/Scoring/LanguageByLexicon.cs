namespace ListeningBot.Core.Scoring;

/// <summary>When nothing tells the language of a short text: the one whose lexicon knows most of its words.</summary>
internal static class LanguageByLexicon
{
    private const int MostPieces = 64;

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
        for (var i = 0; i < Math.Min(pieces.Count, MostPieces); i++)
        {
            ref var piece = ref pieces[i];
            if (piece.Kind == PieceKind.Word && lexicon.Find(pieces.Folded(piece), piece.Hash) is >= 0 and var word && lexicon.Step(0, word) is >= 0 and var node && !lexicon[node].IsNothing)
            {
                known++;
            }
        }
        return known;
    }
}
