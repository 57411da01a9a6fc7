namespace ListeningBot.Core.Scoring;

/// <summary>What the learned table says of each piece of a text, and which neighbouring words say it loudest. One thread's; allocates nothing once it has grown.</summary>
internal sealed class Stretch
{
    /// <summary>Pieces that are quoted together.</summary>
    private const int Longest = 5;

    /// <summary>Pieces x heads.</summary>
    private short[] _steps = new short[256 * Heads.Count];

    /// <summary>Room for what each of these pieces says, as <see cref="Model.AddPieces"/> fills it.</summary>
    public Span<short> Of(int from, int to)
    {
        if (_steps.Length < to * Heads.Count)
        {
            Array.Resize(ref _steps, Math.Max(to * Heads.Count, _steps.Length * 2));
        }
        return _steps.AsSpan(from * Heads.Count, (to - from) * Heads.Count);
    }

    /// <summary>What all grams of these pieces add to the head's calibrated logit.</summary>
    /// <param name="among">How many grams share the say: more than these where several passages are judged together.</param>
    public float Weigh(int from, int to, Model model, Head head, int among)
    {
        var sum = 0;
        for (var i = from; i < to; i++)
        {
            sum += StepsOf(i, head);
        }
        return (float)(sum * model.StepOf(head, among));
    }

    /// <summary>The few neighbours within a sentence that speak loudest to this side, and how loud.</summary>
    public (Seen Where, int Steps) Loudest(PieceList pieces, int from, int to, Head head, int sign)
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
                sum += sign * StepsOf(last, head);
                if (sum > best && IsWord(pieces[last]))
                {
                    (best, where) = (sum, new Seen(pieces[first].Start, pieces[last].End - pieces[first].Start));
                }
            }
        }
        return (where, best);
    }

    private int StepsOf(int piece, Head head) => _steps[piece * Heads.Count + (int)head];

    private static bool IsWord(in Piece piece) => piece.FoldLength > 0;
}
