namespace ListeningBot.Core.Scoring;

/// <summary>Reads one passage with a lexicon: longest phrase first, with negation, intensifiers and "but".</summary>
internal ref struct PassageReader(PieceList pieces, Lexicon lexicon, Reading into)
{
    private const int NegationReach = 4;
    private const double BeforeBut = 0.6;
    private const int LongestQuote = 40;

    /// <summary>What has plainly gone wrong; a refund that is asked about has not.</summary>
    private static readonly ulong s_wrong = Cues.Trouble & ~Cues.Mask(Cue.Refund, Cue.Expectation, Cue.Repeated, Cue.Mockery);

    /// <summary>How bad a word must be to tell of something wrong by itself.</summary>
    private const double PlainlyBad = 2;
    /// <summary>What happens by itself whatever else did not: a "not" before "and" or "when" denies it no more.</summary>
    private static readonly ulong s_harm = Cues.Mask(Cue.Danger, Cue.Injury, Cue.Hacked, Cue.Stranded);
    private static readonly ulong s_relief = Cues.Mask(Cue.Praise, Cue.Solved, Cue.Contrast);
    private static readonly ulong s_ask = Cues.Mask(Cue.Help, Cue.Plea);
    private readonly PieceList _pieces = pieces;
    private readonly PhraseFinder _phrases = new(pieces, lexicon);
    private readonly Reading _into = into;
    private int _negated;

    /// <summary>An "and" or "when" stands behind the "not".</summary>
    private bool _joined;

    /// <summary>The "not" has denied a trouble: "no smoke and fire" denies both.</summary>
    private bool _deniedTrouble;
    private bool _opening = true;
    private double _boost;
    private double _good;
    private double _bad;
    private Meaning _meaning;

    /// <summary>Somebody was asked for help, or something was asked, be it before the trouble or behind it.</summary>
    private bool _asked;

    /// <summary>Up to this piece somebody else's words are quoted.</summary>
    private int _quotedTo;

    public void Read(int from, int to)
    {
        for (var i = from; i < to;)
        {
            ref var piece = ref _pieces[i];
            if (piece.FoldLength == 0)
            {
                Mark(piece);
                CheckQuote(i, to, piece.Kind);
                i++;
                continue;
            }
            CheckOpening(i, to, ref piece);
            var length = _phrases.Longest(i, to, out _meaning);
            if (i < _quotedTo || IsPoliteEnd(piece.Kind) || IsBitterEnd(i + length))
            {
                LeaveOutPraise();
            }
            _asked |= (_meaning.Cues & (s_ask | Cue.Question.Bit())) != 0;
            Take(i, length);
            i += length;
        }
        EndSentence();
    }

    /// <summary>"Great, ..." and "Awesome. ..." at the start of a sentence: cheerful, or the opposite when trouble follows.</summary>
    private void CheckOpening(int at, int to, ref Piece piece)
    {
        if (_opening && piece.Kind == PieceKind.Word && at + 1 < to && _pieces[at + 1].Kind is PieceKind.Comma or PieceKind.End && _phrases.Alone(piece) is { Valence: >= 1.5f } alone
            && (alone.Cues & Cue.Thanks.Bit()) == 0)
        {
            _into.OpensCheerfully++;
            _into.CheerfulWord = new Seen(piece.Start, piece.Length);
        }
        _opening = false;
    }

    /// <summary>A quote counts when it ends again soon; an apostrophe of another use does not.</summary>
    private void CheckQuote(int at, int to, PieceKind kind)
    {
        if (kind is not (PieceKind.Quote or PieceKind.SingleQuote) || at <= _quotedTo)
        {
            return;
        }
        for (var end = at + 2; end < Math.Min(to, at + LongestQuote); end++)
        {
            if (_pieces[end].Kind == kind)
            {
                _quotedTo = end;
                return;
            }
        }
    }

    /// <summary>What others said kindly is no praise of the author's.</summary>
    private void LeaveOutPraise()
    {
        _meaning.Cues &= ~(Cue.Praise.Bit() | Cue.Thanks.Bit() | Cue.Solved.Bit());
        _meaning.Valence = Math.Min(0, _meaning.Valence);
    }

    /// <summary>"My parcel never came, could you look? Thanks 🙏": who tells of a trouble and asks for help thanks for what is to come.</summary>
    private readonly bool IsPoliteEnd(PieceKind kind) =>
        ((_meaning.Cues & Cue.Thanks.Bit()) != 0 || (kind == PieceKind.Emoji && _meaning.Valence > 0))
        && ((_asked && IsWrong()) || IsPlea()) && !_into.HasAny(Cue.Praise.Bit() | Cue.Solved.Bit());

    /// <summary>"Three hours late thanks @acme": who tells of nothing but trouble, and ends with a bare thanks, means it bitterly.</summary>
    private readonly bool IsBitterEnd(int at) =>
        (_meaning.Cues & Cue.Thanks.Bit()) != 0 && IsWrong() && _into.Best == 0 && !_into.HasAny(s_relief) && IsEnd(at);

    /// <summary>Only names, faces and marks follow.</summary>
    private readonly bool IsEnd(int at)
    {
        while (at < _pieces.Count && _pieces[at] is { FoldLength: 0 } or { Kind: PieceKind.Name or PieceKind.Emoji })
        {
            at++;
        }
        return at == _pieces.Count;
    }

    private readonly bool IsWrong() => _into.HasAny(s_wrong) || (_into.Worst >= PlainlyBad && !_into.Has(Cue.Question));

    /// <summary>"Could you please check my bill?" asks somebody to act; who only wants to know something, or offers a job, has no trouble.</summary>
    private readonly bool IsPlea() => _into.HasAny(s_ask) && !_into.HasAny(Cue.Question.Bit() | Cues.OtherKinds);

    private void Mark(in Piece piece)
    {
        var kind = piece.Kind;
        _asked |= kind == PieceKind.End && _pieces.Text.Slice(piece.Start, piece.Length).Contains((byte)'?');
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

    private void Take(int at, int length)
    {
        ref var first = ref _pieces[at];
        ref var last = ref _pieces[at + length - 1];
        _into.Words += length;
        _into.Shouted += first.Shouted ? 1 : 0;
        _into.Elongated += first.Elongated ? 1 : 0;
        var cues = _meaning.Cues;
        var where = new Seen(first.Start, last.Start + last.Length - first.Start);
        _joined |= _negated > 0 && !_deniedTrouble && _phrases.Alone(first).Joins;
        var wasNegated = _negated > 0 && !(_joined && (cues & s_harm) != 0);
        for (var i = at; wasNegated && i < at + length; i++)
        {
            _pieces[i].Denied = true;
        }
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

    private void TakeCues(ulong cues, Seen where, bool negated)
    {
        if (negated && (cues & Cues.Negatable) != 0)
        {
            var trouble = (cues & Cues.Negatable & ~Cue.Praise.Bit()) != 0;
            _into.NegatedTrouble += trouble ? 1 : 0;
            _deniedTrouble |= trouble;
            cues &= ~Cues.Negatable;
        }
        _into.Saw(cues, where);
    }

    private void TakeGrammar(ulong cues)
    {
        if ((cues & Cue.Negator.Bit()) != 0 && (cues & Cue.Idiom.Bit()) == 0)
        {
            _negated = NegationReach;
            _joined = _deniedTrouble = false;
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
