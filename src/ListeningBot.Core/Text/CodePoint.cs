using System.Runtime.CompilerServices;
using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>Reads one character of UTF-8 that may be broken.</summary>
internal static class CodePoint
{
    /// <summary>Of ASCII, which is most of what is read.</summary>
    private static readonly CharClass[] s_plain = [.. Enumerable.Range(0, 128).Select(FoldingTables.ClassOf)];

    /// <summary>False for bytes that are no character: then U+FFFD and the length of what to skip, at least 1.</summary>
    public static bool Read(ReadOnlySpan<byte> text, out int codePoint, out int length)
    {
        int first = text[0];
        if (first < 128)
        {
            (codePoint, length) = (first, 1);
            return true;
        }
        if (first < 0xF0 && text.Length > 2)
        {
            // The two common shapes without a call; whatever is wrong with them is left to the framework.
            int second = text[1] ^ 0x80, third = text[2] ^ 0x80;
            (codePoint, length) = first < 0xE0 ? ((first & 0x1F) << 6 | second, 2) : ((first & 0x0F) << 12 | second << 6 | third, 3);
            if (second < 0x40 && first >= 0xC2 && (length == 2 || (third < 0x40 && codePoint >= 0x800 && codePoint is < 0xD800 or > 0xDFFF)))
            {
                return true;
            }
        }
        var known = Rune.DecodeFromUtf8(text, out var rune, out length) == System.Buffers.OperationStatus.Done;
        codePoint = rune.Value;
        return known;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static CharClass ClassAt(ReadOnlySpan<byte> text, int at, out int codePoint, out int length)
    {
        if (text[at] is < 128 and var plain)
        {
            (codePoint, length) = (plain, 1);
            return s_plain[plain];
        }
        return ClassOfWide(text[at..], out codePoint, out length);
    }

    private static CharClass ClassOfWide(ReadOnlySpan<byte> text, out int codePoint, out int length) =>
        Read(text, out codePoint, out length) ? FoldingTables.ClassOf(codePoint) : CharClass.Other;
}
