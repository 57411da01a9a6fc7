using System.Text;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Parts the text of a query into its marks; what can't be one is told and stands as <see cref="QueryMark.Broken"/>.</summary>
internal sealed class QueryLexer(QueryNotes notes)
{
    private readonly string _text = notes.Text;
    private readonly List<QueryToken> _tokens = [];
    private int _at;

    /// <summary>Always ends with <see cref="QueryMark.End"/>.</summary>
    public IReadOnlyList<QueryToken> Read()
    {
        while (SkipBlanks())
        {
            var (start, sign) = (_at, QuerySigns.Plain(_text[_at]));
            if (sign is '(' or ')')
            {
                Take(sign == '(' ? QueryMark.Open : QueryMark.Close, 1);
            }
            else if (sign == '-' && IsMinus())
            {
                Take(QueryMark.Minus, 1);
            }
            else if (QuerySigns.IsQuote(_text[_at]))
            {
                Phrase();
            }
            else if (sign == '/' && _at + 1 < _text.Length && !QuerySigns.IsBlank(_text[_at + 1]))
            {
                Pattern();
            }
            else
            {
                Bare(start);
            }
        }
        _tokens.Add(new QueryToken(QueryMark.End, new QuerySpan(_text.Length, 0)));
        return _tokens;
    }

    private bool SkipBlanks()
    {
        while (_at < _text.Length && QuerySigns.IsBlank(_text[_at]))
        {
            _at++;
        }
        return _at < _text.Length;
    }

    private void Take(QueryMark mark, int length)
    {
        _tokens.Add(new QueryToken(mark, new QuerySpan(_at, length)));
        _at += length;
    }

    /// <summary>Directly before what it rules out.</summary>
    private bool IsMinus() => _at + 1 < _text.Length && !QuerySigns.IsBlank(_text[_at + 1]) && QuerySigns.Plain(_text[_at + 1]) is not ')';

    private void Phrase()
    {
        var start = _at;
        if (Quoted() is { } inside)
        {
            _tokens.Add(new QueryToken(QueryMark.Phrase, new QuerySpan(start, _at - start), inside));
        }
        else
        {
            Broken(start, "has a quote that is not closed", $"Close it: {Clip(_text[(start + 1)..].Trim())}.");
        }
    }

    /// <summary>Reads what stands in quotes, without them; null, and all is read, when they are not closed.</summary>
    private string? Quoted()
    {
        var opening = _text[_at++];
        var inside = new StringBuilder();
        while (_at < _text.Length)
        {
            var c = _text[_at++];
            if (QuerySigns.Closes(opening, c))
            {
                return inside.ToString();
            }
            if (c == '\\' && _at < _text.Length && (_text[_at] == '\\' || QuerySigns.IsQuote(_text[_at])))
            {
                c = _text[_at++];
            }
            inside.Append(c);
        }
        return null;
    }

    private static string Clip(string text) => text.Length == 0 ? "write \"words\"" : Core.Text.Quoted.Of(text);

    private void Pattern()
    {
        var start = _at++;
        var inside = new StringBuilder();
        while (_at < _text.Length && QuerySigns.Plain(_text[_at]) != '/')
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                inside.Append(_text[_at + 1] == '/' ? "" : "\\");
                _at++;
            }
            inside.Append(_text[_at++]);
        }
        if (_at >= _text.Length)
        {
            Broken(start, "has a / that begins a regular expression and is not closed", "Close it with /, or put the text in quotes.");
            return;
        }
        _at++;
        _tokens.Add(new QueryToken(QueryMark.Pattern, new QuerySpan(start, _at - start), inside.ToString()));
    }

    private void Bare(int start)
    {
        while (_at < _text.Length && !QuerySigns.EndsWord(_text[_at]))
        {
            if (QuerySigns.Plain(_text[_at++]) == ':' && FieldName(start) is { } name && QueryFields.IsField(name))
            {
                Field(start, name);
                return;
            }
        }
        var (at, written) = (new QuerySpan(start, _at - start), _text[start.._at]);
        var plain = string.Concat(written.Select(QuerySigns.Plain));
        _tokens.Add(plain switch
        {
            "AND" => new QueryToken(QueryMark.And, at),
            "OR" => new QueryToken(QueryMark.Or, at),
            "NOT" => new QueryToken(QueryMark.Not, at),
            _ when plain.StartsWith("NEAR", StringComparison.Ordinal) && QueryNear.Read(plain, at, notes) is { } near => near,
            _ when plain.Length > 1 && plain[0] == '$' && char.IsLetter(plain[1]) => new QueryToken(QueryMark.Piece, at, plain[1..]),
            _ => new QueryToken(QueryMark.Word, at, written),
        });
    }

    /// <summary>What stands before the colon at which the reading is, if it is a name.</summary>
    private string? FieldName(int start)
    {
        var name = _text[start..(_at - 1)];
        return name.Length > 0 && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-')
            && !_text.AsSpan(_at).StartsWith("//", StringComparison.Ordinal) ? string.Concat(name.Select(QuerySigns.Plain)).ToLowerInvariant() : null;
    }

    private void Field(int start, string name)
    {
        SkipBlanks();
        var valueStart = _at;
        string? value;
        if (_at < _text.Length && QuerySigns.IsQuote(_text[_at]))
        {
            value = Quoted();
        }
        else
        {
            while (_at < _text.Length && !QuerySigns.EndsWord(_text[_at]))
            {
                _at++;
            }
            value = _text[valueStart.._at];
        }
        if (value is null)
        {
            Broken(valueStart, "has a quote that is not closed", "Close it.");
            return;
        }
        _tokens.Add(new QueryToken(QueryMark.Field, new QuerySpan(start, _at - start), name) { Value = value, ValueAt = new QuerySpan(valueStart, _at - valueStart) });
    }

    private void Broken(int start, string what, string cure)
    {
        var at = new QuerySpan(start, _at - start);
        notes.Problem(at, what, cure);
        _tokens.Add(new QueryToken(QueryMark.Broken, at));
    }
}
