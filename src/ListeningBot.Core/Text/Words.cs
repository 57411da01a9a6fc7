namespace ListeningBot.Core.Text;

/// <summary>
/// Reads a UTF-8 text token by token: <c>foreach (var token in new Words(text))</c>. White space and invisible characters between tokens are left out.
/// Allocates nothing; broken UTF-8 counts as punctuation.
/// </summary>
public ref struct Words(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private int _next;

    public Token Current { get; private set; }

    public readonly Words GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_next < _text.Length)
        {
            var known = ClassAt(_next, out var codePoint, out var length);
            if (known is not (CharClass.Space or CharClass.Dropped or CharClass.Mark))
            {
                Read(known, codePoint, length);
                return true;
            }
            _next += length;
        }
        return false;
    }

    private void Read(CharClass known, int codePoint, int length)
    {
        var start = _next;
        var (end, kind) = known switch
        {
            CharClass.Emoji => (TokenReading.EndOfEmoji(_text, start), TokenKind.Emoji),
            CharClass.Single => (TokenReading.EndOfUnspaced(_text, start), TokenKind.Unspaced),
            CharClass.Other or CharClass.Apostrophe => Sign(start, codePoint, length),
            _ => WordOrLink(start),
        };
        Current = new Token(start, end - start, kind);
        _next = end;
    }

    private readonly (int End, TokenKind Kind) Sign(int start, int codePoint, int length)
    {
        var (tags, names) = (TokenReading.IsTagSign(codePoint), TokenReading.IsAtSign(codePoint));
        var named = (tags || names) && !TokenReading.EndsWord(_text[..start]);
        if (named && tags && TokenReading.EndOfTag(_text, start + length) is > 0 and var tag)
        {
            return (tag, TokenKind.Hashtag);
        }
        if (named && names && TokenReading.EndOfAtName(_text, start + length) is > 0 and var name)
        {
            return (name, TokenKind.AtName);
        }
        return (EndOfPunctuation(start + length), TokenKind.Punctuation);
    }

    private readonly (int End, TokenKind Kind) WordOrLink(int start)
    {
        var link = TokenReading.EndOfLink(_text, start);
        return link > 0 ? (link, TokenKind.Link) : TokenReading.EndOfWord(_text, start);
    }

    private readonly int EndOfPunctuation(int at)
    {
        while (at < _text.Length)
        {
            var known = ClassAt(at, out var codePoint, out var length);
            var named = TokenReading.IsTagSign(codePoint) || TokenReading.IsAtSign(codePoint);
            if (known is not (CharClass.Other or CharClass.Apostrophe) || (named && TokenReading.StartsWord(_text, at + length)))
            {
                break;
            }
            at += length;
        }
        return at;
    }

    private readonly CharClass ClassAt(int at, out int codePoint, out int length) => CodePoint.ClassAt(_text, at, out codePoint, out length);
}
