namespace ListeningBot.Core.Scoring;

/// <summary>Cuts a text into words, numbers, prices, names, tags, links, emoji and marks. One pass; any text will do.</summary>
internal ref struct Tokenizer(ReadOnlySpan<char> text, TokenList tokens)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly TokenList _tokens = tokens;
    private int _at;

    public void Run()
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (IsWordStart(c))
            {
                Word();
            }
            else if (char.IsAsciiDigit(c))
            {
                Number(_at);
            }
            else if (c is ' ')
            {
                _at++;
            }
            else
            {
                Mark(c);
            }
        }
    }

    private static bool IsWordStart(char c) => c < 128 ? char.IsAsciiLetter(c) : char.IsLetter(c);

    private static bool IsWordPart(char c) =>
        c < 128 ? char.IsAsciiLetterOrDigit(c) || c is '_' or '*' : char.IsLetterOrDigit(c) || c is (>= '\u0300' and <= '\u036F') or (>= '\u200B' and <= '\u200D') or '\u00AD' or '\uFEFF';

    private readonly char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void Word()
    {
        if ((_text[_at] | 0x20) is 'h' or 'w' && IsLink())
        {
            Link();
            return;
        }
        var start = _at;
        var upper = 0;
        var letters = 0;
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (IsWordPart(c))
            {
                upper += c < 128 ? (char.IsAsciiLetterUpper(c) ? 1 : 0) : char.IsUpper(c) ? 1 : 0;
                letters++;
                _at++;
            }
            else if (c is '\'' or '\u2019' or '\u02BC' or '&' or '´' or '`' && _at + 1 < _text.Length && IsWordStart(_text[_at + 1]))
            {
                if (c is not '&' && IsElision(_text[start.._at]))
                {
                    break;
                }
                _at++;
            }
            else
            {
                break;
            }
        }
        var end = _at;
        while (end - start > 4 && _text[end - 1] == '*')
        {
            end--;
        }
        ref var token = ref _tokens.Add(TokenKind.Word, start, end - start, _text[start..end]);
        token.Capital = upper > 0 && (_text[start] < 128 ? char.IsAsciiLetterUpper(_text[start]) : char.IsUpper(_text[start]));
        token.Shouted = letters > 1 && upper == letters;
    }

    /// <summary>Romance prefixes stand apart from their word: l'attente, n'est.</summary>
    private static bool IsElision(ReadOnlySpan<char> prefix) => prefix.Length switch
    {
        1 => (prefix[0] | 0x20) is 'c' or 'd' or 'j' or 'l' or 'm' or 'n' or 's' or 't',
        2 => prefix.Equals("qu", StringComparison.OrdinalIgnoreCase),
        4 => prefix.Equals("dell", StringComparison.OrdinalIgnoreCase) || prefix.Equals("nell", StringComparison.OrdinalIgnoreCase) || prefix.Equals("dall", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private readonly bool IsLink()
    {
        var rest = _text[_at..];
        return rest.StartsWith("http", StringComparison.OrdinalIgnoreCase) && (rest[4..].StartsWith("://", StringComparison.Ordinal) || rest[4..].StartsWith("s://", StringComparison.OrdinalIgnoreCase))
            || rest.StartsWith("www.", StringComparison.OrdinalIgnoreCase);
    }

    private void Link()
    {
        var start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
        _tokens.Add(TokenKind.Link, start, _at - start, []);
    }

    private void Number(int start, TokenKind kind = TokenKind.Number)
    {
        while (_at < _text.Length && (char.IsAsciiDigit(_text[_at]) || _text[_at] is '.' or ',' or ':' && char.IsAsciiDigit(Peek(1))))
        {
            _at++;
        }
        var digits = _at;
        while (_at < _text.Length && char.IsAsciiLetter(_text[_at]))
        {
            _at++;
        }
        var suffix = _text[digits.._at];
        if (suffix.Length == 2 && kind == TokenKind.Number && IsOrdinal(suffix))
        {
            _tokens.Add(TokenKind.Ordinal, start, _at - start, _text[start.._at]);
            return;
        }
        if (suffix.Length == 1 && kind == TokenKind.Number && (suffix[0] | 0x20) is not 'h' and not 'm' and not 'd' and not 'w')
        {
            _tokens.Add(TokenKind.Number, start, _at - start, _text[start.._at]);
            return;
        }
        _at = digits;
        kind = Peek(0) is '€' or '£' ? TokenKind.Price : kind;
        _tokens.Add(kind, start, digits - start, _text[start..digits]);
        if (Peek(0) == '%')
        {
            _tokens.Add(TokenKind.Word, _at, 1, "%");
            _at++;
        }
    }

    private static bool IsOrdinal(ReadOnlySpan<char> suffix) =>
        suffix.Equals("st", StringComparison.OrdinalIgnoreCase) || suffix.Equals("nd", StringComparison.OrdinalIgnoreCase)
        || suffix.Equals("rd", StringComparison.OrdinalIgnoreCase) || suffix.Equals("th", StringComparison.OrdinalIgnoreCase);

    private void Mark(char c)
    {
        var start = _at;
        switch (c)
        {
            case '.' or '!' or '?' or '…' or '！' or '？' or '。' or '¡' or '¿':
                while (_at < _text.Length && _text[_at] is '.' or '!' or '?' or '…' or '！' or '？' or '。' or '¡' or '¿')
                {
                    _at++;
                }
                _tokens.CountMarks(_text[start.._at]);
                _tokens.Add(TokenKind.End, start, _at - start, []);
                break;
            case '\n' or '\r' or '\u2028' or '\u2029':
                _at++;
                _tokens.Add(TokenKind.End, start, 1, []);
                break;
            case '@' when char.IsAsciiLetterOrDigit(Peek(1)) || Peek(1) == '_':
                Tail(TokenKind.Name);
                break;
            case '#' when IsWordStart(Peek(1)):
                Tail(TokenKind.Tag);
                break;
            case '$' when char.IsAsciiLetter(Peek(1)):
                Tail(TokenKind.Cashtag);
                break;
            case '$' or '£' or '€' or '₹' when char.IsAsciiDigit(Peek(1)):
                _at++;
                Number(start, TokenKind.Price);
                break;
            case '"' or '“' or '”' or '«' or '»':
                _at++;
                _tokens.Add(TokenKind.Quote, start, 1, []);
                break;
            default:
                Other(c, start);
                break;
        }
    }

    private void Tail(TokenKind kind)
    {
        var start = _at++;
        while (_at < _text.Length && (IsWordPart(_text[_at]) && _text[_at] != '*'))
        {
            _at++;
        }
        _tokens.Add(kind, start, _at - start, _text[(start + 1).._at]);
    }

    private void Other(char c, int start)
    {
        if (Emoticon(c) is { Length: > 0 } face)
        {
            _at += Peek(1) == '-' ? 3 : 2;
            _tokens.Add(TokenKind.Emoji, start, _at - start, face);
        }
        else if (char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek(1)))
        {
            _at += 2;
            _tokens.Add(TokenKind.Emoji, start, 2, _text[start.._at]);
        }
        else
        {
            _at++;
            if (c is (>= '\u2600' and <= '\u27BF') or (>= '\u2B00' and <= '\u2BFF'))
            {
                _tokens.Add(TokenKind.Emoji, start, 1, _text[start.._at]);
            }
            else if (c is ',' or ';' or ':' or '(' or ')' or '–' or '—' or '[' or ']')
            {
                _tokens.Add(TokenKind.Comma, start, 1, []);
            }
        }
    }

    private readonly string Emoticon(char c)
    {
        var mouth = Peek(1) == '-' ? Peek(2) : Peek(1);
        return (c, mouth) switch
        {
            (':' or ';' or '=', ')') => ":)",
            (':', 'D') => ":d",
            (':' or '=', '(') => ":(",
            (':', '/' or '\\') => ":/",
            ('<', '3') => "<3",
            _ => "",
        };
    }
}
