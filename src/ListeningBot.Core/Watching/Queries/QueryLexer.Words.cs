namespace ListeningBot.Core.Watching.Queries;

/// <summary>What has no quotes: words, operators, fields, pieces, and what people write for them who come from elsewhere.</summary>
internal sealed partial class QueryLexer
{
    private const int LongestShown = 60;
    private static readonly string[] s_small = ["and", "or", "not", "near", "and/or"];

    private static string Quote(string text) => Text.Quoted.Of(text);

    private void Bare()
    {
        var start = _at;
        if (IsFace())
        {
            _at += Ahead(1) is '(' or ')' ? 2 : 3;
        }
        while (_at < _text.Length && !QuerySigns.EndsWord(_text[_at]))
        {
            if (QuerySigns.Plain(_text[_at++]) == ':' && FieldName(start) is { } name)
            {
                Field(start, name);
                return;
            }
        }
        var plain = QuerySigns.Plain(_text[start.._at]);
        if (Operator(plain, Since(start)) is { } known)
        {
            _tokens.Add(known);
        }
        else if (!IsForeign(plain, start))
        {
            Word(plain, start);
        }
    }

    /// <summary>":(" and ":-)", whose parenthesis is none.</summary>
    private bool IsFace() => Sign is ':' or ';' or '=' && (Ahead(1) is '(' or ')' || (Ahead(1) is '-' or '\'' && Ahead(2) is '(' or ')'));

    private QueryToken? Operator(string plain, QuerySpan at) => plain switch
    {
        "AND" => new QueryToken(QueryMark.And, at),
        "OR" => new QueryToken(QueryMark.Or, at),
        "NOT" => new QueryToken(QueryMark.Not, at),
        "&&" => Told(QueryMark.And, at, "has &&", "Write AND, or nothing: words side by side must all be there."),
        "&" => Told(QueryMark.And, at, "has a & that stands alone", "Write AND, or nothing; for a name put all of it in quotes: \"fish & chips\"."),
        "||" or "|" or "AND/OR" => Told(QueryMark.Or, at, $"has {plain}", "Write OR: it also fits when both are there."),
        "!" => Told(QueryMark.Not, at, "has !", "Write NOT."),
        "-" or "--" => Told(QueryMark.Broken, at, "has a - that stands alone", "To leave a word out write the - directly before it: -giveaway. Else take it away."),
        _ => plain.StartsWith("NEAR", StringComparison.Ordinal) ? QueryNear.Read(plain, at, notes) : null,
    };

    private QueryToken Told(QueryMark mark, QuerySpan at, string what, string cure)
    {
        notes.Problem(at, what, cure);
        return new QueryToken(mark, at);
    }

    /// <summary>What has another meaning elsewhere and none here; it is told.</summary>
    private bool IsForeign(string plain, int start)
    {
        var (what, cure) = plain switch
        {
            ['!', var next, ..] when char.IsLetterOrDigit(next) || next is '#' or '@' or '$' => ("a ! before a word", $"To leave it out write -{plain[1..]}."),
            ['-', '-', ..] when plain.TrimStart('-').Length > 0 => ("two - before a word", $"Write one: -{plain.TrimStart('-')}."),
            ['~'] when _at < _text.Length && !QuerySigns.IsBlank(_text[_at]) => ("a ~ before what is no single word", "Write it inside, before each word that it is meant for: \"~order ~cancel\"."),
            ['$', '{' or '[', ..] => ($"{Quote(plain)}", $"Write a piece without brackets: ${plain.Trim('$', '{', '}', '[', ']')}."),
            _ when Inside(plain, "||", "|") is { } parts => ($"a | in {Quote(plain)}", $"Write {string.Join(" OR ", parts)}."),
            _ when Inside(plain, "&&") is { } parts => ($"a && in {Quote(plain)}", $"Write {string.Join(" AND ", parts)}."),
            _ when QueryFields.WithoutColon(plain) is { } right => ($"{Quote(plain)} without a colon", $"Write {right}."),
            [':', ..] when _tokens is [.., { Mark: QueryMark.Word } before] && QueryFields.IsField(before.Text.ToLowerInvariant()) => ("a blank before a colon", $"Write it without: {QueryFields.ExampleOf(before.Text.ToLowerInvariant())}."),
            ['<' or '>' or '=' or '≤' or '≥', ..] when _tokens is [.., { Mark: QueryMark.Word } before] && before.Text.ToLowerInvariant() is var name and ("stars" or "followers" or "priority") =>
                ($"{Quote($"{name} {plain}")} without a colon", $"Write {(plain.Any(char.IsLetterOrDigit) ? $"{name}:{plain}" : QueryFields.ExampleOf(name))}."),
            ['[' or '{', ..] when plain.IndexOfAny([']', '}']) < 0 && plain.Any(char.IsLetterOrDigit) => ($"a {plain[0]} before a word", "Write ( and ) round what belongs together, or take it away."),
            _ => ("", ""),
        };
        if (what.Length > 0)
        {
            Broken(Since(start), $"has {what}", cure);
        }
        return what.Length > 0;
    }

