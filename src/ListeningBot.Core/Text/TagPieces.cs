using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>The words inside a hashtag: "#AcmeDown", "#HTTPServerDown", "#acme_down".</summary>
internal static class TagPieces
{
    /// <summary>False: surely one piece. For tags in ASCII without underscores.</summary>
    public static bool MayHave(ReadOnlySpan<byte> tag) => tag[1..].IndexOfAnyInRange((byte)'A', (byte)'Z') >= 0;

    /// <summary>The next piece from <paramref name="at"/>; ends at the text's end.</summary>
    public static (int From, int To) Next(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && text[at] == '_')
        {
            at++;
        }
        var end = at;
        while (end < text.Length && text[end] != '_' && (end == at || !Begins(text, end)))
        {
            CodePoint.Read(text[end..], out _, out var length);
            end += length;
        }
        return (at, end);
    }

    /// <summary>A capital after a small letter or a digit, or the last capital before a small letter.</summary>
    private static bool Begins(ReadOnlySpan<byte> text, int at)
    {
        if (!IsUpper(text[at..], out var length))
        {
            return false;
        }
        var last = LastOf(text[..at]);
        var after = TokenReading.EndOfMarks(text, at + length);
        return Rune.IsLower(last) || Rune.IsDigit(last)
            || (Rune.IsUpper(last) && after < text.Length && CodePoint.Read(text[after..], out var next, out _) && Rune.IsLower(new Rune(next)));
    }

    /// <summary>The last letter or digit, whatever accents and invisible characters follow it.</summary>
    private static Rune LastOf(ReadOnlySpan<byte> text)
    {
        while (Rune.DecodeLastFromUtf8(text, out var last, out var length) == System.Buffers.OperationStatus.Done)
        {
            if (FoldingTables.ClassOf(last.Value) is not (CharClass.Dropped or CharClass.Mark))
            {
                return last;
            }
            text = text[..^length];
        }
        return default;
    }

    private static bool IsUpper(ReadOnlySpan<byte> text, out int length) =>
        CodePoint.Read(text, out var codePoint, out length) && Rune.IsUpper(new Rune(codePoint));
}
