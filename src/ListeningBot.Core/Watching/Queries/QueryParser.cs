namespace ListeningBot.Core.Watching.Queries;

/// <summary>Reads what managers write. Never throws, and ends soon, whatever the text.</summary>
public static class QueryParser
{
    /// <summary>Characters.</summary>
    public const int MaxLength = 10_000;

    /// <param name="pieces">What "$name" means; none when null.</param>
    public static QueryReading Read(string text, QueryPieces? pieces = null) => Read(Marks(text), pieces ?? QueryPieces.None);

    /// <summary>An entry of a find or exclude list: always one word or phrase, with "refund*" and "~refund" in it.</summary>
    public static QueryReading ReadTerm(string entry)
    {
        var notes = new QueryNotes(entry);
        return string.IsNullOrWhiteSpace(entry) ? Empty(notes) : notes.Reading(new QueryWords(new QuerySpan(0, entry.Length), notes).Read(entry));
    }

    /// <summary>The first half of the reading: without what other pieces mean.</summary>
    internal static (QueryNotes Notes, IReadOnlyList<QueryToken> Tokens) Marks(string text)
    {
        var notes = new QueryNotes(text);
        if (text.Length <= MaxLength)
        {
            return (notes, new QueryLexer(notes).Read());
        }
        notes.Problem(new QuerySpan(0, text.Length), $"has {text.Length} characters, more than {MaxLength}", "Make several watches of it, or move parts into pieces.");
        return (notes, []);
    }

    internal static QueryReading Read((QueryNotes Notes, IReadOnlyList<QueryToken> Tokens) marks, QueryPieces pieces)
    {
        var (notes, tokens) = marks;
        if (tokens.Count == 0)
        {
            return notes.Reading(null);
        }
        if (tokens[0].Mark == QueryMark.End)
        {
            return Empty(notes);
        }
        var root = new QueryGrammar(tokens, notes, pieces).Read();
        if (!notes.AnyProblem)
        {
            QuerySize.Check(root, notes);
        }
        if (!notes.AnyProblem)
        {
            QueryWarnings.Of(root, notes);
        }
        return notes.Reading(root);
    }

    private static QueryReading Empty(QueryNotes notes)
    {
        notes.Problem(new QuerySpan(0, notes.Text.Length), "is empty", "Write a word to look for.");
        return notes.Reading(null);
    }
}
