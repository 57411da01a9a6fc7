namespace ListeningBot.Core.Watching.Queries;

/// <summary>How large a query is, with its pieces put in: everything that walks over it takes so long and so deep.</summary>
internal readonly record struct QuerySize(int Depth, long Parts, long Patterns)
{
    private const int Deepest = 100;
    private const int MostParts = 10_000;
    private const int MostPatterns = 20;

    public static void Check(Query root, QueryNotes notes)
    {
        var size = Of(root, []);
        if (size.Depth > Deepest)
        {
            notes.Problem(root.At, $"goes {size.Depth} deep, with its pieces put in, more than {Deepest}", "Use fewer pieces within pieces.");
        }
        else if (size.Parts > MostParts)
        {
            notes.Problem(root.At, $"has more than {MostParts} words and signs, with its pieces put in", "Make several watches of it.");
        }
        else if (size.Patterns > MostPatterns)
        {
            notes.Problem(root.At, $"has {size.Patterns} regular expressions, more than {MostPatterns}", "Each is tried on every post: use words where they do, or make several of them one with | between.");
        }
    }

    /// <param name="pieces">Those measured already: a piece may stand in another many times.</param>
    private static QuerySize Of(Query query, Dictionary<string, QuerySize> pieces)
    {
        switch (query)
        {
            case Query.All all:
                return Around(all.Parts.Select(part => Of(part, pieces)));
            case Query.Any any:
                return Around(any.Parts.Select(part => Of(part, pieces)));
            case Query.Near near:
                return Around([Of(near.Left, pieces), Of(near.Right, pieces)]);
            case Query.Not not:
                return Around([Of(not.What, pieces)]);
            case Query.Piece piece:
                if (!pieces.TryGetValue(piece.Name, out var known))
                {
                    pieces[piece.Name] = known = Around([Of(piece.Means, pieces)]);
                }
                return known;
            default:
                return new QuerySize(1, 1, query is Query.Pattern ? 1 : 0);
        }
    }

    private static QuerySize Around(IEnumerable<QuerySize> parts) => parts.Aggregate(
        new QuerySize(1, 1, 0),
        (sum, part) => new QuerySize(Math.Max(sum.Depth, part.Depth + 1), Math.Min(int.MaxValue, sum.Parts + part.Parts), Math.Min(int.MaxValue, sum.Patterns + part.Patterns)));
}
