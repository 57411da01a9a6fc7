using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>Reads one character of UTF-8 that may be broken.</summary>
internal static class CodePoint
{
    /// <summary>False for bytes that are no character: then U+FFFD and the length of what to skip, at least 1.</summary>
    public static bool Read(ReadOnlySpan<byte> text, out int codePoint, out int length)
    {
        if (text[0] < 128)
        {
            codePoint = text[0];
            length = 1;
            return true;
        }
        var known = Rune.DecodeFromUtf8(text, out var rune, out length) == System.Buffers.OperationStatus.Done;
        codePoint = rune.Value;
        return known;
    }

    public static CharClass ClassAt(ReadOnlySpan<byte> text, int at, out int codePoint, out int length) =>
        Read(text[at..], out codePoint, out length) ? FoldingTables.ClassOf(codePoint) : CharClass.Other;
}
