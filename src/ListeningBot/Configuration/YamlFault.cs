using System.Text.RegularExpressions;

namespace ListeningBot.Configuration;

/// <summary>Says in a manager's words what YAML's own parser says in its own, and finds the slips that it words worst.</summary>
internal static partial class YamlFault
{
    public static (string What, string Cure) InWords(string message) => Array.Find(Faults, f => message.Contains(f.Sign, StringComparison.Ordinal)) is { Sign.Length: > 0 } fault
        ? (fault.What, fault.Cure)
        : ("can't be read as YAML here", "Look at this line and the one before: two spaces for each step, a space after - and after :, text with : or # in quotes.");

    /// <summary>Adds a problem for each tab that indents, and each #word that would silently become a comment inside a list. True when there was any.</summary>
    public static bool SlipsAdded(string text, string file, Problems problems)
    {
        var line = 0;
        var before = problems.Count;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var words = content.TrimStart(" \t");
            if (words.IsEmpty || words[0] == '#')
            {
                continue;
            }
            if (content[..^words.Length].IndexOf('\t') is >= 0 and var tab)
            {
                problems.Add(new Place(file, line, tab + 1), "has a tab before its first word", "Indent with spaces, two for each step.");
            }
            if (HashInList().IsMatch(words))
            {
                problems.Add(new Place(file, line), "has a # in a list that makes a comment of the rest of the line", "Put the word in quotes: [\"#nimbus\"].");
            }
        }
        return problems.Count > before;
    }

    /// <summary>A # right after [ or a comma, neither inside quotes; "# " with a space is a comment that was meant.</summary>
    [GeneratedRegex("""^[^"'#]*(?:(?:"[^"]*"|'[^']*')[^"'#]*)*[\[,]\s*#\w""", RegexOptions.NonBacktracking)]
    private static partial Regex HashInList();

    private static readonly (string Sign, string What, string Cure)[] Faults =
    [
        ("cannot start any token", "has text that begins with a sign which YAML keeps for itself", "Put it in quotes: \"@nimbus\"."),
        ("unknown escape", "has a \\ in double quotes that YAML does not know", "Use single quotes: '...'."),
        ("quoted scalar", "has a quote that is not closed", "Close it with the same quote on the same line."),
        ("double-quoted", "has a quote that is not closed", "Close it with the same quote on the same line."),
        ("flow sequence", "has a list that is not closed, here or above", "Close it with ]."),
        ("flow mapping", "has a { that is not closed, here or above", "Close it with }, or put the text in quotes."),
        ("expected node content", "has a comma or bracket too many", "Take it away: [one, two]."),
        ("invalid mapping", "has a key where none can be", "Begin each key on its own line under its neighbours; put text with a colon in quotes."),
        ("expected '-' indicator", "is indented unlike the lines above", "Put keys that belong together right under each other, and each - right under the other."),
        ("expected key", "is indented unlike the lines above", "Put keys that belong together right under each other, and each - right under the other."),
        ("expected '<document start>'", "is indented unlike the lines above", "Put keys that belong together right under each other, and each - right under the other."),
    ];
}
