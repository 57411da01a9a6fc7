using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace ListeningBot.Core.Text;

/// <summary>
/// Finds where runs of word bytes begin and end, 64 bytes at a time. Word bytes are ASCII letters, digits, the underscore, and every byte of a character
/// outside ASCII: runs with such bytes need a closer look.
/// </summary>
internal static class WordEdges
{
    private const int Block = 64;

    /// <summary>Room enough for the edges of a text of this many bytes.</summary>
    public static int Room(int length) => length + 1 + Block;

    /// <summary>Writes begin and end of each run in turns and tells how many edges there are, an even number.</summary>
    public static int Find(ReadOnlySpan<byte> text, Span<int> edges)
    {
        if (edges.Length < Room(text.Length))
        {
            throw new ArgumentException("Too little room for the edges.", nameof(edges));
        }
        ref var first = ref MemoryMarshal.GetReference(text);
        ref var into = ref MemoryMarshal.GetReference(edges);
        var (count, before, at) = (0, 0UL, 0);
        for (; at <= text.Length - Block; at += Block)
        {
            var words = WordBytes(ref Unsafe.Add(ref first, at));
            count = Write(words ^ (words << 1 | before), at, ref into, count);
            before = words >> 63;
        }
        if (at < text.Length)
        {
            Span<byte> rest = stackalloc byte[Block];
            rest.Clear();
            text[at..].CopyTo(rest);
            var words = WordBytes(ref MemoryMarshal.GetReference(rest));
            count = Write(words ^ (words << 1 | before), at, ref into, count);
            before = words >> 63;
        }
        if (before != 0)
        {
            Unsafe.Add(ref into, count++) = text.Length;
        }
        return count;
    }

    /// <summary>Writes four at a time, some of them in vain: cheaper than a branch for each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Write(ulong changes, int at, ref int into, int count)
    {
        var next = count + BitOperations.PopCount(changes);
        while (count < next)
        {
            for (var i = 0; i < 4; i++)
            {
                Unsafe.Add(ref into, count + i) = at + BitOperations.TrailingZeroCount(changes);
                changes &= changes - 1;
            }
            count += 4;
        }
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong WordBytes(ref byte block)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var bytes = Vector512.LoadUnsafe(ref block);
            var letters = Vector512.LessThanOrEqual((bytes | Vector512.Create((byte)0x20)) - Vector512.Create((byte)'a'), Vector512.Create((byte)25));
            var digits = Vector512.LessThanOrEqual(bytes - Vector512.Create((byte)'0'), Vector512.Create((byte)9));
            return (letters | digits | Vector512.Equals(bytes, Vector512.Create((byte)'_')) | bytes).ExtractMostSignificantBits();
        }
        return Half(ref block) | (ulong)Half(ref Unsafe.Add(ref block, 32)) << 32;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Half(ref byte half)
    {
        var bytes = Vector256.LoadUnsafe(ref half);
        var letters = Vector256.LessThanOrEqual((bytes | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)25));
        var digits = Vector256.LessThanOrEqual(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)9));
        return (letters | digits | Vector256.Equals(bytes, Vector256.Create((byte)'_')) | bytes).ExtractMostSignificantBits();
    }
}
