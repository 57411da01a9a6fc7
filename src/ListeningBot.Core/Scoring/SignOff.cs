using ListeningBot.Core.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>"Kind regards" and what stands below it: name, address, telephone. It says nothing of the trouble, and next to a few words it would outweigh them.</summary>
internal static class SignOff
{
    /// <summary>Bytes. Letters that say more outweigh their sign-off, and the model learned from them with it.</summary>
    private const int FewWords = 300;
    private const int MostLines = 8;
    private const int LongestLine = 80;

    /// <summary>A sentence has so many words in small letters, as few names and companies have, and one less where a full stop ends it.</summary>
    private const int SmallWords = 3;

    /// <summary>Where the sign-off ends that begins with this line: at the end of the text, or where its author goes on to speak ("P.S. ..."). The place itself when none begins here.</summary>
    public static int End(ReadOnlySpan<byte> text, int start)
    {
        if (start > FewWords)
        {
            return start;
        }
        var at = EndOfLine(text, start);
        if (!ClosingFormulas.Closes(text[start..at]))
        {
            return start;
        }
        for (var lines = 0; at < text.Length;)
        {
            var end = EndOfLine(text, at + 1);
            var line = text[(at + 1)..end].Trim(" \t\r"u8);
            if (Says(line))
            {
                return at + 1;
            }
            lines += line.IsEmpty ? 0 : 1;
            if (lines > MostLines)
            {
                return start;
            }
            at = end;
        }
        return at;
    }

    private static int EndOfLine(ReadOnlySpan<byte> text, int from) => text[from..].IndexOf((byte)'\n') is >= 0 and var length ? from + length : text.Length;

    /// <summary>"12 rue de la Paix" has small words too, but begins with its number.</summary>
    private static bool Says(ReadOnlySpan<byte> line) =>
        line.Length > LongestLine || line is [.., (byte)'!' or (byte)'?'] || IsPostscript(line)
        || (line is [.., (byte)'.'] ? Small(line) >= SmallWords - 1 : Small(line) >= SmallWords && !char.IsAsciiDigit((char)line[0]));

    private static bool IsPostscript(ReadOnlySpan<byte> line) =>
        line is [(byte)'p' or (byte)'P', (byte)'s' or (byte)'S', (byte)' ' or (byte)':' or (byte)'.', ..] or [(byte)'p' or (byte)'P', (byte)'.', _, ..];

    private static int Small(ReadOnlySpan<byte> line)
    {
        var small = 0;
        foreach (var word in line.Split((byte)' '))
        {
            small += line[word] is [>= (byte)'a' and <= (byte)'z', ..] ? 1 : 0;
        }
        return small;
    }
}
