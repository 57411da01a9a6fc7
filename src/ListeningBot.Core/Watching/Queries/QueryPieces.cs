using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <param name="Name">Without the "$".</param>
public sealed record PieceReading(string Name, string Text, QueryReading Reading);

/// <summary>Queries that have names, for use in others as "$name".</summary>
public sealed class QueryPieces
{
    private const int LongestName = 40;
    private const int Most = 500;
    public static readonly QueryPieces None = new([]);
    private readonly Dictionary<string, PieceReading> _read = new(StringComparer.Ordinal);

    private QueryPieces(IReadOnlyList<(string Name, string Text)> pieces)
    {
        var marked = pieces.DistinctBy(piece => piece.Name).Select(piece => new MarkedPiece(piece.Name, QueryParser.Marks(piece.Text))).ToList();
        Names = [.. marked.Select(piece => piece.Name)];
        CheckNames(marked);
        ReadInTurn(marked.Take(Most).ToDictionary(piece => piece.Name, StringComparer.Ordinal));
        foreach (var piece in marked.Skip(Most))
        {
            piece.Marks.Notes.Problem(default, $"is one of more than {Most} pieces", "Take away those that no watch uses.");
            Keep(piece, piece.Marks.Notes.Reading(null));
        }
        All = [.. Names.Select(name => _read[name])];
    }

    /// <summary>In the order in which they came; of two with one name the first.</summary>
    public IReadOnlyList<PieceReading> All { get; }

    private IReadOnlyList<string> Names { get; }

    /// <summary>Reads all of them; each may use the others, earlier or later, but not in a circle.</summary>
    public static QueryPieces Read(IReadOnlyList<(string Name, string Text)> pieces) => new(pieces);

    public static bool IsName(string name) => name.Length is > 0 and <= LongestName && char.IsLetter(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');

    /// <summary>The names of those that none of these queries uses, also not by way of other pieces.</summary>
    /// <param name="texts">Of queries; what is wrong with them is of no account.</param>
    public IReadOnlyList<string> Unused(IEnumerable<string> texts)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        for (var next = new Queue<string>(texts); next.TryDequeue(out var text);)
        {
            foreach (var token in QueryParser.Marks(text).Tokens.Where(token => token.Mark == QueryMark.Piece && used.Add(token.Text)))
            {
                next.Enqueue(_read.TryGetValue(token.Text, out var piece) ? piece.Text : "");
            }
        }
        return [.. All.Select(piece => piece.Name).Where(name => !used.Contains(name))];
    }

    /// <summary>What "$name" means; null, and its problem is told, when it means nothing.</summary>
    internal Query? Find(QueryToken token, QueryNotes notes)
    {
        if (!_read.TryGetValue(token.Text, out var piece))
        {
            if (Names.Contains(token.Text, StringComparer.Ordinal) && notes.AnyProblem)
            {
                return null;
            }
            TellUnknown(token, notes);
        }
        else if (piece.Reading.Root is { } means)
        {
            return new Query.Piece(piece.Name, means is Query.Piece other ? other.Means : means);
        }
        else
        {
            notes.Problem(token.At, $"uses the piece ${piece.Name}, in which something is wrong", "Mend that piece first.");
        }
        return null;
    }

    private static void CheckNames(IEnumerable<MarkedPiece> pieces)
    {
        foreach (var piece in pieces.Where(piece => !IsName(piece.Name)))
        {
            piece.Marks.Notes.Problem(default, $"has the name {Quoted.Of(piece.Name)}, which no query can use", $"Begin with a letter; then letters, digits, - and _, at most {LongestName}.");
        }
    }

    /// <summary>Each after those that it uses. Where none is left that could be next, some go in a circle: one of them is told.</summary>
    private void ReadInTurn(Dictionary<string, MarkedPiece> marked)
    {
        for (var open = marked.Values.ToList(); open.Count > 0; open.RemoveAll(piece => _read.ContainsKey(piece.Name)))
        {
            var ready = open.FindAll(piece => piece.Uses.All(name => _read.ContainsKey(name) || !marked.ContainsKey(name)));
            if (ready.Count == 0)
            {
                ready = [open.First(piece => Circle(piece, marked) is not null)];
                TellCircle(ready[0], Circle(ready[0], marked)!);
            }
            ready.ForEach(piece => Keep(piece, QueryParser.Read(piece.Marks, this)));
        }
    }

    private void Keep(MarkedPiece piece, QueryReading reading) => _read[piece.Name] = new PieceReading(piece.Name, piece.Marks.Notes.Text, reading);

    private void TellUnknown(QueryToken token, QueryNotes notes)
    {
        var cure = Nearest.To(token.Text, Names) is { } near ? $"Did you mean ${near}?"
            : Names.Count > 0 ? $"Known here: {string.Join(", ", Names.Take(20).Select(name => "$" + name))}."
            : $"Add it under pieces, or put the text in quotes: \"${token.Text}\".";
        notes.Problem(token.At, $"has the piece ${token.Text}, which is not known", cure);
    }

    private static void TellCircle(MarkedPiece piece, List<string> circle)
    {
        var at = piece.Marks.Tokens.First(token => token.Mark == QueryMark.Piece && token.Text == circle[^1]).At;
        piece.Marks.Notes.Problem(at, $"goes in a circle: {string.Join(" uses ", circle.AsEnumerable().Reverse().Prepend(piece.Name).Select(name => "$" + name))}", "Take one of them out.");
    }

    /// <summary>The way from a piece back to itself, last step first; null when there is none.</summary>
    private static List<string>? Circle(MarkedPiece piece, Dictionary<string, MarkedPiece> marked)
    {
        var (from, next) = (new Dictionary<string, string>(StringComparer.Ordinal), new Queue<string>([piece.Name]));
        while (next.TryDequeue(out var name) && !from.ContainsKey(piece.Name))
        {
            foreach (var used in marked[name].Uses.Where(used => marked.ContainsKey(used) && from.TryAdd(used, name)))
            {
                next.Enqueue(used);
            }
        }
        if (!from.TryGetValue(piece.Name, out var before))
        {
            return null;
        }
        List<string> way = [piece.Name];
        for (; before != piece.Name; before = from[before])
        {
            way.Add(before);
        }
        return way;
    }

    private sealed record MarkedPiece(string Name, (QueryNotes Notes, IReadOnlyList<QueryToken> Tokens) Marks)
    {
        public HashSet<string> Uses { get; } = [.. Marks.Tokens.Where(token => token.Mark == QueryMark.Piece).Select(token => token.Text)];
    }
}
