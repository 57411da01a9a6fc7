using System.Globalization;
using System.Text;

namespace ListeningBot.Core.Scoring;

/// <summary>One line of a lexicon: a phrase with its alternatives, under its section ("" before the first), with its number if it has one.</summary>
internal readonly record struct LexiconLine(string Section, string Phrase, double? Value, int Line)
{
    /// <summary>All phrases that it stands for.</summary>
    public IEnumerable<string> Phrases => Phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Aggregate((IEnumerable<string>)[""], (begun, place) => begun.SelectMany(_ => place.Split('|'), (phrase, way) => way == LexiconFile.None ? phrase : $"{phrase} {way}".TrimStart()));
}

/// <summary>
/// Reads the lexicon format. // starts a comment, [name] a section, every other line is a phrase, with a tab and a number where the file has numbers.
/// In a phrase a|b are alternatives at one place and ~ is none.
/// </summary>
internal static class LexiconFile
{
    public const int MostAlternatives = 4000;
    public const string None = "~";

    public static readonly string[] Names = [.. typeof(LexiconFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("Lexicons/", StringComparison.Ordinal)).Select(name => name["Lexicons/".Length..]).Order(StringComparer.Ordinal)];

    public static List<LexiconLine> ReadEmbedded(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        return Read(name, reader);
    }

    public static byte[] BytesOf(string name)
    {
        using var stream = Open(name);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static Stream Open(string name) => typeof(LexiconFile).Assembly.GetManifestResourceStream("Lexicons/" + name)
        ?? throw new InvalidOperationException($"The lexicon {name} is not built into this program: build it again.");

    /// <summary>Throws <see cref="FormatException"/> with the file, the line and the cure.</summary>
    public static List<LexiconLine> Read(string name, TextReader reader)
    {
        var lines = new List<LexiconLine>();
        var section = "";
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            var text = line.AsSpan().Trim();
            if (text.IsEmpty || text.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }
            if (text[0] == '[')
            {
                section = text[^1] == ']' && text.Length > 2 ? text[1..^1].ToString()
                    : throw Malformed(name, number, "a section must look like [name]");
                continue;
            }
            var tab = text.IndexOf('\t');
            var value = tab < 0 ? (double?)null : Number(name, number, text[(tab + 1)..]);
            var phrase = tab < 0 ? text : text[..tab];
            CheckAlternatives(name, number, phrase);
            lines.Add(new LexiconLine(section, phrase.ToString(), value, number));
        }
        return lines;
    }

    private static double Number(string name, int line, ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value
            : throw Malformed(name, line, $"\"{text}\" is not a number; write word, tab, number");

    private static void CheckAlternatives(string name, int line, ReadOnlySpan<char> phrase)
    {
        var alternatives = 1;
        foreach (var place in phrase.Split(' '))
        {
            var ways = phrase[place];
            if (!ways.Contains('|'))
            {
                continue;
            }
            if (ways[0] == '|' || ways[^1] == '|' || ways.Contains("||", StringComparison.Ordinal))
            {
                throw Malformed(name, line, "an alternative is empty; write ~ for none");
            }
            alternatives *= ways.Count('|') + 1;
            if (alternatives > MostAlternatives)
            {
                throw Malformed(name, line, $"more than {MostAlternatives} alternatives; make it several lines");
            }
        }
    }

    private static FormatException Malformed(string name, int line, string what) => new($"Lexicon {name}, line {line}: {what}.");
}
