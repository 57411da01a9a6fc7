namespace ListeningBot.Core.Scoring;

/// <summary>Finds the longest phrase of a lexicon from a piece on; any number stands for "#", and drawn-out words for themselves.</summary>
internal readonly ref struct PhraseFinder(PieceList pieces, Lexicon lexicon)
{
    private const int LongestPhrase = 8;
    private readonly PieceList _pieces = pieces;
    private readonly Lexicon _lexicon = lexicon;

    /// <summary>What this piece means by itself.</summary>
    public Meaning Alone(ref Piece piece) => Next(0, ref piece) is >= 0 and var node ? _lexicon[node] : default;

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
            node = Next(node, ref piece);
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
            var node = Next(0, ref _pieces[i]);
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

    private int Next(int node, ref Piece piece)
    {
        var folded = _pieces.Folded(piece);
        var word = _lexicon.Find(folded, piece.Hash);
        if (word < 0 && piece.Elongated)
        {
            word = FindShortened(folded);
        }
        var next = word < 0 ? -1 : _lexicon.Step(node, word);
        if (next >= 0)
        {
            return next;
        }
        return piece.Kind switch
        {
            PieceKind.Number or PieceKind.Price => _lexicon.StepByNumber(node, ordinal: false),
            PieceKind.Ordinal => _lexicon.StepByNumber(node, ordinal: true),
            PieceKind.Word when word >= 0 && node >= 0 => NextAsNumber(node, word),
            _ => -1,
        };
    }

    /// <summary>"three weeks" goes where "3 weeks" goes.</summary>
    private int NextAsNumber(int node, int word)
    {
        var alone = _lexicon.Step(0, word);
        if (alone < 0)
        {
            return -1;
        }
        var cues = _lexicon[alone].Cues;
        return (cues & Cue.Number.Bit()) != 0 ? _lexicon.StepByNumber(node, ordinal: false)
            : (cues & Cue.Ordinal.Bit()) != 0 ? _lexicon.StepByNumber(node, ordinal: true) : -1;
    }

    /// <summary>"terriiible" was folded to "terriible": the word may be that with one of its doubles single, or with all ("soo" is "so").</summary>
    private int FindShortened(ReadOnlySpan<byte> folded)
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
                var word = Find(shorter[..(folded.Length - 1)]);
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
        return Find(shorter[..length]);
    }

    private int Find(ReadOnlySpan<byte> word) => _lexicon.Find(word, LookupForm.Hash(word));
}
