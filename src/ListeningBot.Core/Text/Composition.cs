using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>Puts kana with their voicing marks, and Hangul jamo, together: there these are letters, not accents.</summary>
internal static class Composition
{
    /// <param name="mark">The mark or jamo that follows.</param>
    /// <param name="before">The folded text so far.</param>
    /// <param name="replaced">Bytes at the end of <paramref name="before"/> that <paramref name="composed"/> takes the place of.</param>
    public static bool TryCompose(int mark, ReadOnlySpan<byte> before, out int composed, out int replaced)
    {
        composed = Rune.DecodeLastFromUtf8(before, out var last, out replaced) == System.Buffers.OperationStatus.Done ? Compose(last.Value, mark) : 0;
        return composed != 0;
    }

    private static int Compose(int last, int mark) => mark switch
    {
        0x3099 or 0xFF9E => Voiced(last),
        0x309A or 0xFF9F when IsPlain(last) && last is ((>= 0x306F and <= 0x307B) or (>= 0x30CF and <= 0x30DB)) => last + 2,
        >= 0x1161 and <= 0x1175 when last is >= 0x1100 and <= 0x1112 => 0xAC00 + (((last - 0x1100) * 21) + (mark - 0x1161)) * 28,
        >= 0x11A8 and <= 0x11C2 when last is >= 0xAC00 and <= 0xD7A3 && (last - 0xAC00) % 28 == 0 => last + mark - 0x11A7,
        _ => 0,
    };

    private static int Voiced(int last) => last switch
    {
        0x3046 => 0x3094,
        0x30A6 => 0x30F4,
        >= 0x304B and <= 0x307B or >= 0x30AB and <= 0x30DB when IsPlain(last) => last + 1,
        _ => 0,
    };

    /// <summary>Kana that can be voiced, in the order of Unicode: ka to ti step 2, tu to to step 2 after the small tu, ha to ho step 3.</summary>
    private static bool IsPlain(int kana) => (kana >= 0x30A0 ? kana - 0x60 : kana) switch
    {
        >= 0x304B and <= 0x3061 and var k => (k & 1) == 1,
        >= 0x3064 and <= 0x3068 and var k => (k & 1) == 0,
        >= 0x306F and <= 0x307B and var k => (k - 0x306F) % 3 == 0,
        _ => false,
    };
}
