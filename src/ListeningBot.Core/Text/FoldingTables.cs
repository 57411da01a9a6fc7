using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace ListeningBot.Core.Text;

/// <summary>The Unicode data behind <see cref="Folding"/> and <see cref="Words"/>; Tables/generate.py tells the shape of the file.</summary>
internal static class FoldingTables
{
    private const string Resource = "ListeningBot.Core.Text.Tables.folding.bin";
    private const int Blocks = 0x110000 / 128;
    private static readonly byte[] File = Load();
    private static readonly int Pages = UInt16At(4);
    private static readonly int FoldCount = UInt16At(6);
    private static readonly ushort[] PageOf = UInt16s(14, Blocks);
    private static readonly int ClassesAt = 14 + (Blocks * 2);
    private static readonly ushort[] FoldIds = UInt16s(ClassesAt + (Pages * 128), Pages * 128);
    private static readonly int OffsetsAt = ClassesAt + (Pages * 128 * 3);
    private static readonly ushort[] Offsets = UInt16s(OffsetsAt, FoldCount + 1);
    private static readonly int FoldTextAt = OffsetsAt + ((FoldCount + 1) * 2);
    private static readonly FrozenDictionary<int, byte> LookAlikes = ReadLookAlikes();

    public static CharClass ClassOf(int codePoint) =>
        (CharClass)File[ClassesAt + (PageOf[codePoint >> 7] << 7) + (codePoint & 127)];

    /// <summary>The folded form in UTF-8; empty when the character stays as it is.</summary>
    public static ReadOnlySpan<byte> FoldOf(int codePoint)
    {
        int id = FoldIds[(PageOf[codePoint >> 7] << 7) + (codePoint & 127)];
        return id == 0 ? [] : File.AsSpan(FoldTextAt + Offsets[id], Offsets[id + 1] - Offsets[id]);
    }

    /// <summary>The Latin letter (lower case) that a Cyrillic or Greek one looks like, or 0.</summary>
    public static byte LatinFor(int codePoint) => LookAlikes.GetValueOrDefault(codePoint);

    private static FrozenDictionary<int, byte> ReadLookAlikes()
    {
        var pairs = new Dictionary<int, byte>();
        var at = FoldTextAt + BinaryPrimitives.ReadInt32LittleEndian(File.AsSpan(10));
        for (var left = UInt16At(8); left > 0; left--, at += 5)
        {
            pairs.Add(BinaryPrimitives.ReadInt32LittleEndian(File.AsSpan(at)), File[at + 4]);
        }
        return pairs.ToFrozenDictionary();
    }

    private static ushort UInt16At(int at) => BinaryPrimitives.ReadUInt16LittleEndian(File.AsSpan(at));

    private static ushort[] UInt16s(int at, int count) => MemoryMarshal.Cast<byte, ushort>(File.AsSpan(at, count * 2)).ToArray();

    private static byte[] Load()
    {
        using var stream = typeof(FoldingTables).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"This build lacks the resource {Resource}: build it again.");
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        return file.AsSpan().StartsWith("LBF2"u8) ? file : throw new InvalidOperationException($"The resource {Resource} of this build is damaged: build it again.");
    }
}
