namespace ListeningBot.Core.Scoring;

/// <summary>Reads one passage with a lexicon: longest phrase first, with negation, intensifiers and "but".</summary>
internal ref struct PassageReader(PieceList pieces, Lexicon lexicon, Reading into)
{
    private const int NegationReach = 4;
    private const double BeforeBut = 0.6;
    private readonly PieceList _pieces = pieces;
    private readonly Lexicon _lexicon = lexicon;
    private readonly Reading _into = into;
    private int _negated;
    private bool _opening = true;
    private double _boost;
    private double _good;
    private double _bad;
    private Meaning _meaning;

    public void Read(int from, int to)
    {
        for (var i = from; i < to;)
        {
            ref var piece = ref _pieces[i];
            if (piece.FoldLength == 0)
            {
                Mark(piece.Kind);
                i++;
                continue;
            }
            CheckOpening(i, to, ref piece);
            var length = Longest(i, to);
            if (length > 1)
            {
                LookInside(i, length);
            }
            Take(i, length);
            i += length;
        }
        EndSentence();
    }

    /// <summary>"Great, ..." and "Awesome. ..." at the start of a sentence: cheerful, or the opposite when trouble follows.</summary>
    private void CheckOpening(int at, int to, ref Piece piece)
    {
        if (_opening && piece.Kind == PieceKind.Word && at + 1 < to && _pieces[at + 1].Kind is PieceKind.Comma or PieceKind.End && Next(0, ref piece) is >= 0 and var node
            && _lexicon[node].Valence >= 1.5 && (_lexicon[node].Cues & Cue.Thanks.Bit()) == 0)
        {
            _into.OpensCheerfully++;
            _into.CheerfulWord = new Seen(piece.Start, piece.Length);
        }
        _opening = false;
    }

    private void Mark(PieceKind kind)
    {
        _opening |= kind == PieceKind.End;
        if (kind == PieceKind.End)
        {
            EndSentence();
        }
        if (kind is PieceKind.End or PieceKind.Comma)
        {
            _negated = 0;
            _boost = 0;
        }
    }

    private void EndSentence()
    {
        _into.Good += _good;
        _into.Bad += _bad;
        _good = _bad = 0;
    }

    /// <summary>How many pieces the longest phrase from here takes; 1 when there is none. Leaves its meaning in _meaning.</summary>
    private int Longest(int from, int to)
    {
        _meaning = default;
        var node = 0;
        var length = 1;
        for (var i = from; i < to && i < from + 8; i++)
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
            ref readonly var meaning = ref _lexicon[node];
            if (!meaning.IsNothing)
            {
                _meaning = meaning;
                length = i - from + 1;
            }
        }
        return length;
    }

    /// <summary>The words of a phrase still say what they say alone: "third outage" is an outage, "worst airline" feels bad. Only sarcasm turns its words round.</summary>
    private void LookInside(int from, int length)
    {
        var mocking = (_meaning.Cues & (Cue.Sarcasm.Bit() | Cue.Mockery.Bit())) != 0;
        var praising = (_meaning.Cues & (Cue.Praise.Bit() | Cue.Thanks.Bit())) != 0;
        var valence = 0f;
        for (var i = from; i < from + length; i++)
        {
            var node = Next(0, ref _pieces[i]);
            if (node < 0)
            {
                continue;
            }
            ref readonly var alone = ref _lexicon[node];
            _meaning.Cues |= alone.Cues & Cues.FromInside;
            valence = alone.Valence < 0 && !praising || alone.Valence > 0 && praising && !mocking
                ? Math.Abs(alone.Valence) > Math.Abs(valence) ? alone.Valence : valence : valence;
        }
        _meaning.Valence = _meaning.Valence == 0 ? valence : _meaning.Valence;
    }

    private readonly int Next(int node, ref Piece piece)
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
    private readonly int NextAsNumber(int node, int word)
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
    private readonly int FindShortened(ReadOnlySpan<byte> folded)
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

    private readonly int Find(ReadOnlySpan<byte> word) => _lexicon.Find(word, LookupForm.Hash(word));

    private void Take(int at, int length)
    {
        ref var first = ref _pieces[at];
        ref var last = ref _pieces[at + length - 1];
        _into.Words += length;
        _into.Shouted += first.Shouted ? 1 : 0;
        _into.Elongated += first.Elongated ? 1 : 0;
        var cues = _meaning.Cues;
        var where = new Seen(first.Start, last.Start + last.Length - first.Start);
        var wasNegated = _negated > 0;
        if (cues != 0)
        {
            TakeCues(cues, where, wasNegated);
        }
        if (_meaning.Valence != 0)
        {
            TakeValence(_meaning.Valence, where, wasNegated, ref first);
        }
        _negated = Math.Max(0, _negated - length);
        if ((cues & (Cue.Negator.Bit() | Cue.Contrast.Bit() | Cue.Booster.Bit() | Cue.Damper.Bit())) != 0)
        {
            TakeGrammar(cues);
        }
        else
        {
            _boost = 0;
        }
    }

    private readonly void TakeCues(ulong cues, Seen where, bool negated)
    {
        if (negated && (cues & Cues.Negatable) != 0)
        {
            _into.NegatedTrouble += (cues & Cues.Negatable & ~Cue.Praise.Bit()) != 0 ? 1 : 0;
            cues &= ~Cues.Negatable;
        }
        _into.Saw(cues, where);
    }

    private void TakeGrammar(ulong cues)
    {
        if ((cues & Cue.Negator.Bit()) != 0)
        {
            _negated = NegationReach;
        }
        if ((cues & Cue.Contrast.Bit()) != 0)
        {
            _good *= BeforeBut;
            _bad *= BeforeBut;
            _negated = 0;
        }
        _boost = (cues & Cue.Booster.Bit()) != 0 ? Math.Min(0.6, _boost + 0.3) : (cues & Cue.Damper.Bit()) != 0 ? -0.35 : _boost;
    }

    private void TakeValence(double valence, Seen where, bool negated, ref Piece piece)
    {
        if (piece.Kind == PieceKind.Emoji)
        {
            _into.GoodFaces += valence > 0 ? 1 : 0;
            _into.BadFaces += valence < 0 ? 1 : 0;
        }
        valence *= 1 + _boost + (piece.Elongated ? 0.2 : 0) + (piece.Shouted ? 0.15 : 0);
        if (negated)
        {
            _into.NegatedGood += valence > 0 ? 1 : 0;
            _into.NegatedBad += valence < 0 ? 1 : 0;
            if (valence > 0)
            {
                _into.NegatedGoodWord = where;
            }
            valence *= valence > 0 ? -0.7 : -0.3;
        }
        if (valence > 0)
        {
            _good += valence;
            if (valence > _into.Best)
            {
                (_into.Best, _into.BestWord) = (valence, where);
            }
        }
        else
        {
            _bad -= valence;
            if (-valence > _into.Worst)
            {
                (_into.Worst, _into.WorstWord) = (-valence, where);
            }
        }
    }
}
