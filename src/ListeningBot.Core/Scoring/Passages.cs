namespace ListeningBot.Core.Scoring;

/// <summary>Cuts a long text at the ends of sentences, so that its strongest passage counts and not its average.</summary>
internal static class Passages
{
    /// <summary>A text up to this many characters is one passage.</summary>
    private const int Short = 400;
    private const int Enough = 240;
    private const int Most = 700;

    /// <summary>The piece after the passage that starts at this one.</summary>
    public static int End(PieceList pieces, int from, int textLength)
    {
        if (textLength <= Short)
        {
            return pieces.Count;
        }
        var start = pieces[from].Start;
        for (var i = from; i < pieces.Count; i++)
        {
            ref var piece = ref pieces[i];
            var length = piece.Start + piece.Length - start;
            if (piece.Kind == PieceKind.End && length >= Enough && textLength - piece.Start > Enough / 2 || length > Most && i > from)
            {
                return i + 1;
            }
        }
        return pieces.Count;
    }
}
