namespace ListeningBot.Core.Scoring;

/// <summary>What the learned table says of a passage, and which neighbouring words say it loudest. One thread's; allocates nothing once it has grown.</summary>
internal sealed class Stretch
{
    /// <summary>Pieces that are quoted together.</summary>
    private const int Longest = 5;
    private int[] _grams = new int[1024];
    private int[] _one = new int[256];
    private int[] _ends = new int[256];
    private int[] _steps = new int[256];
    private (int From, int To) _read = (-1, -1);

    /// <summary>Another text is on the desk.</summary>
    public void Forget() => _read = (-1, -1);

    /// <summary>What all grams of these pieces add to the head's calibrated logit.</summary>
    /// <param name="among">How many grams share the say: more than these where several passages are judged together.</param>
    public float Weigh(PieceList pieces, int from, int to, Model model, Head head, int among)
    {
        if (_read != (from, to))
        {
            Read(pieces, from, to);
        }
        var (sum, at) = (0, 0);
        for (var i = 0; i < to - from; i++)
        {
            var own = model.StepsOf(_grams.AsSpan(at, _ends[i] - at), head);
            at = _ends[i];
            _steps[i] = own;
            sum += own;
        }
        return (float)(sum * model.StepOf(head, among));
    }

    /// <summary>Of the pieces weighed last: the few neighbours within a sentence that speak loudest to this side, and how loud.</summary>
    public (Seen Where, int Steps) Loudest(PieceList pieces, int from, int to, int sign)
    {
        var (best, where) = (0, default(Seen));
        for (var first = from; first < to; first++)
        {
            if (!IsWord(pieces[first]))
            {
                continue;
            }
            var sum = 0;
            for (var last = first; last < Math.Min(to, first + Longest) && pieces[last].Kind != PieceKind.End; last++)
            {
                sum += sign * _steps[last - from];
                if (sum > best && IsWord(pieces[last]))
                {
                    (best, where) = (sum, new Seen(pieces[first].Start, pieces[last].End - pieces[first].Start));
                }
            }
        }
        return (where, best);
    }

    /// <summary>The grams of all pieces, and where those of each end: a piece has as many alone as among others.</summary>
    private void Read(PieceList pieces, int from, int to)
    {
        var count = Grams.Read(pieces, from, to, ref _grams);
        if (_ends.Length < to - from)
        {
            _ends = new int[Math.Max(to - from, _ends.Length * 2)];
            _steps = new int[_ends.Length];
        }
        var end = 0;
        for (var i = from; i < to; i++)
        {
            end = Math.Min(count, end + Grams.Read(pieces, i, i + 1, ref _one));
            _ends[i - from] = end;
        }
        _read = (from, to);
    }

    private static bool IsWord(in Piece piece) => piece.FoldLength > 0;
}
