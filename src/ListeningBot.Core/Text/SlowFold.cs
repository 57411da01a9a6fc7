using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>Folds text that is not plain ASCII, character by character.</summary>
internal ref struct SlowFold(ReadOnlySpan<byte> text, Span<byte> into)
{
    private const int LatinSeen = 1 << (int)CharClass.Latin;
    private const int OtherSeen = 1 << (int)CharClass.Cyrillic | 1 << (int)CharClass.Greek;
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly Span<byte> _into = into;
    private int _wordStart;
    private int _wordInto;
    private int _seen;

    public int Written { get; private set; }

    /// <summary>False when there was too little room.</summary>
    public bool Run()
    {
        var at = 0;
        while (at < _text.Length)
        {
            var known = CodePoint.Read(_text[at..], out var codePoint, out var length) ? FoldingTables.ClassOf(codePoint) : CharClass.Other;
            if (known is >= CharClass.Latin and <= CharClass.Dropped)
            {
                _seen |= 1 << (int)known;
            }
            else
            {
                if (!EndWord(at))
                {
                    return false;
                }
                _wordStart = at + length;
            }
            if (known != CharClass.Dropped && !WriteFolded(codePoint, known, at, length))
            {
                return false;
            }
            _wordInto = _wordStart > at ? Written : _wordInto;
            at += length;
        }
        return EndWord(at);
    }

    private bool WriteFolded(int codePoint, CharClass known, int at, int length)
    {
        if (codePoint < 128)
        {
            var b = (byte)codePoint;
            return Write([char.IsAsciiLetterUpper((char)b) ? (byte)(b | 0x20) : b]);
        }
        if (known == CharClass.Mark && Composition.TryCompose(codePoint, _into[..Written], out var composed, out var replaced))
        {
            Written -= replaced;
            return WriteRune(composed);
        }
        var folded = FoldingTables.FoldOf(codePoint);
        return !folded.IsEmpty ? Write(folded) : codePoint == 0xFFFD ? WriteRune(codePoint) : Write(_text.Slice(at, length));
    }

    private bool WriteRune(int codePoint)
    {
        Span<byte> bytes = stackalloc byte[4];
        return Write(bytes[..new Rune(codePoint).EncodeToUtf8(bytes)]);
    }

    private bool Write(scoped ReadOnlySpan<byte> bytes)
    {
        if (!bytes.TryCopyTo(_into[Written..]))
        {
            return false;
        }
        Written += bytes.Length;
        return true;
    }

    /// <summary>False when there was too little room.</summary>
    private bool EndWord(int end)
    {
        var mixed = (_seen & LatinSeen) != 0 && (_seen & OtherSeen) != 0;
        _seen = 0;
        if (!mixed || !LookAlikes.TryUnify(_text[_wordStart..end], _into[_wordInto..], out var length))
        {
            return true;
        }
        Written = length < 0 ? Written : _wordInto + length;
        return length >= 0;
    }
}
