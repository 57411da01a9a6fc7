using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <param name="Name">Without the "$".</param>
public sealed record PieceReading(string Name, string Text, QueryReading Reading);

/// <summary>Queries that have names, for use in others as "$name".</summary>
public sealed class QueryPieces
{
    public static readonly QueryPieces None = new([]);
    private readonly Dictionary<string, PieceReading> _read = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names;

    private QueryPieces(IReadOnlyList<(string Name, string Text)> pieces)
    {
        _names = [.. pieces.Select(piece => piece.Name)];
        var open = pieces.DistinctBy(piece => piece.Name).Select(piece => Lexed(piece.Name, piece.Text)).ToList();
        while (open.Count > 0)
        {
            var ready = open.FindAll(piece => piece.Uses.All(name => _read.ContainsKey(name) || !_names.Contains(name)));
            foreach (var piece in ready.Count > 0 ? ready : open)
            {
                _read[piece.Name] = new PieceReading(piece.Name, piece.Notes.Text, ReadOne(piece, ready.Count == 0));
            }
            open = ready.Count == 0 ? [] : open.FindAll(piece => !_read.ContainsKey(piece.Name));
        }
        All = [.. pieces.DistinctBy(piece => piece.Name).Select(piece => _read[piece.Name])];
    }

    /// <summary>In the order in which they came; of two with one name the first.</summary>
    public IReadOnlyList<PieceReading> All { get; }

    /// <summary>Reads all of them; each may use the others, earlier or later, but not in a circle.</summary>
    public static QueryPieces Read(IReadOnlyList<(string Name, string Text)> pieces) => new(pieces);

    /// <summary>What "$name" means; null, and its problem is told, when it means nothing.</summary>
    internal Query? Find(QueryToken token, QueryNotes notes)
    {
        if (!_read.TryGetValue(token.Text, out var piece))
        {
            notes.Problem(token.At, $"has the piece {Quoted.Of("$" + token.Text)}, which is not known", Nearest.Cure(token.Text, _names, "Add it under pieces:, or put the text in quotes."));
            return null;
        }
        if (piece.Reading.Root is not { } means)
        {
            notes.Problem(token.At, $"uses the piece ${piece.Name}, in which something is wrong", "Mend that piece first.");
            return null;
        }
        return new Query.Piece(piece.Name, means) { At = token.At };
    }

    private static LexedPiece Lexed(string name, string text)
    {
        var notes = new QueryNotes(text);
        IReadOnlyList<QueryToken> tokens = text.Length > QueryParser.MaxLength ? [] : new QueryLexer(notes).Read();
        return new LexedPiece(name, notes, tokens, [.. tokens.Where(token => token.Mark == QueryMark.Piece).Select(token => token.Text)]);
    }

    private QueryReading ReadOne(LexedPiece piece, bool circular)
    {
        if (piece.Tokens.Count == 0)
        {
            return QueryParser.Read(piece.Notes.Text);
        }
        if (circular)
        {
            piece.Notes.Problem(piece.Tokens[0].At, $"goes in a circle: ${piece.Name} uses itself by way of others", "Take one of them out.");
            return piece.Notes.Reading(null);
        }
        return QueryParser.Read(piece.Tokens, piece.Notes, this);
    }

    private sealed record LexedPiece(string Name, QueryNotes Notes, IReadOnlyList<QueryToken> Tokens, HashSet<string> Uses);
}
