namespace ListeningBot.Core.Scoring;

/// <summary>What the learned table says of a passage, and which neighbouring words say it loudest. One thread's; allocates nothing once it has grown.</summary>
internal sealed class Stretch
{
    /// <summary>Pieces that are quoted together.</summary>
    private const int Longest = 5;
    private int[] _grams = new int[1024];
    private int[] _one = new int[256];
    private float[] _weights = new float[256];

    /// <summary>What all grams of these pieces add to the head's logit.</summary>
    /// <param name="among">How many grams share the say: more than these where several passages are judged together.</param>
    public float Weigh(PieceList pieces, int from, int to, Model model, Head head, int among)
    {
        var count = Grams.Read(pieces, from, to, ref _grams);
        _weights = _weights.Length < to - from ? new float[Math.Max(to - from, _weights.Length * 2)] : _weights;
        var (sum, at) = (0f, 0);
        for (var i = from; i < to; i++)
        {
            var end = Math.Min(count, at + Grams.Read(pieces, i, i + 1, ref _one));
            var own = 0f;
            for (; at < end; at++)
            {
                own += (float)model.WeightOf(_grams[at], head, among);
            }
            _weights[i - from] = own;
            sum += own;
        }
        return sum;
    }

    /// <summary>Of the pieces weighed last: the few neighbours within a sentence that speak loudest to this side, and how loud.</summary>
    public (Seen Where, float Weight) Loudest(PieceList pieces, int from, int to, int sign)
    {
        var (best, where) = (0f, default(Seen));
        for (var first = from; first < to; first++)
        {
            if (!IsWord(pieces[first]))
            {
                continue;
            }
            var sum = 0f;
            for (var last = first; last < Math.Min(to, first + Longest) && pieces[last].Kind != PieceKind.End; last++)
            {
                sum += sign * _weights[last - from];
                if (sum > best && IsWord(pieces[last]))
                {
                    (best, where) = (sum, new Seen(pieces[first].Start, pieces[last].End - pieces[first].Start));
                }
            }
        }
        return (where, best);
    }

    private static bool IsWord(in Piece piece) => piece.FoldLength > 0;
}
