namespace ListeningBot.Core.Scoring;

/// <summary>Finds the longest phrase of a lexicon from a piece on; any number stands for "#". <see cref="WordFinder"/> goes first.</summary>
internal readonly ref struct PhraseFinder(PieceList pieces, Lexicon lexicon)
{
    private const int LongestPhrase = 8;
    private readonly PieceList _pieces = pieces;
    private readonly Lexicon _lexicon = lexicon;

    /// <summary>What this piece means by itself.</summary>
    public Meaning Alone(in Piece piece) => piece.Alone >= 0 ? _lexicon[piece.Alone] : default;

    /// <summary>
    /// How many pieces the longest phrase from here takes; 1 when there is none. Leaves its meaning in meaning.
    /// A phrase that tells an aspect and no more takes nothing: its words are left to the other cues ("order never" must not take "never" from "never came").
    /// </summary>
    public int Longest(int from, int to, out Meaning meaning)
    {
        meaning = default;
        var node = 0;
        var length = 1;
        var aspects = 0UL;
        for (var i = from; i < to && i < from + LongestPhrase; i++)
        {
            ref var piece = ref _pieces[i];
            if (piece.FoldLength == 0)
            {
                break;
            }
            node = i == from ? piece.Alone : Next(_lexicon, node, piece);
            if (node < 0)
            {
                break;
            }
            ref readonly var known = ref _lexicon[node];
            if (known.IsAspectOnly)
            {
                aspects |= known.Cues;
            }
            else if (!known.IsNothing)
            {
                meaning = known;
                length = i - from + 1;
            }
        }
        if ((meaning.Cues & Cue.Idiom.Bit()) != 0)
        {
            return length;
        }
        if (length > 1)
        {
            LookInside(from, length, ref meaning);
        }
        meaning.Cues |= aspects;
        return length;
    }

    /// <summary>The words of a phrase still say what they say alone: "third outage" is an outage, "worst airline" feels bad. Only sarcasm turns its words round.</summary>
    private void LookInside(int from, int length, ref Meaning meaning)
    {
        var mocking = (meaning.Cues & (Cue.Sarcasm.Bit() | Cue.Mockery.Bit())) != 0;
        var praising = (meaning.Cues & (Cue.Praise.Bit() | Cue.Thanks.Bit())) != 0;
        var valence = 0f;
        for (var i = from; i < from + length; i++)
        {
            var node = _pieces[i].Alone;
            if (node < 0)
            {
                continue;
            }
            ref readonly var alone = ref _lexicon[node];
            meaning.Cues |= alone.Cues & Cues.FromInside;
            valence = alone.Valence < 0 && !praising || alone.Valence > 0 && praising && !mocking
                ? Math.Abs(alone.Valence) > Math.Abs(valence) ? alone.Valence : valence : valence;
        }
        meaning.Valence = meaning.Valence == 0 ? valence : meaning.Valence;
    }

    /// <summary>The node that this piece leads to from another, or -1.</summary>
    public static int Next(Lexicon lexicon, int node, in Piece piece)
    {
        var next = piece.Word < 0 ? -1 : lexicon.Step(node, piece.Word);
        return next >= 0 ? next : NextAsOther(lexicon, node, piece);
    }

    /// <summary>Where any number leads, for what is one.</summary>
    private static int NextAsOther(Lexicon lexicon, int node, in Piece piece) => piece.Kind switch
    {
        PieceKind.Number or PieceKind.Price => lexicon.StepByNumber(node, ordinal: false),
        PieceKind.Ordinal => lexicon.StepByNumber(node, ordinal: true),
        PieceKind.Word when piece.Word >= 0 => NextAsNumber(lexicon, node, piece.Word),
        _ => -1,
    };

    /// <summary>"three weeks" goes where "3 weeks" goes.</summary>
    private static int NextAsNumber(Lexicon lexicon, int node, int word)
    {
        var alone = lexicon.Step(0, word);
        if (alone < 0)
        {
            return -1;
        }
        var cues = lexicon[alone].Cues;
        return (cues & Cue.Number.Bit()) != 0 ? lexicon.StepByNumber(node, ordinal: false)
            : (cues & Cue.Ordinal.Bit()) != 0 ? lexicon.StepByNumber(node, ordinal: true) : -1;
    }
}
