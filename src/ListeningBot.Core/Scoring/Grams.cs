using System.Numerics;

namespace ListeningBot.Core.Scoring;

/// <summary>
/// Which buckets of a model's table a passage falls into: its words, those that a "not" reaches once more, pairs of neighbours and of next but one, and runs of characters within words.
/// Names and links are left out and numbers masked, so that nobody's handle is learned. The hash is our own and the same everywhere.
/// </summary>
internal static class Grams
{
    public const int Bits = 18;
    public const int Buckets = 1 << Bits;

    /// <summary>Of a word (UTF-8, folded): shorter ones are told by the word itself.</summary>
    private const int ShortestOfRuns = 4;
    private const int Run = 4;
    private const int MostOfWord = 24;

    private const uint Start = 0x51ED270B;
    private const uint Amount = 0x85EBCA6B;
    private const uint Sum = 0xC2B2AE35;
    private const uint Place = 0x27D4EB2F;
    private const uint Ask = 0x165667B1;
    private const uint Shout = 0xD3A2646C;
    private const uint Stop = 0xFD7046C5;

    private const uint AsWord = 0x1B873593;
    private const uint AsDenied = 0xCC9E2D51;
    private const uint AsPair = 0x38495AB5;
    private const uint AsSkip = 0x5BD1E995;
    private const uint AsRun = 0x7ED55D16;

    /// <summary>Fills <paramref name="into"/> (grown when needed) and tells how many; each piece is told where its own end.</summary>
    public static int Read(PieceList pieces, int from, int to, ref int[] into)
    {
        var count = 0;
        var before = Start;
        uint second = 0;
        for (var i = from; i < to; i++)
        {
            ref var piece = ref pieces[i];
            var token = TokenOf(pieces, ref piece);
            if (token != 0)
            {
                if (into.Length < count + MostOfWord + 8)
                {
                    Array.Resize(ref into, into.Length * 2);
                }
                into[count++] = Bucket(before * 31 + token ^ AsPair);
                into[count++] = Bucket(second * 31 + token ^ AsSkip);
                (second, before) = (before, token);
                count = piece.FoldLength == 0 || piece.Kind is PieceKind.Number or PieceKind.Price or PieceKind.Ordinal ? count : Alone(pieces, piece, token, into, count);
            }
            piece.GramsTo = count;
        }
        return count;
    }

    /// <summary>What a word is without its neighbours.</summary>
    private static int Alone(PieceList pieces, in Piece piece, uint token, int[] into, int count)
    {
        into[count++] = Bucket(token ^ AsWord);
        if (piece.Denied)
        {
            into[count++] = Bucket(token ^ AsDenied);
        }
        return piece.Kind != PieceKind.Emoji && piece.FoldLength >= ShortestOfRuns ? Runs(pieces.Folded(piece), into, count) : count;
    }

    private static uint TokenOf(PieceList pieces, ref Piece piece) => piece.Kind switch
    {
        PieceKind.Number => Amount,
        PieceKind.Price => Sum,
        PieceKind.Ordinal => Place,
        PieceKind.End => EndOf(pieces.Text.Slice(piece.Start, piece.Length)),
        PieceKind.Name or PieceKind.Link or PieceKind.Comma or PieceKind.Quote or PieceKind.SingleQuote => 0,
        _ => piece.FoldLength > 0 ? piece.Hash | 1 : 0,
    };

    private static uint EndOf(ReadOnlySpan<byte> marks) => marks.Contains((byte)'?') ? Ask : marks.Contains((byte)'!') ? Shout : Stop;

    /// <summary>Four bytes at a time, the first and the last with the edge of the word.</summary>
    private static int Runs(ReadOnlySpan<byte> word, int[] into, int count)
    {
        word = word[..Math.Min(word.Length, MostOfWord)];
        var run = (uint)'^';
        for (var i = 0; i < Run - 1; i++)
        {
            run = run << 8 | word[i];
        }
        into[count++] = Bucket(run * 0x9E3779B1 ^ AsRun);
        for (var i = Run - 1; i < word.Length; i++)
        {
            run = run << 8 | word[i];
            into[count++] = Bucket(run * 0x9E3779B1 ^ AsRun);
        }
        run = run << 8 | '$';
        into[count++] = Bucket(run * 0x9E3779B1 ^ AsRun);
        return count;
    }

    private static int Bucket(uint hash)
    {
        hash = (hash ^ hash >> 16) * 0x7FEB352D;
        hash = (hash ^ hash >> 15) * 0x846CA68B;
        return (int)((hash ^ BitOperations.RotateLeft(hash, 13)) >> (32 - Bits));
    }
}
