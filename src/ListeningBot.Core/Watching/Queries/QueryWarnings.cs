using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>What can be read but is likely not meant, as far as the query itself tells.</summary>
internal static class QueryWarnings
{
    private const int LongestShown = 120;

    public static void Of(Query root, QueryNotes notes)
    {
        switch (root)
        {
            case Query.All all:
                OfTwice(all.Parts.SelectMany(Flat<Query.All>), notes);
                QueryContradictions.Of(all, notes);
                OfEach(all.Parts, notes);
                break;
            case Query.Any any:
                OfTwice(any.Parts.SelectMany(Flat<Query.Any>), notes);
                QueryContradictions.Of(any, notes);
                OfEach(any.Parts, notes);
                break;
            case Query.Not not when not.What is Query.Not or Query.Piece { Means: Query.Not }:
                notes.Warning(not.At, $"rules out what is ruled out already: {Quoted.Of(notes.Of(not.At))} asks for it again", "Take one NOT or - away.");
                break;
            case Query.Not not:
                Of(not.What, notes);
                break;
            default:
                QueryContradictions.Of(new Query.All([root]), notes);
                break;
        }
    }

    /// <summary>OR beside AND without parentheses.</summary>
    /// <param name="shown">The parts, with parentheses round those of several words.</param>
    public static void OfMixed(QuerySpan at, IReadOnlyList<string> shown, QueryNotes notes)
    {
        var read = string.Join(" OR ", shown.Select(part => string.Join(' ', part.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries))));
        notes.Warning(
            at,
            "has OR beside words that must all be there, without parentheses",
            read.Length > LongestShown ? "What stands side by side is taken together first: put parentheses where you mean them." : $"It is read as {read}. Put parentheses where you mean them.");
    }

    /// <summary>Set when the query can be true of a post that has none of its words, unless it names its channels itself.</summary>
    public static QueryProblem? Wide(Query root)
    {
        if (NeedsWord(root))
        {
            return null;
        }
        var at = root is Query.Any any ? any.Parts.First(part => !NeedsWord(part)).At : root.At;
        return new QueryProblem(
            at,
            root is Query.Any ? "has a part that fits posts with none of its words" : "names no word that must be there",
            "So it looks at every post of every channel: name channels, or add a word.");
    }

    private static bool NeedsWord(Query query) => query switch
    {
        Query.Term or Query.Near or Query.Pattern or Query.LinksTo or Query.OnChannel => true,
        Query.All all => all.Parts.Any(NeedsWord),
        Query.Any any => any.Parts.All(NeedsWord),
        Query.Piece piece => NeedsWord(piece.Means),
        _ => false,
    };

    private static void OfEach(IReadOnlyList<Query> parts, QueryNotes notes)
    {
        foreach (var part in parts.Where(part => part is Query.All or Query.Any or Query.Not))
        {
            Of(part, notes);
        }
    }

    private static void OfTwice(IEnumerable<Query> parts, QueryNotes notes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in parts.Where(part => QueryContradictions.Sense(part) is { } sense && !seen.Add(sense)))
        {
            notes.Warning(part.At, $"has {Quoted.Of(notes.Of(part.At))} twice", "Once is enough: take one away.");
        }
    }

    /// <summary>The parts of a group inside a group of the same kind are as good as its own.</summary>
    private static IEnumerable<Query> Flat<T>(Query part) => part is not T ? [part] : part switch
    {
        Query.All all => all.Parts.SelectMany(Flat<T>),
        Query.Any any => any.Parts.SelectMany(Flat<T>),
        _ => [part],
    };
}
