using ListeningBot.Core.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>Makes pieces of the tokens of a text: prices, ordinals, ends of sentences, faces, and prefixes that stand apart from their word (l'attente).</summary>
internal ref partial struct PieceReader(PieceList pieces, ReadOnlySpan<byte> text)
{
    private readonly PieceList _pieces = pieces;
    private readonly ReadOnlySpan<byte> _text = text;
    private int _end;
    private bool _dollar;
    private bool _eyes;

    /// <summary>Up to here stands markup, no words.</summary>
    private int _words;

    /// <summary>So many stars opened an emphasis that is not closed yet.</summary>
    private int _stars;

    /// <summary>What stands before this place is left out: somebody else's words in a mail, or a sign-off.</summary>
    private int _leftOut;

    public void Run()
    {
        foreach (var token in new Words(_text))
        {
            if (token.Start < _leftOut || IsQuotedLine(token) || IsSignOff(token))
            {
                _end = token.End;
                continue;
            }
            var apart = token.Start > _end;
            if (apart)
            {
                _eyes = false;
                _dollar = false;
                if (_text[_end..token.Start].Contains((byte)'\n'))
                {
                    _pieces.Add(PieceKind.End, _end, 1);
                }
            }
            Read(token);
            _end = token.End;
        }
    }

    /// <summary>"> My account was hacked" below one's own words is what is answered to.</summary>
    private bool IsQuotedLine(Token token)
    {
        var at = token.Start;
        if (_pieces.Count == 0 || _text[at] != '>' || (at > 0 && _text[at - 1] != '\n') || (at + 1 < _text.Length && _text[at + 1] is not ((byte)' ' or (byte)'>')))
        {
            return false;
        }
        var end = _text[at..].IndexOf((byte)'\n');
        _leftOut = end < 0 ? _text.Length : at + end;
        return true;
    }

    private bool IsSignOff(Token token)
    {
        if (_pieces.Count == 0 || !_text[_end..token.Start].Contains((byte)'\n'))
        {
            return false;
        }
        _leftOut = SignOff.End(_text, token.Start);
        return _leftOut > token.Start;
    }

    private void Read(Token token)
    {
        if (token.Start < _words)
        {
            if (token.End <= _words || token.Kind != TokenKind.Punctuation)
            {
                return;
            }
            token = new Token(_words, token.End - _words, token.Kind);
        }
        var word = token.In(_text);
        switch (token.Kind)
        {
            case TokenKind.Word:
                Word(token.Start, word);
                break;
            case TokenKind.Number:
                _pieces.AddFolded(_dollar ? PieceKind.Price : PieceKind.Number, token.Start, token.Length, word);
                break;
            case TokenKind.Hashtag:
                // "#", or a wide or a small one of three bytes.
                _pieces.AddFolded(PieceKind.Tag, token.Start, token.Length, word[(word[0] == '#' ? 1 : 3)..]);
                break;
            case TokenKind.AtName:
                _pieces.Add(PieceKind.Name, token.Start, token.Length);
                break;
            case TokenKind.Link:
                _pieces.Add(PieceKind.Link, token.Start, token.Length);
                break;
            case TokenKind.Emoji:
                _pieces.AddFolded(PieceKind.Emoji, token.Start, token.Length, word);
                break;
            case TokenKind.Punctuation:
                Marks(token.Start, word);
                return;
            case TokenKind.Unspaced:
            default:
                break;
        }
        _eyes = _dollar = false;
    }

    private readonly void Word(int start, ReadOnlySpan<byte> word)
    {
        if (word[0] == '_' || word[^1] == '_')
        {
            start += word.IndexOfAnyExcept((byte)'_');
            word = word.Trim((byte)'_');
            if (word.IsEmpty)
            {
                return;
            }
        }
        if (_eyes && word is [(byte)'D'] or [(byte)'d'])
        {
            _pieces.AddFolded(PieceKind.Emoji, start, word.Length, ":d"u8);
        }
        else if (char.IsAsciiDigit((char)word[0]))
        {
            NumberWithWord(start, word);
        }
        else
        {
            var prefix = PrefixLength(word);
            if (prefix > 0)
            {
                _pieces.AddFolded(PieceKind.Word, start, prefix, word[..(prefix - 1)]);
            }
            Whole(_dollar ? PieceKind.Cashtag : PieceKind.Word, start + prefix, word[prefix..]);
        }
    }

    private readonly void Whole(PieceKind kind, int start, ReadOnlySpan<byte> word)
    {
        ref var piece = ref _pieces.AddFolded(kind, start, word.Length, word);
        piece.Capital = char.IsAsciiLetterUpper((char)word[0]);
        piece.Shouted = piece.Capital && word.Length > 1 && !word.ContainsAnyInRange((byte)'a', (byte)'z') && word.ContainsAnyInRange((byte)'A', (byte)'Z');
    }

    /// <summary>"3rd", "5hrs", "4g".</summary>
    private readonly void NumberWithWord(int start, ReadOnlySpan<byte> word)
    {
        var letters = word.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var suffix = letters < 0 ? default : word[letters..];
        if (suffix.Length == 2 && (suffix[0] | 0x20, suffix[1] | 0x20) is ('s', 't') or ('n', 'd') or ('r', 'd') or ('t', 'h'))
        {
            _pieces.AddFolded(PieceKind.Ordinal, start, word.Length, word);
        }
        else if (suffix.Length > 1 && suffix.Length < 8)
        {
            _pieces.AddFolded(PieceKind.Number, start, letters, word[..letters]);
            Whole(PieceKind.Word, start + letters, suffix);
        }
        else
        {
            Whole(PieceKind.Number, start, word);
        }
    }

    /// <summary>Romance prefixes with their apostrophe, or 0: l'attente, qu'il, dell'ordine; but not don't, nor "l'" with nothing behind it.</summary>
    private static int PrefixLength(ReadOnlySpan<byte> word)
    {
        var at = word[..Math.Min(word.Length, 8)].IndexOfAny((byte)'\'', (byte)0xE2);
        var long_ = at > 0 && word[at] == 0xE2;
        if (at < 1 || (long_ && !word[at..].StartsWith("\u2019"u8)))
        {
            return 0;
        }
        var isPrefix = at switch
        {
            1 => (word[0] | 0x20) is 'c' or 'd' or 'j' or 'l' or 'm' or 'n' or 's' or 't',
            2 => (word[0] | 0x20) is 'q' or 'u',
            4 => (word[1] | 0x20) is 'e' or 'a' && (word[2] | 0x20) is 'l' && (word[3] | 0x20) is 'l',
            5 => (word[0] | 0x20) is 'q' && (word[4] | 0x20) is 't',
            _ => false,
        };
        var length = at + (long_ ? 3 : 1);
        return isPrefix && length < word.Length ? length : 0;
    }
}
