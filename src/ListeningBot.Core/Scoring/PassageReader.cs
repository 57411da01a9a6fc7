namespace ListeningBot.Core.Scoring;

/// <summary>Reads one passage with a lexicon: longest phrase first, with negation, intensifiers and "but".</summary>
internal ref struct PassageReader(TokenList tokens, Lexicon lexicon, Reading into)
{
    private const int NegationReach = 4;
    private const double BeforeBut = 0.6;
    private readonly TokenList _tokens = tokens;
    private readonly Lexicon _lexicon = lexicon;
    private readonly Reading _into = into;
    private int _negated;
    private double _boost;
    private double _good;
    private double _bad;
    private Meaning _meaning;

    public void Read(int from, int to)
    {
        for (var i = from; i < to;)
        {
            ref var token = ref _tokens[i];
            if (token.FoldLength == 0)
            {
                Mark(token.Kind);
                i++;
                continue;
            }
            if (token.Kind == TokenKind.Name)
            {
                i++;
                continue;
            }
            var length = Longest(i, to);
            Take(i, length);
            i += length;
        }
        EndSentence();
    }

    private void Mark(TokenKind kind)
    {
        if (kind == TokenKind.End)
        {
            EndSentence();
        }
        if (kind is TokenKind.End or TokenKind.Comma)
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

    /// <summary>How many tokens the longest phrase from here takes; 1 when there is none. Leaves its meaning in _meaning.</summary>
    private int Longest(int from, int to)
    {
        _meaning = default;
        var node = 0;
        var length = 1;
        for (var i = from; i < to && i < from + 8; i++)
        {
            ref var token = ref _tokens[i];
            if (token.FoldLength == 0 || token.Kind == TokenKind.Name)
            {
                break;
            }
            node = Next(node, ref token);
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

    private readonly int Next(int node, ref Token token)
    {
        var folded = _tokens.Folded(token);
        var word = _lexicon.Find(folded, token.Hash);
        if (word < 0 && token.Elongated)
        {
            word = FindShortened(folded);
        }
        var next = word < 0 ? -1 : _lexicon.Step(node, word);
        if (next >= 0)
        {
            return next;
        }
        return token.Kind switch
        {
            TokenKind.Number or TokenKind.Price => _lexicon.StepByNumber(node, ordinal: false),
            TokenKind.Ordinal => _lexicon.StepByNumber(node, ordinal: true),
            TokenKind.Word when word >= 0 && node >= 0 => NextAsNumber(node, word),
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

    /// <summary>"sooo" was folded to "soo"; the word may be "so".</summary>
    private readonly int FindShortened(ReadOnlySpan<char> folded)
    {
        if (folded.Length > 64)
        {
            return -1;
        }
        Span<char> once = stackalloc char[64];
        var length = 0;
        foreach (var c in folded)
        {
            if (length == 0 || once[length - 1] != c)
            {
                once[length++] = c;
            }
        }
        return _lexicon.Find(once[..length], WordFold.Hash(once[..length]));
    }

    private void Take(int at, int length)
    {
        ref var first = ref _tokens[at];
        ref var last = ref _tokens[at + length - 1];
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

    private void TakeValence(double valence, Seen where, bool negated, ref Token token)
    {
        if (token.Kind == TokenKind.Emoji)
        {
            _into.GoodFaces += valence > 0 ? 1 : 0;
            _into.BadFaces += valence < 0 ? 1 : 0;
        }
        valence *= 1 + _boost + (token.Elongated ? 0.2 : 0) + (token.Shouted ? 0.15 : 0);
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
