using System.Text;

namespace ListeningBot.Channels.Mail.Imap;

/// <summary>
/// Reads the values of one response (RFC 3501 and 9051, section 9) from its bytes, literals in place. Lenient about bytes above 127 and stray
/// spaces, strict about ends: it never reads past the buffer, nests at most 50 deep, and throws <see cref="ImapFormatException"/> for the rest.
/// </summary>
internal ref struct ImapParser(ReadOnlySpan<byte> data)
{
    private const int MaxDepth = 50;
    private const int MaxValues = 20_000;

    /// <summary>Numbers alone, as a search gives them: more than fit into a response.</summary>
    private const int MaxNumbers = 1_000_000;
    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;
    private int _depth;
    private int _values;
    private int _most = MaxValues;

    public readonly bool AtEnd => _at >= _data.Length || _data[_at] is (byte)'\r' or (byte)'\n';

    /// <summary>What is left, as text for people.</summary>
    public readonly string Rest() => Encoding.UTF8.GetString(_data[_at..].TrimEnd("\r\n"u8));

    public void SkipSpaces()
    {
        while (_at < _data.Length && _data[_at] == ' ')
        {
            _at++;
        }
    }

    /// <summary>A run of bytes up to a space or the line's end: a tag, a response's name.</summary>
    public string Word()
    {
        SkipSpaces();
        var start = _at;
        while (!AtEnd && _data[_at] != ' ')
        {
            _at++;
        }
        return Encoding.Latin1.GetString(_data[start.._at]);
    }

    /// <summary>All values up to the line's end.</summary>
    /// <param name="numbers">Numbers are expected, perhaps one for each letter of a folder.</param>
    public List<ImapValue> Values(bool numbers)
    {
        _most = numbers ? MaxNumbers : MaxValues;
        var values = new List<ImapValue>();
        SkipSpaces();
        while (!AtEnd)
        {
            values.Add(Next());
            SkipSpaces();
        }
        return values;
    }

    /// <summary>The "[CODE arguments]" before a status text, without its brackets, or null.</summary>
    public string? BracketedCode()
    {
        SkipSpaces();
        if (AtEnd || _data[_at] != '[')
        {
            return null;
        }
        var length = _data[_at..].IndexOf((byte)']');
        if (length < 0)
        {
            return null;
        }
        var code = Encoding.Latin1.GetString(_data.Slice(_at + 1, length - 1));
        _at += length + 1;
        return code;
    }

    private ImapValue Next()
    {
        if (++_values > _most)
        {
            throw new ImapFormatException($"more than {_most} values in one response");
        }
        return _data[_at] switch
        {
            (byte)'(' => List(),
            (byte)'"' => Quoted(),
            (byte)'{' => Literal(),
            (byte)'~' when _at + 1 < _data.Length && _data[_at + 1] == '{' => Literal8(),
            (byte)')' => throw new ImapFormatException($"a closing bracket without its opening one at byte {_at}"),
            _ => Atom(),
        };
    }

    private ImapList List()
    {
        if (++_depth > MaxDepth)
        {
            throw new ImapFormatException($"lists nested deeper than {MaxDepth}");
        }
        _at++;
        var items = new List<ImapValue>();
        SkipSpaces();
        while (!AtEnd && _data[_at] != ')')
        {
            items.Add(Next());
            SkipSpaces();
        }
        if (AtEnd)
        {
            throw new ImapFormatException($"a list without its end at byte {_at}");
        }
        _at++;
        _depth--;
        return new ImapList(items);
    }

    private ImapString Quoted()
    {
        var content = new List<byte>();
        for (_at++; !AtEnd; _at++)
        {
            if (_data[_at] == '"')
            {
                _at++;
                return new ImapString([.. content]);
            }
            if (_data[_at] == '\\' && _at + 1 < _data.Length)
            {
                _at++;
            }
            content.Add(_data[_at]);
        }
        throw new ImapFormatException($"a quoted string without its end at byte {_at}");
    }

    private ImapString Literal8()
    {
        _at++;
        return Literal();
    }

    private ImapString Literal()
    {
        var start = _at + 1;
        var close = _data[_at..].IndexOf("}\r\n"u8);
        var digits = close > 1 ? _data[start..(_at + close)].TrimEnd((byte)'+') : default;
        if (!System.Buffers.Text.Utf8Parser.TryParse(digits, out int length, out var used) || used != digits.Length || length < 0)
        {
            throw new ImapFormatException($"a literal without a sound length at byte {_at}");
        }
        _at += close + 3;
        if (length > _data.Length - _at)
        {
            throw new ImapFormatException($"a literal longer than its response at byte {_at}");
        }
        var content = _data.Slice(_at, length).ToArray();
        _at += length;
        return new ImapString(content);
    }

    private ImapValue Atom()
    {
        var start = _at;
        while (!AtEnd && _data[_at] is not ((byte)' ' or (byte)'(' or (byte)')' or (byte)'"'))
        {
            _at = _data[_at] == '[' ? AfterSection() : _at + 1;
        }
        if (_at == start)
        {
            throw new ImapFormatException($"nothing readable at byte {_at}");
        }
        var name = Encoding.Latin1.GetString(_data[start.._at]);
        return name.Equals("NIL", StringComparison.OrdinalIgnoreCase) ? ImapNil.Value : new ImapAtom(name);
    }

    /// <summary>"BODY[HEADER.FIELDS (A B)]" is one name, spaces and brackets within included.</summary>
    private readonly int AfterSection()
    {
        var length = _data[_at..].IndexOf((byte)']');
        return length < 0 ? throw new ImapFormatException($"a section without its end at byte {_at}") : _at + length + 1;
    }
}
