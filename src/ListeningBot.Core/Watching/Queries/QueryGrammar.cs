namespace ListeningBot.Core.Watching.Queries;

/// <summary>What binds what: NOT tightest, then NEAR, then words side by side and AND, then OR. Goes on after a problem, so that all of them are told.</summary>
internal sealed class QueryGrammar(IReadOnlyList<QueryToken> tokens, QueryNotes notes, QueryPieces pieces)
{
    /// <summary>Parentheses and NOTs in one another.</summary>
    private const int Deepest = 40;

    /// <summary>Stands where something could not be read.</summary>
    private static readonly Query s_unread = new Query.Anything();
    private int _at;
    private int _depth;
    private bool _tooDeep;

    private QueryToken Next => tokens[_at];

    /// <summary>Of no account when a problem was told.</summary>
    public Query Read()
    {
        var root = Next.Mark == QueryMark.Close ? s_unread : Either();
        while (Next.Mark != QueryMark.End)
        {
            notes.Problem(Next.At, "has a ) without a ( before it", "Take it away, or write the ( where the part begins.");
            _at++;
            if (Next.Mark is not (QueryMark.End or QueryMark.Close))
            {
                Either(goesOn: true);
            }
        }
        return root;
    }

    /// <summary>Parts with OR between.</summary>
    private Query Either(bool goesOn = false)
    {
        var (first, mixed) = (_at, false);
        List<Query> parts = [];
        List<string> shown = [];
        do
        {
            _at += parts.Count > 0 ? 1 : 0;
            var start = _at;
            parts.Add(Both(out var several, goesOn && parts.Count == 0));
            mixed |= several;
            shown.Add(several ? $"({Written(start)})" : Written(start));
        }
        while (Next.Mark == QueryMark.Or);
        if (parts.Count == 1)
        {
            return parts[0];
        }
        if (mixed)
        {
            QueryWarnings.OfMixed(Since(first), shown, notes);
        }
        return new Query.Any(parts) { At = Since(first) };
    }

    /// <summary>Parts side by side, or with AND between.</summary>
    private Query Both(out bool several, bool goesOn)
    {
        var first = _at;
        List<Query> parts = [];
        if (!goesOn || Next.Mark is not (QueryMark.And or QueryMark.Or))
        {
            parts.Add(Close());
        }
        while (Next.Mark is not (QueryMark.Or or QueryMark.Close or QueryMark.End))
        {
            _at += Next.Mark == QueryMark.And ? 1 : 0;
            parts.Add(Close());
        }
        several = parts.Count > 1;
        return parts.Count switch { 0 => s_unread, 1 => parts[0], _ => new Query.All(parts) { At = Since(first) } };
    }

    /// <summary>Two with NEAR between, or one.</summary>
    private Query Close()
    {
        var first = _at;
        var left = One();
        while (Next.Mark == QueryMark.Near)
        {
            var near = Next;
            _at++;
            var right = One();
            left = notes.AnyProblem ? s_unread : QueryNear.Of(left, right, near, notes) ?? s_unread;
            left = left with { At = Since(first) };
        }
        return left;
    }

    private Query One()
    {
        if (_depth == Deepest)
        {
            notes.Problem(Next.At, $"has more than {Deepest} parentheses or NOTs in one another", "Take some away, or move parts into pieces.");
            (_at, _tooDeep) = (tokens.Count - 1, true);
            return s_unread;
        }
        _depth++;
        var query = Next.Mark switch
        {
            QueryMark.Open => Group(),
            QueryMark.Minus or QueryMark.Not => Not(),
            QueryMark.And or QueryMark.Or or QueryMark.Near or QueryMark.Close or QueryMark.End => Missing(),
            _ => Operand(),
        };
        _depth--;
        return query;
    }

    private Query Not()
    {
        var first = _at++;
        var what = One();
        return new Query.Not(what) { At = Since(first) };
    }

    private Query Group()
    {
        var open = Next.At;
        _at++;
        var inside = Either();
        if (Next.Mark == QueryMark.Close)
        {
            _at++;
        }
        else if (!_tooDeep)
        {
            notes.Problem(open, "has a ( that is not closed", "Write ) where the part ends, or take the ( away.");
        }
        return inside;
    }

    /// <summary>Stays where it is: what stands here belongs to somebody else.</summary>
    private Query Missing()
    {
        var (next, before) = (notes.Of(Next.At), _at == 0 ? default : tokens[_at - 1]);
        if (before.Mark == QueryMark.Open && Next.Mark is QueryMark.Close or QueryMark.End)
        {
            notes.Problem(before.At, "has a ( with nothing after it", "Write a word between ( and ), or take them away.");
        }
        else if (_at == 0 || before.Mark == QueryMark.Open || (before.Mark == QueryMark.Close && Next.Mark != QueryMark.End))
        {
            notes.Problem(Next.At, $"expects a word before {next}", $"Write one there, or take {next} away.");
        }
        else
        {
            var sign = notes.Of(before.At);
            notes.Problem(before.At, $"expects a word after {sign}{(Next.Mark is QueryMark.End or QueryMark.Close ? "" : $", not {next}")}", $"Write one there, or take {sign} away. To find the word itself put it in quotes: \"{sign.ToLowerInvariant()}\".");
        }
        return s_unread;
    }

    private Query Operand()
    {
        var token = Next;
        _at++;
        var query = token.Mark switch
        {
            QueryMark.Word or QueryMark.Phrase => new QueryWords(token.At, notes).Read(token.Text),
            QueryMark.Pattern => QueryPattern.Read(token.Text, token.At, notes),
            QueryMark.Field => new QueryFields(notes).Read(token),
            QueryMark.Piece => pieces.Find(token, notes),
            _ => null,
        };
        return (query ?? s_unread) with { At = token.At };
    }

    private QuerySpan Since(int first) => new(tokens[first].At.Start, Math.Max(0, tokens[Math.Max(first, _at - 1)].At.End - tokens[first].At.Start));

    private string Written(int first) => notes.Of(Since(first));
}
