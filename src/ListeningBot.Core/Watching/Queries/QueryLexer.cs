using System.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Parts the text of a query into its marks; what can't be one is told and stands as <see cref="QueryMark.Broken"/>.</summary>
internal sealed partial class QueryLexer(QueryNotes notes)
{
    private readonly string _text = notes.Text;
    private readonly List<QueryToken> _tokens = [];
    private int _at;

    private char Sign => Ahead(0);

    /// <summary>Always ends with <see cref="QueryMark.End"/>.</summary>
    public IReadOnlyList<QueryToken> Read()
    {
        while (SkipBlanks())
        {
            ReadOne();
        }
        _tokens.Add(new QueryToken(QueryMark.End, new QuerySpan(_text.Length, 0)));
        return _tokens;
    }

    private void ReadOne()
    {
        if (Sign is '(' or ')')
        {
            Take(Sign == '(' ? QueryMark.Open : QueryMark.Close);
        }
        else if (Sign == '-' && Ahead(1) is not (' ' or ')' or '-'))
        {
            Take(QueryMark.Minus);
        }
        else if (QuerySigns.IsQuote(_text[_at]))
        {
            Phrase();
        }
        else if (Sign == '/' && Ahead(1) != ' ')
        {
            Pattern();
        }
        else
        {
            Bare();
        }
    }

    /// <summary>In plain form; a blank at the end of the text.</summary>
    private char Ahead(int by) => _at + by < _text.Length ? QuerySigns.Plain(_text[_at + by]) : ' ';

    private bool SkipBlanks()
    {
        while (_at < _text.Length && (QuerySigns.IsBlank(_text[_at]) || QuerySigns.IsUnseen(_text[_at])))
        {
            _at++;
        }
        return _at < _text.Length;
    }

    private void Take(QueryMark mark)
    {
        _tokens.Add(new QueryToken(mark, new QuerySpan(_at, 1)));
        _at++;
    }

    private void SkipWord()
    {
        while (_at < _text.Length && !QuerySigns.EndsWord(_text[_at]))
        {
            _at++;
        }
    }

    private QuerySpan Since(int start) => new(start, _at - start);

    private void Phrase()
    {
        var start = _at;
        if (ReadQuoted() is not { } inside)
        {
            Unclosed(start);
            return;
        }
        _tokens.Add(new QueryToken(QueryMark.Phrase, Since(start), inside));
        var after = _at;
        SkipWord();
        var rest = QuerySigns.Plain(_text[after.._at]);
        if (rest.Trim(',', ';').Length == 0)
        {
            WarnOfComma(rest, Since(after));
            return;
        }
        notes.Problem(Since(start), $"has \"{rest}\" directly after a quote", rest[0] switch
        {
            '*' => $"Write the * inside: {Quote(inside + "*")}.",
            '~' => "Write how near its words are with NEAR: late NEAR/5 delivery.",
            _ => "Put a blank after the quote.",
        });
    }

    /// <summary>Reads what stands in quotes, without them; null, and all is read, when they are not closed.</summary>
    private string? ReadQuoted()
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

    private void Unclosed(int start)
    {
        var rest = _text[(start + 1)..].Trim();
        Broken(new QuerySpan(start, 1), "has a quote that is not closed", rest.Length is 0 or > LongestShown ? "Close it where the phrase ends: \"still waiting\"." : $"Close it where the phrase ends, as in {Quote(rest)}, or take it away.");
    }

    private void Pattern()
    {
        var start = _at++;
        var inside = new StringBuilder();
        while (_at < _text.Length && Sign != '/')
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length)
            {
                inside.Append(Ahead(1) == '/' ? "" : "\\");
                _at++;
            }
            inside.Append(_text[_at++]);
        }
        if (_at == _text.Length)
        {
            Broken(new QuerySpan(start, 1), "has a / at the beginning of a word, where a regular expression begins, and no / that ends it", $"To find the text itself put it in quotes: {Quote(FirstWord(start))}.");
            return;
        }
        _at++;
        var (end, token) = (_at, new QueryToken(QueryMark.Pattern, Since(start), inside.ToString()));
        SkipWord();
        if (_at == end)
        {
            _tokens.Add(token);
            return;
        }
        var flags = _text[end.._at].All(c => "gimsux".Contains(c));
        Broken(Since(start), $"has \"{_text[end.._at]}\" directly after the / that ends a regular expression", flags ? "Take it away: capitals are of no account anyway." : $"To find the text itself put it in quotes: {Quote(FirstWord(start))}.");
    }

    private string FirstWord(int start) => _text[start..].Split(default(char[]), 2, StringSplitOptions.RemoveEmptyEntries)[0];

    private void Broken(QuerySpan at, string what, string cure)
    {
        notes.Problem(at, what, cure);
        _tokens.Add(new QueryToken(QueryMark.Broken, at));
    }
}
