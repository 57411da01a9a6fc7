using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>Where each kind of token ends.</summary>
internal static class TokenReading
{
    public static bool IsTagSign(int codePoint) => codePoint is '#' or 0xFF03 or 0xFE5F;

    public static bool IsAtSign(int codePoint) => codePoint is '@' or 0xFF20 or 0xFE6B;

    public static bool IsLetter(CharClass known) => known is CharClass.Latin or CharClass.Cyrillic or CharClass.Greek or CharClass.Letter;

    public static bool StartsWord(ReadOnlySpan<byte> text, int at)
    {
        var known = ClassAt(text, at, out var length);
        while (known == CharClass.Dropped)
        {
            at += length;
            known = ClassAt(text, at, out length);
        }
        return IsOfWord(known);
    }

    /// <summary>Whether the text's last character belongs to a word, so that a sign after it names nothing.</summary>
    public static bool EndsWord(ReadOnlySpan<byte> text)
    {
        while (!text.IsEmpty)
        {
            var known = Rune.DecodeLastFromUtf8(text, out var rune, out var length) == System.Buffers.OperationStatus.Done ? FoldingTables.ClassOf(rune.Value) : CharClass.Other;
            if (known is not (CharClass.Dropped or CharClass.Mark))
            {
                return IsOfWord(known);
            }
            text = text[..^length];
        }
        return false;
    }

    /// <summary>Whether a word that ends here goes on as "can't" goes on after "can".</summary>
    public static bool IsCutByNot(ReadOnlySpan<byte> text, int end)
    {
        var apostrophe = ClassAt(text, end, out var length);
        var t = end + length;
        return apostrophe == CharClass.Apostrophe && t < text.Length && text[t] is (byte)'t' or (byte)'T' && !IsOfWord(ClassAt(text, t + 1, out _));
    }

    /// <summary>Whether what starts here goes on with the word before it, as "t" goes on in "can't".</summary>
    public static bool GoesOnAfterApostrophe(ReadOnlySpan<byte> text, int start)
    {
        if (start == 0 || (char.IsAscii((char)text[start - 1]) && text[start - 1] != '\''))
        {
            return false;
        }
        var at = start;
        CharClass known;
        do
        {
            Rune.DecodeLastFromUtf8(text[..at], out var rune, out var length);
            at -= length;
            known = FoldingTables.ClassOf(rune.Value);
        }
        while (at > 0 && known == CharClass.Dropped);
        return known == CharClass.Apostrophe && EndsWord(text[..at]) && IsOfWord(ClassAt(text, start, out _));
    }

