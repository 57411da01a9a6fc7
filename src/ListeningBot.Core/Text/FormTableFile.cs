using System.Text;

namespace ListeningBot.Core.Text;

/// <summary>What is written of one word: the groups of rules that it follows, and forms of its own.</summary>
internal sealed record FormEntry(string[] Groups, Affix[] Own);

/// <summary>
/// Reads Text/Forms/*.txt. "//" starts a comment. Sections:
/// <list type="bullet">
/// <item>[sets]: "name: ending ending"; "-" is no ending.</item>
/// <item>[rules GROUP]: "shape > form form", the first shape that fits counts. A form is what replaces the tail; "x@set" is x with each ending of the set,
/// "ge+t" puts "ge" before the whole.</item>
/// <item>[words GROUP GROUP]: words that follow these groups, several in a line; "word: form form" has forms of its own besides.</item>
/// <item>[unlisted]: the groups of words that stand nowhere. [endings]: shapes that only this language has, for when none is named.</item>
/// <item>[prefixes] before a verb, which drop "ge"; [split] keep it, and put "zu" between.</item>
/// <item>[guess]: "shape > tail": what a form of an unlisted word comes from.</item>
/// </list>
/// </summary>
internal sealed class FormTableFile
{
    private readonly Dictionary<string, string[]> _sets = new(StringComparer.Ordinal);

    public Dictionary<string, List<FormRule>> Groups { get; } = new(StringComparer.Ordinal);
    public Dictionary<string, FormEntry> Words { get; } = new(StringComparer.Ordinal);
    public List<FormRule> Guesses { get; } = [];
    public List<string> Unlisted { get; } = [];
    public List<FormRule> Endings { get; } = [];
    public List<string> Prefixes { get; } = [];
    public List<string> Split { get; } = [];

    public static FormTableFile ReadEmbedded(string language)
    {
        using var stream = typeof(FormTableFile).Assembly.GetManifestResourceStream($"Forms/{language}.txt")
            ?? throw new InvalidOperationException($"The word forms of {language} are not built into this program: build it again.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var file = new FormTableFile();
        string[] section = [""];
        while (reader.ReadLine() is { } line)
        {
            line = line.Split("//")[0].Trim();
            if (line.StartsWith('['))
            {
                section = Pieces(line[1..^1]);
            }
            else if (line.Length > 0)
            {
                file.Read(section, line);
            }
        }
        return file;
    }

    private void Read(string[] section, string line)
    {
        switch (section[0])
        {
            case "sets":
                var set = line.Split(':');
                _sets[set[0].Trim()] = [.. Pieces(set[1]).SelectMany(Ends)];
                break;
            case "rules":
                ReadRule(line, Group(section[1]));
                break;
            case "guess":
                ReadRule(line, Guesses);
                break;
            case "words":
                ReadWords(section[1..], line);
                break;
            case "endings":
                Endings.AddRange(Pieces(line).Select(shape => FormRule.Read(shape, [])));
                break;
            default:
                ListOf(section[0]).AddRange(Pieces(line).Select(Folding.Fold));
                break;
        }
    }

    private List<string> ListOf(string section) => section switch
    {
        "unlisted" => Unlisted,
        "prefixes" => Prefixes,
        "split" => Split,
        _ => throw new FormatException($"[{section}] is no section of a table of word forms."),
    };

    private List<FormRule> Group(string name)
    {
        if (!Groups.TryGetValue(name, out var rules))
        {
            Groups.Add(name, rules = []);
        }
        return rules;
    }

    private void ReadRule(string line, List<FormRule> into)
    {
        var sides = line.Split('>');
        into.Add(FormRule.Read(sides[0].Trim(), Affixes(sides[1])));
    }

    private void ReadWords(string[] groups, string line)
    {
        var sides = line.Split(':');
        var own = sides.Length > 1 ? Affixes(sides[1]) : [];
        foreach (var word in Pieces(sides[0]).Select(Folding.Fold))
        {
            Words[word] = Words.TryGetValue(word, out var known) ? new FormEntry([.. known.Groups.Union(groups)], [.. known.Own, .. own]) : new FormEntry(groups, own);
        }
    }

    private Affix[] Affixes(string text) => [.. Pieces(text).SelectMany(Affixes1)];

    private IEnumerable<Affix> Affixes1(string piece)
    {
        var plus = piece.IndexOf('+');
        var before = plus < 0 ? "" : Folding.Fold(piece[..plus]);
        return Ends(piece[(plus + 1)..]).Select(end => new Affix(before, end));
    }

    private IEnumerable<string> Ends(string piece)
    {
        var at = piece.IndexOf('@');
        var stem = at < 0 ? piece : piece[..at];
        stem = stem == "-" ? "" : Folding.Fold(stem);
        return at < 0 ? [stem] : _sets[piece[(at + 1)..]].Select(ending => stem + ending);
    }

    private static string[] Pieces(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
