using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ListeningBot.Core.Scoring;

/// <summary>Reading the table: one row a bucket, one lane a head.</summary>
public sealed partial class Model
{
    /// <summary>256 times 127 still fits into sixteen bits.</summary>
    private const int MostAtOnce = 256;

    /// <summary>Adds what the buckets say to <paramref name="sums"/> (<see cref="Sums"/> of them).</summary>
    internal void Add(ReadOnlySpan<int> buckets, Span<int> sums)
    {
        _lean?.Add(buckets, sums[Heads.Count..]);
        for (; !buckets.IsEmpty; buckets = buckets[Math.Min(MostAtOnce, buckets.Length)..])
        {
            var (low, high) = RowsOf(buckets[..Math.Min(MostAtOnce, buckets.Length)]);
            AddTo(sums, Vector128.WidenLower(low), Vector128.WidenUpper(low), Vector128.WidenLower(high), Vector128.WidenUpper(high));
        }
    }

    /// <summary>
    /// The same for the buckets of these pieces; leaves in <paramref name="steps"/> (pieces x heads) what those of each say by themselves, of which the grounds are told. A piece has far fewer
    /// than <see cref="MostAtOnce"/>.
    /// </summary>
    internal void AddPieces(ReadOnlySpan<int> buckets, ReadOnlySpan<Piece> pieces, Span<short> steps, Span<int> sums)
    {
        _lean?.Add(buckets, sums[Heads.Count..]);
        var (a, b, c, d) = (Vector128<int>.Zero, Vector128<int>.Zero, Vector128<int>.Zero, Vector128<int>.Zero);
        var at = 0;
        for (var i = 0; i < pieces.Length; i++)
        {
            var end = pieces[i].GramsTo;
            var (low, high) = RowsOf(buckets[at..end]);
            at = end;
            var own = steps.Slice(i * Heads.Count, Heads.Count);
            low.CopyTo(own);
            high.CopyTo(own[Vector128<short>.Count..]);
            (a, b) = (a + Vector128.WidenLower(low), b + Vector128.WidenUpper(low));
            (c, d) = (c + Vector128.WidenLower(high), d + Vector128.WidenUpper(high));
        }
        AddTo(sums, a, b, c, d);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector128<short> Low, Vector128<short> High) RowsOf(ReadOnlySpan<int> buckets)
    {
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        var (low, high) = (Vector128<short>.Zero, Vector128<short>.Zero);
        foreach (var bucket in buckets)
        {
            var row = Vector128.LoadUnsafe(ref table, (nuint)(uint)bucket * Heads.Count);
            low += Vector128.WidenLower(row);
            high += Vector128.WidenUpper(row);
        }
        return (low, high);
    }

    private static void AddTo(Span<int> sums, Vector128<int> a, Vector128<int> b, Vector128<int> c, Vector128<int> d)
    {
        (a + Vector128.Create<int>(sums)).CopyTo(sums);
        (b + Vector128.Create<int>(sums[4..])).CopyTo(sums[4..]);
        (c + Vector128.Create<int>(sums[8..])).CopyTo(sums[8..]);
        (d + Vector128.Create<int>(sums[12..])).CopyTo(sums[12..]);
    }
}
