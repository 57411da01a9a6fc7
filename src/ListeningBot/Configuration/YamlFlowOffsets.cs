namespace ListeningBot.Configuration;

/// <summary>Brings the value of a plain or quoted scalar together with what was written: quotes doubled, escapes, lines folded into one.</summary>
/// <param name="from">The first character inside the quotes.</param>
/// <param name="to">Behind the last one.</param>
/// <param name="quote">The sign that quotes it; '\0' for none.</param>
internal sealed class YamlFlowOffsets(string file, int from, int to, string value, char quote)
{
    private readonly int[] _offsets = new int[value.Length + 1];
    private int _at = from;
    private int _found;

    /// <summary>Where each character of the value stands in the file, and its end; empty when the two do not agree.</summary>
    public int[] Find()
    {
        while (_at < to)
        {
            if (!Step())
            {
                return [];
            }
        }
        _offsets[^1] = to;
        return _found == value.Length ? _offsets : [];
    }

    private bool Step() => file[_at] switch
    {
        ' ' or '\t' or '\r' or '\n' => Blanks(),
        '\'' when quote == '\'' => Given(1, 2),
        '\\' when quote == '"' => Escape(),
        var c => _found < value.Length && value[_found] == c && Given(1, 1),
    };

    /// <summary>One break becomes a blank, more of them one break less; blanks beside breaks go.</summary>
    private bool Blanks(bool escapedBreak = false)
    {
        var end = _at;
        while (end < to && file[end] is ' ' or '\t' or '\r' or '\n')
        {
            end++;
        }
        var blanks = file.AsSpan(_at, end - _at);
        var breaks = blanks.Count('\n');
        if (breaks > 0)
        {
            return Given(breaks > 1 ? breaks - 1 : escapedBreak ? 0 : 1, end - _at);
        }
        while (_at < end && Given(1, 1))
        {
            // each stands for itself
        }
        return _at == end;
    }

    private bool Escape()
    {
        var next = _at + 1 < to ? file[_at + 1] : '\0';
        if (next is '\r' or '\n')
        {
            _at++;
            return Blanks(escapedBreak: true);
        }
        var digits = next switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        return Given(_found + 1 < value.Length && digits == 8 && char.IsHighSurrogate(value[_found]) ? 2 : 1, 2 + digits);
    }

    /// <summary>So many characters of the value stand for so many of the file.</summary>
    private bool Given(int characters, int length)
    {
        if (_found + characters > value.Length)
        {
            return false;
        }
        _offsets.AsSpan(_found, characters).Fill(_at);
        _found += characters;
        _at += length;
        return true;
    }
}
