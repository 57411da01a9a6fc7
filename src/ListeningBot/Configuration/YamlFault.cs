using System.Text.RegularExpressions;

namespace ListeningBot.Configuration;

/// <summary>Says in a manager's words what YAML's own parser says in its own, and finds the slips that it words worst.</summary>
internal static partial class YamlFault
{
    private const string IndentCure = "Put keys that belong together right under each other, and each - right under the other.";

    /// <summary>What to say of a fault.</summary>
    /// <param name="text">Of the whole file.</param>
    public static (string What, string Cure) InWords(string message, Place place, string text)
    {
        var words = InWords(message);
        var line = Lines(text)[Math.Min(place.Line ?? 1, text.AsSpan().Count('\n') + 1) - 1];
        return words.Cure == IndentCure && place.Column > IndentOf(line) + 1 ? ("has text behind a closing quote, bracket or brace", "Take it away, or put the whole of it in quotes.") : words;
    }

    private static (string What, string Cure) InWords(string message) => Array.Find(Faults, f => message.Contains(f.Sign, StringComparison.Ordinal)) is { Sign.Length: > 0 } fault
        ? (fault.What, fault.Cure)
        : ("can't be read as YAML here", "Look at this line and the one before: two spaces for each step, a space after - and after :, text with : or # in quotes.");

    /// <summary>Where a line is indented with a tab, each line once.</summary>
    public static IEnumerable<Place> Tabs(string text, string file) => Lines(text)
        .Select((line, i) => (Number: i + 1, Tab: line[..^line.TrimStart(' ', '\t').Length].IndexOf('\t', StringComparison.Ordinal)))
        .Where(line => line.Tab >= 0)
        .Select(line => new Place(file, line.Number, line.Tab + 1));

    /// <summary>Where a #word inside a list makes a comment of the rest of its line, which leaves the list open.</summary>
    public static IEnumerable<Place> HashesInLists(string text, string file) => Lines(text)
        .Select((line, i) => (Number: i + 1, Hash: HashInList().Match(line)))
        .Where(line => line.Hash.Success)
        .Select(line => new Place(file, line.Number, line.Hash.Groups["hash"].Index + 1));

    /// <summary>Whether a fault lies inside the text of a query: behind its key, or on a line below that belongs to it.</summary>
    public static bool IsInQuery(string text, Place fault)
    {
        var lines = Lines(text);
        var at = Math.Min(fault.Line ?? 1, lines.Length) - 1;
        return QueryBegins(lines, at) is { } begins ? fault.Column > begins : LineAbove(lines, at) is { } above && QueryBegins(lines, above) is not null;
    }

    /// <summary>How many characters stand before the text of a query; null for a line that begins none.</summary>
    private static int? QueryBegins(string[] lines, int at) =>
        QueryKey().Match(lines[at]) is { Success: true } query ? query.Length
        : PieceKey().Match(lines[at]) is { Success: true } piece && LineAbove(lines, at) is { } above && lines[above].StartsWith("pieces:", StringComparison.Ordinal) ? piece.Length
        : null;

    /// <summary>The one that a line belongs to.</summary>
    private static int? LineAbove(string[] lines, int at)
    {
        var indent = IndentOf(lines[at]);
        while (--at >= 0)
        {
            if (lines[at].Length > 0 && IndentOf(lines[at]) < indent)
            {
                return at;
            }
        }
        return null;
    }

    private static int IndentOf(string line) => line.Length - line.TrimStart(' ').Length;

    /// <summary>Comments and empty lines as nothing.</summary>
    private static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd('\r')).Select(line => line.TrimStart(' ', '\t') is "" or ['#', ..] ? "" : line)];

    /// <summary>A # right after [ or a comma, neither inside quotes; "# " with a space is a comment that was meant.</summary>
    [GeneratedRegex("""^[^"'#]*(?:(?:"[^"]*"|'[^']*')[^"'#]*)*[\[,]\s*(?<hash>#)\w""", RegexOptions.NonBacktracking)]
    private static partial Regex HashInList();

    [GeneratedRegex("^ *(?:- +)?query *:", RegexOptions.NonBacktracking)]
    private static partial Regex QueryKey();

    [GeneratedRegex("^ +[^ :]+ *:", RegexOptions.NonBacktracking)]
    private static partial Regex PieceKey();

    private static readonly (string Sign, string What, string Cure)[] Faults =
    [
        ("cannot start any token", "has text that begins with a sign which YAML keeps for itself", "Put it in quotes: \"@nimbus\"."),
        ("unknown escape", "has a \\ in double quotes that YAML does not know", "Use single quotes: '...'."),
        ("quoted scalar", "has a quote that is not closed", "Close it with the same quote on the same line."),
        ("double-quoted", "has a quote that is not closed", "Close it with the same quote on the same line."),
        ("flow sequence", "has a list that is not closed, here or above", "Close it with ]."),
        ("flow mapping", "has a { that is not closed, here or above", "Close it with }, or put the text in quotes."),
        ("expected node content", "has a comma or bracket too many", "Take it away: [one, two]."),
        ("invalid mapping", "has a key where none can be", "Begin each key on its own line under its neighbours, look for a colon that is missing on the line before, and put text with a colon in quotes."),
        ("expected '-' indicator", "is indented unlike the lines above", IndentCure),
        ("expected key", "is indented unlike the lines above", IndentCure),
        ("expected '<document start>'", "is indented unlike the lines above", IndentCure),
    ];
}
