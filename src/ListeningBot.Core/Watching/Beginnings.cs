using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

/// <summary>How the words begin that "refund*" and the like look for.</summary>
internal sealed class Beginnings
{
    /// <summary>Beginnings from this length on, bytes, are told apart by this many bytes, shorter ones by their first.</summary>
    private const int Start = 4;

    /// <summary>This length stands for all longer ones too.</summary>
    private const int Long = 31;
    private const int SlotBits = 12;
    private const byte ToLower = 0x20;
    private readonly SortedSet<int> _known = [];

    /// <summary>Which lengths there are, a bit each.</summary>
    private readonly uint[] _byFirst = new uint[256];
    private uint[] _byStart = [0];

    /// <summary>Of their folded forms, bytes, rising.</summary>
    private int[] _lengths = [];

    public bool IsEmpty => _lengths.Length == 0;

    public void Add(ReadOnlySpan<byte> folded)
    {
        if (_known.Add(folded.Length))
        {
            _lengths = [.. _known];
        }
        if (folded.Length < Start)
        {
            _byFirst[folded[0] | ToLower] |= 1U << folded.Length;
            return;
        }
        if (_byStart.Length == 1)
        {
            _byStart = new uint[1 << SlotBits];
        }
        _byStart[Slot(folded)] |= 1U << Math.Min(folded.Length, Long);
    }

    /// <summary>False: surely this token begins with none of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayFit(ReadOnlySpan<byte> text, in HashedToken token) => token.NeedsFolding || LengthsOf(text[token.Start..token.End]) != 0;

    /// <summary>The word of a token, folded if need be; empty for one that is too long.</summary>
    public static ReadOnlySpan<byte> WordOf(ReadOnlySpan<byte> text, in HashedToken token, Span<byte> room)
    {
        var word = text[token.Start..token.End];
        return !token.NeedsFolding ? word : Folding.TryFold(word, room, out var length) ? room[..length] : [];
    }

    /// <summary>The next beginning of a word that may be among them; false: there is none.</summary>
    /// <param name="length">Of the one before, bytes; 0 for the first.</param>
    public bool Next(ReadOnlySpan<byte> word, ref int length)
    {
        var lengths = word.IsEmpty ? 0 : LengthsOf(word) & (uint)(ulong.MaxValue << Math.Min(length + 1, Long));
        if (lengths != 0)
        {
            length = BitOperations.TrailingZeroCount(lengths) is < Long and var next ? next : NextLong(length);
        }
        return lengths != 0 && length <= word.Length;
    }

    /// <summary>A token as if it ended with its beginning.</summary>
    public static HashedToken Begun(ReadOnlySpan<byte> text, in HashedToken token, ReadOnlySpan<byte> word, int length) =>
        token with { Hash = token.NeedsFolding ? WordHash.OfFolded(word[..length]) : WordHash.OfPlain(text, token.Start, length) };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint LengthsOf(ReadOnlySpan<byte> word) => _byFirst[word[0] | ToLower] | (word.Length >= Start ? _byStart[Slot(word)] : 0);

    private int NextLong(int length)
    {
        foreach (var next in _lengths)
        {
            if (next > length && next >= Long)
            {
                return next;
            }
        }
        return int.MaxValue;
    }

    private int Slot(ReadOnlySpan<byte> word)
    {
        var start = BinaryPrimitives.ReadUInt32LittleEndian(word) | 0x20202020U;
        return (int)(start * 0x9E3779B1 >> (32 - SlotBits)) & (_byStart.Length - 1);
    }
}