    private static string[]? Inside(string plain, params string[] signs)
    {
        var parts = plain.Split(signs, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 1 && char.IsLetterOrDigit(parts[0][^1]) ? parts : null;
    }

    private void Word(string plain, int start)
    {
        if (_at < _text.Length && QuerySigns.IsQuote(_text[_at]))
        {
            QuoteInside(start);
            return;
        }
        WarnOfSmall(plain.ToLowerInvariant(), start);
        WarnOfComma(plain, Since(start));
        if (plain is ['$', var first, ..] && char.IsLetter(first))
        {
            Piece(plain[1..].TrimEnd(',', ';'), start);
            return;
        }
        _tokens.Add(new QueryToken(QueryMark.Word, Since(start), _text[start.._at]));
        if (Sign == '(' && PluralInParentheses(start) is { } length)
        {
            _at += length;
            var stem = _text[start..(_at - length)];
            notes.Problem(Since(start), $"has {Quote(_text[start.._at])}", $"Write ~{stem} for all its forms, or ({stem} OR {stem}{_text[(_at - length + 1)..(_at - 1)]}).");
        }
    }

    /// <summary>An operator in small letters, and single quotes round several words.</summary>
    private void WarnOfSmall(string small, int start)
    {
        if (s_small.Contains(small, StringComparer.Ordinal) || (small.StartsWith("near/", StringComparison.Ordinal) && small.Skip("near/".Length).All(char.IsAsciiDigit)))
        {
            var sign = small switch { "near" => "NEAR/5", "and/or" => "OR", _ => small.ToUpperInvariant() };
            notes.Warning(Since(start), $"has {Quote(_text[start.._at])}, which is taken as a word to look for", $"Write {sign} in capitals if it joins words; else put it in quotes.");
        }
        var end = small[0] is '\'' or '‘' or '‚' ? _text.AsSpan(_at).IndexOfAny("'’‘") : -1;
        if (end > 0 && small.Length > 1 && small[^1] is not ('\'' or '’') && (_at + end + 1 == _text.Length || QuerySigns.EndsWord(_text[_at + end + 1])) && _text.AsSpan(_at, end).IndexOfAny("()\"“”„«»") < 0)
        {
            notes.Warning(Since(start), "has single quotes, which make no phrase: its words may stand anywhere", $"Write it in double quotes: {Quote(_text[(start + 1)..(_at + end)])}.");
        }
    }

    /// <summary>"(s)" directly after a word.</summary>
    private int? PluralInParentheses(int start)
    {
        var close = _text.IndexOfAny([')', '）'], _at);
        return close - _at is > 1 and < 5 && char.IsLetter(_text[start]) && _text[(_at + 1)..close].All(char.IsLetter) ? close - _at + 1 : null;
    }

    private void QuoteInside(int start)
    {
        var (at, word) = (new QuerySpan(_at, 1), _text[start.._at]);
        _ = ReadQuoted();
        SkipWord();
        Broken(at, "has a quotation mark directly after a word", $"Put a blank before it to begin a phrase; write \"{word}\\\"\" for the mark itself.");
    }

    private void Piece(string name, int start)
    {
        if (QueryPieces.IsName(name))
        {
            _tokens.Add(new QueryToken(QueryMark.Piece, Since(start), name));
        }
        else
        {
            Broken(Since(start), $"has {Quote("$" + name)}, which is no name of a piece", $"Names have letters, digits, - and _ only. To find the text itself put it in quotes: {Quote("$" + name)}.");
        }
    }

    private void WarnOfComma(string plain, QuerySpan at)
    {
        if (plain.Length > 0 && plain[^1] is ',' or ';')
        {
            var sign = plain[^1] == ';' ? "semicolon" : "comma";
            notes.Warning(at, $"has a {sign}, which means nothing here: words side by side must all be there", $"Write OR if any of them is enough, else leave the {sign} out.");
        }
        else if (plain.Split(',') is { Length: > 1 } parts && parts.All(part => part.Length > 0 && char.IsLetter(part[0])))
        {
            notes.Warning(at, $"has {Quote(plain)}, which is read as the phrase {Quote(string.Join(' ', parts))}", $"Write ({string.Join(" OR ", parts)}) if any of them is enough.");
        }
    }
}