    /// <summary>The end of a run of letters, digits and their marks.</summary>
    public static int EndOfRun(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && ClassAt(text, at, out var length) is var known && GoesOn(known))
        {
            at += length;
        }
        return at;
    }

    /// <summary>The end of the marks that follow a letter.</summary>
    public static int EndOfMarks(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && ClassAt(text, at, out var length) is CharClass.Mark or CharClass.Dropped)
        {
            at += length;
        }
        return at;
    }

    /// <summary>A word or number that starts here; a rule of underscores is punctuation.</summary>
    public static (int End, TokenKind Kind) EndOfWord(ReadOnlySpan<byte> text, int start)
    {
        var at = EndOfPlain(text, start);
        var (letters, digits) = (at > start, false);
        while (at < text.Length)
        {
            var known = ClassAt(text, at, out var length);
            if (!GoesOn(known) && !Joins(text, at, known, length, letters))
            {
                break;
            }
            letters |= IsLetter(known) && text[at] != '_';
            digits |= known == CharClass.Digit;
            at += length;
        }
        return (at, letters ? TokenKind.Word : digits ? TokenKind.Number : TokenKind.Punctuation);
    }

    /// <summary>The end of a run of ASCII letters: most words are no more than that.</summary>
    private static int EndOfPlain(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && char.IsAsciiLetter((char)text[at]))
        {
            at++;
        }
        return at;
    }

    /// <summary>The end of a hashtag whose sign ends here, or 0.</summary>
    public static int EndOfTag(ReadOnlySpan<byte> text, int start)
    {
        var at = start;
        while (at < text.Length && ClassAt(text, at, out var length) is var known && (GoesOn(known) || known == CharClass.Single))
        {
            at += length;
        }
        return at > start && (StartsWord(text, start) || ClassAt(text, start, out _) == CharClass.Single) ? at : 0;
    }

    /// <summary>The end of an @name whose sign ends here, or 0.</summary>
    public static int EndOfAtName(ReadOnlySpan<byte> text, int start)
    {
        var at = EndOfTag(text, start);
        while (at > 0 && at < text.Length && text[at] is (byte)'.' or (byte)'-' or (byte)'@' && EndOfTag(text, at + 1) is > 0 and var next)
        {
            at = next;
        }
        return at;
    }

    /// <summary>The end of a web address that starts here, or 0.</summary>
    public static int EndOfLink(ReadOnlySpan<byte> text, int start)
    {
        var rest = text[start..];
        if ((rest[0] | 0x20) is not ('h' or 'w') || !(Begins(rest, "http://"u8) || Begins(rest, "https://"u8) || Begins(rest, "www."u8)))
        {
            return 0;
        }
        var end = rest.IndexOfAnyInRange((byte)0, (byte)' ');
        rest = end < 0 ? rest : rest[..end];
        end = rest.IndexOfAny("<>\"`|\\"u8);
        rest = end < 0 ? rest : rest[..end];
        return start + rest.TrimEnd(".,;:!?'()[]{}*_~"u8).Length;
    }

    public static int EndOfUnspaced(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && ClassAt(text, at, out var length) is CharClass.Single or CharClass.Mark or CharClass.Dropped)
        {
            at += length;
        }
        return at;
    }

    /// <summary>One picture: what zero-width joiners join stays together, and so do the two letters of a flag.</summary>
    public static int EndOfEmoji(ReadOnlySpan<byte> text, int start)
    {
        CodePoint.Read(text[start..], out var first, out var at);
        at += start;
        var joined = IsFlagLetter(first);
        while (at < text.Length)
        {
            var known = CodePoint.ClassAt(text, at, out var codePoint, out var length);
            if (known != CharClass.Dropped && !(joined && known == CharClass.Emoji && IsFlagLetter(codePoint) == IsFlagLetter(first)))
            {
                break;
            }
            joined = codePoint == 0x200D;
            at += length;
        }
        return at;
    }

    private static bool IsFlagLetter(int codePoint) => codePoint is >= 0x1F1E6 and <= 0x1F1FF;

    private static bool IsOfWord(CharClass known) => IsLetter(known) || known == CharClass.Digit;

    private static bool GoesOn(CharClass known) => IsOfWord(known) || known is CharClass.Mark or CharClass.Dropped;

    /// <summary>An apostrophe between letters, or a point, comma or colon between digits.</summary>
    private static bool Joins(ReadOnlySpan<byte> text, int at, CharClass known, int length, bool letters)
    {
        var next = ClassAt(text, at + length, out _);
        return known == CharClass.Apostrophe
            ? letters && IsLetter(next)
            : !letters && next == CharClass.Digit && text[at] is (byte)'.' or (byte)',' or (byte)':';
    }

    private static bool Begins(ReadOnlySpan<byte> text, ReadOnlySpan<byte> prefix) =>
        text.Length > prefix.Length && Ascii.EqualsIgnoreCase(text[..prefix.Length], prefix) && text[prefix.Length] > ' ';

    private static CharClass ClassAt(ReadOnlySpan<byte> text, int at, out int length)
    {
        length = 0;
        return at < text.Length ? CodePoint.ClassAt(text, at, out _, out length) : CharClass.Space;
    }
}
