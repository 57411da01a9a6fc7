using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace ListeningBot.Core.Text;

/// <summary>
/// A 64-bit hash of a folded word, sixteen bytes a step. Its seeds differ from run to run, so that no text can be made up to collide; two of 100,000 words
/// collide by chance once in some hundred million runs. Never 0.
/// </summary>
internal static class WordHash
{
    private const byte ToLower = 0x20;

    /// <summary>The underscore as <see cref="ToLower"/> leaves it; DEL stands in no word, so nothing else looks like it.</summary>
    private const byte LowerUnderscore = '_' | ToLower;
    private static readonly ulong First = Seed();
    private static readonly ulong Second = Seed();

    private static ReadOnlySpan<byte> Masks =>
    [
        255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];

    /// <summary>Hashes a run of word bytes without folding it first; 0 when it needs a closer look: it has an underscore or is not ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong OfPlain(ReadOnlySpan<byte> text, int start, int length)
    {
        if (length > 16 || text.Length < 16)
        {
            return OfPlainSlowly(text.Slice(start, length));
        }
        // Near the end of the text the last sixteen bytes are read instead, and moved down.
        var from = Math.Min(start, text.Length - 16);
        var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)from);
        if (from != start)
        {
            bytes = Vector128.Shuffle(bytes, Vector128<byte>.Indices + Vector128.Create((byte)(start - from)));
        }
        var hash = Step(Lower(bytes) & Mask(length), out var special);
        return special ? 0 : hash;
    }

    /// <summary>Hashes a word that was folded already; gives the same as <see cref="OfPlain"/> does for the word as written.</summary>
    public static ulong OfFolded(ReadOnlySpan<byte> folded)
    {
        if (folded.Length <= 4)
        {
            return OfFew(folded);
        }
        Span<byte> part = stackalloc byte[16];
        var hash = 0UL;
        for (; !folded.IsEmpty; folded = folded[Math.Min(16, folded.Length)..])
        {
            part.Clear();
            folded[..Math.Min(16, folded.Length)].CopyTo(part);
            part.Replace((byte)'_', LowerUnderscore);
            hash = Chain(hash, Step(Vector128.Create<byte>(part), out _));
        }
        return hash;
    }

    private static ulong OfFew(ReadOnlySpan<byte> folded)
    {
        var bytes = 0U;
        for (var i = 0; i < folded.Length; i++)
        {
            bytes |= (uint)(folded[i] == '_' ? LowerUnderscore : folded[i]) << (8 * i);
        }
        return folded.IsEmpty ? 0 : Step(Vector128.CreateScalar(bytes).AsByte(), out _);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ulong OfPlainSlowly(ReadOnlySpan<byte> word)
    {
        Span<byte> part = stackalloc byte[16];
        var hash = 0UL;
        for (; !word.IsEmpty; word = word[Math.Min(16, word.Length)..])
        {
            part.Clear();
            word[..Math.Min(16, word.Length)].CopyTo(part);
            var step = Step(Lower(Vector128.Create<byte>(part)) & Mask(Math.Min(16, word.Length)), out var special);
            if (special)
            {
                return 0;
            }
            hash = Chain(hash, step);
        }
        return hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(Vector128<byte> bytes, out bool special)
    {
        special = Vector128.GreaterThanOrEqualAny(bytes, Vector128.Create(LowerUnderscore));
        var halves = bytes.AsUInt64();
        var high = Math.BigMul(halves[0] ^ First, halves[1] ^ Second, out var low);
        return Math.Max(high ^ low, 1);
    }

    private static ulong Chain(ulong hash, ulong step)
    {
        if (hash == 0)
        {
            return step;
        }
        var high = Math.BigMul(hash ^ Second, step ^ First, out var low);
        return Math.Max(high ^ low, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Lower(Vector128<byte> bytes) => bytes | Vector128.Create(ToLower);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Mask(int length) => Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Masks), (nuint)(16 - length));

    private static ulong Seed()
    {
        Span<byte> bytes = stackalloc byte[8];
        RandomNumberGenerator.Fill(bytes);
        return BitConverter.ToUInt64(bytes);
    }
}
