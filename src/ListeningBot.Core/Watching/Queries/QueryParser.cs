using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>Reads what managers write. Never throws, and ends soon, whatever the text.</summary>
public sealed class QueryParser
{
    /// <summary>Characters.</summary>
    public const int MaxLength = 10_000;

    /// <summary>Of parentheses and NOTs in one another.</summary>
    private const int Deepest = 40;
    private readonly IReadOnlyList<QueryToken> _tokens;
    private readonly QueryNotes _notes;
    private readonly QueryPieces _pieces;
    private int _at;
    private int _depth;

    private QueryParser(IReadOnlyList<QueryToken> tokens, QueryNotes notes, QueryPieces pieces) => (_tokens, _notes, _pieces) = (tokens, notes, pieces);

    private QueryToken Next => _tokens[_at];

    /// <param name="pieces">What "$name" means; none when null.</param>
    public static QueryReading Read(string text, QueryPieces? pieces = null)
    {
        var notes = new QueryNotes(text);
        if (text.Length > MaxLength)
        {
            notes.Problem(new QuerySpan(0, text.Length), $"has {text.Length} characters, more than {MaxLength}", "Make several watches of it, or move parts into pieces.");
            return new QueryReading(null, notes.Problems(), []);
        }
        return Read(new QueryLexer(notes).Read(), notes, pieces ?? QueryPieces.None);
    }

    /// <summary>An entry of a find or exclude list: always one word or phrase, with "refund*" and "~refund" in it.</summary>
    public static QueryReading ReadTerm(string entry)
    {
        var notes = new QueryNotes(entry);
        return notes.Reading(string.IsNullOrWhiteSpace(entry) ? Empty(notes) : QueryWords.Read(entry, new QuerySpan(0, entry.Length), notes));
    }

    internal static QueryReading Read(IReadOnlyList<QueryToken> tokens, QueryNotes notes, QueryPieces pieces)
    {
        if (tokens[0].Mark == QueryMark.End)
        {
            return notes.Reading(Empty(notes));
        }
        var parser = new QueryParser(tokens, notes, pieces);
        var root = parser.Either();
        while (parser.Next.Mark != QueryMark.End)
        {
            notes.Problem(parser.Next.At, "has a ) without a (", "Take it away, or open it before.");
            parser._at++;
            if (parser.Next.Mark != QueryMark.End)
            {
                parser.Either();
            }
        }
        return notes.Reading(root);
    }

    private static Query? Empty(QueryNotes notes)
    {
        notes.Problem(new QuerySpan(0, notes.Text.Length), "is empty", "Write a word to look for.");
        return null;
    }

    /// <summary>Parts with OR between.</summary>
    private Query Either()
    {
        var first = Next.At;
        List<Query> parts = [Both()];
        while (Next.Mark == QueryMark.Or)
        {
            _at++;
            parts.Add(Both());
        }
        return parts.Count == 1 ? parts[0] : new Query.Any(parts) { At = Since(first) };
    }

    /// <summary>Parts side by side, or with AND between.</summary>
    private Query Both()
    {
        var first = Next.At;
        List<Query> parts = [Close()];
        while (Next.Mark is not (QueryMark.Or or QueryMark.Close or QueryMark.End))
        {
            _at += Next.Mark == QueryMark.And ? 1 : 0;
            parts.Add(Close());
        }
        return parts.Count == 1 ? parts[0] : new Query.All(parts) { At = Since(first) };
    }

    /// <summary>Two with NEAR between, or one.</summary>
    private Query Close()
    {
        var first = Next.At;
        var left = One();
        while (Next.Mark == QueryMark.Near)
        {
            var near = Next;
            _at++;
            var right = One();
            if (_depth > Deepest || _notes.AnyProblem)
            {
                continue;
            }
            if (!QueryNear.Takes(left) || !QueryNear.Takes(right))
            {
                _notes.Problem(near.At, "has NEAR beside what is neither a word nor a phrase", "On both sides of NEAR stand words, phrases, or such with OR in parentheses: (late OR slow) NEAR/5 delivery.");
            }
            left = new Query.Near(left, right, near.Words) { At = Since(first) };
        }
        return left;
    }

    private Query One()
    {
        var token = Next;
        if (++_depth > Deepest)
        {
            _notes.Problem(token.At, $"has more than {Deepest} parentheses in one another", "Take some away, or move parts into pieces.");
            _at = _tokens.Count - 1;
        }
        var query = token.Mark switch
        {
            _ when _depth > Deepest => Nothing,
            QueryMark.Open => Group(),
            QueryMark.Minus or QueryMark.Not => Not(),
            QueryMark.And or QueryMark.Or or QueryMark.Near or QueryMark.Close or QueryMark.End => Missing(),
            _ => Operand(),
        };
        _depth--;
        return query;
    }

    private static Query.Anything Nothing => new();

    private Query Not()
    {
        var first = Next.At;
        _at++;
        return new Query.Not(One()) { At = Since(first) };
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
        else
        {
            _notes.Problem(open, "has a ( that is not closed", "Close it with ) where the part ends.");
        }
        return inside;
    }

    /// <summary>Stays where it is: what stands here belongs to somebody else.</summary>
    private Query Missing()
    {
        var before = _at == 0 ? "" : $" after {_notes.Of(_tokens[_at - 1].At)}";
        _notes.Problem(Next.At, _at == 0 ? $"expects a word before {_notes.Of(Next.At)}" : $"expects a word{before}", "Write one there, or take the sign away.");
        return Nothing;
    }

    private Query Operand()
    {
        var token = Next;
        _at++;
        var query = token.Mark switch
        {
            QueryMark.Word => Word(token),
            QueryMark.Phrase => QueryWords.Read(token.Text, token.At, _notes),
            QueryMark.Pattern => QueryPattern.Read(token.Text, token.At, _notes),
            QueryMark.Field => new QueryFields(_notes).Read(token) is { } field ? field with { At = token.At } : null,
            QueryMark.Piece => _pieces.Find(token, _notes),
            _ => null,
        };
        return query ?? Nothing;
    }

    private Query? Word(QueryToken token) => QueryWords.Read(token.Text, token.At, _notes);

    private QuerySpan Since(QuerySpan first) => new(first.Start, Math.Max(0, _tokens[Math.Max(0, _at - 1)].At.End - first.Start));
}
