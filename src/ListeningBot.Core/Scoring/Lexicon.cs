using System.Collections.Concurrent;

namespace ListeningBot.Core.Scoring;

/// <summary>What one phrase means.</summary>
internal struct Meaning
{
    /// <summary>-4..4.</summary>
    public float Valence;
    public ulong Cues;

    /// <summary>What follows is said anew: "and", "when".</summary>
    public bool Joins;
    public readonly bool IsNothing => Valence == 0 && Cues == 0;
    public readonly bool IsAspectOnly => Valence == 0 && Cues != 0 && (Cues & ~Scoring.Cues.Aspects) == 0;
}

/// <summary>The words and phrases of one language, in one table: a tree of words, each step one lookup by hash.</summary>
internal sealed class Lexicon
{
    private const int Root = 0;

    // The sections that are no cue: where a "not" ends, and one that denies nothing behind it.
    private const string Joining = "joining";
    private const string NoFurther = "no further";
    private const string AnyNumber = "#";
    private const string AnyOrdinal = "#th";
    private static readonly ConcurrentDictionary<string, Lexicon> s_built = new(StringComparer.Ordinal);
    /// <summary>English first: it goes first in a tie.</summary>
    public static readonly string[] Languages = ["en", "de", "fr", "es", "it", "pt", "nl"];
    private readonly WordTable _words = new(4096);
    private readonly StepTable _steps = new(16384);
    private readonly List<Meaning> _building = [default];
    private readonly PieceList _pieces = new();
    private readonly Dictionary<string, int[]> _parts = new(StringComparer.Ordinal);
    private Meaning[] _meanings = [];
    private int[] _alone = [];
    private int _number;
    private int _ordinal;

    /// <summary>The lexicon of this language; English for a language that has none, since its loanwords and emoji are all we know.</summary>
    public static Lexicon Of(string lang) => s_built.GetOrAdd(Array.IndexOf(Languages, lang) >= 0 ? lang : "en", Build);

    public static Lexicon Build(string lang)
    {
        var lexicon = new Lexicon();
        lexicon._number = lexicon.WordNumber("#"u8);
        lexicon._ordinal = lexicon.WordNumber("#th"u8);
        foreach (var name in LexiconFile.Names.Where(name => name.EndsWith($".{lang}.txt", StringComparison.Ordinal) || name.EndsWith(".all.txt", StringComparison.Ordinal)))
        {
            lexicon.Add(name, LexiconFile.ReadEmbedded(name));
        }
        lexicon._meanings = [.. lexicon._building];
        lexicon._alone = [.. Enumerable.Range(0, lexicon._words.Count).Select(word => lexicon._steps.Find(Root, word))];
        lexicon._parts.Clear();
        lexicon._building.Clear();
        return lexicon;
    }

    public ref readonly Meaning this[int node] => ref _meanings[node];

    /// <summary>The number of a folded word, or -1.</summary>
    public int Find(ReadOnlySpan<byte> folded, uint hash) => _words.Find(folded, hash);

    /// <summary>The node that this word leads to, or -1. The root is 0.</summary>
    public int Step(int node, int word) => node == Root ? _alone[word] : _steps.Find(node, word);

    /// <summary>The node that any number (or ordinal) leads to, or -1.</summary>
    public int StepByNumber(int node, bool ordinal) => _steps.Find(node, ordinal ? _ordinal : _number);

    private void Add(string file, List<LexiconLine> lines)
    {
        var (section, cues) = ("", 0UL);
        foreach (var line in lines)
        {
            if (!ReferenceEquals(section, line.Section))
            {
                (section, cues) = (line.Section, CuesOf(file, line));
            }
            Add(file, line, line.Phrase, cues);
            if (line.Phrase.Contains("n't", StringComparison.Ordinal))
            {
                Add(file, line, line.Phrase.Replace("n't", "nt", StringComparison.Ordinal), cues);
            }
        }
    }

    private void Add(string file, LexiconLine line, string phrase, ulong cues)
    {
        var node = NodeOf(phrase);
        if (node == Root)
        {
            throw new FormatException($"Lexicon {file}, line {line.Line}: \"{phrase}\" has a part that is no word; leave it out.");
        }
        var meaning = _building[node];
        meaning.Valence = line.Value is { } value ? (float)value : meaning.Valence;
        meaning.Cues |= cues;
        meaning.Joins |= line.Section == Joining;
        _building[node] = meaning;
    }

    private static ulong CuesOf(string file, LexiconLine line) => line.Section switch
    {
        "" or Joining => 0,
        NoFurther => Cues.Mask(Cue.Negator, Cue.Idiom),
        _ => CueOf(file, line).Bit(),
    };

    private static Cue CueOf(string file, LexiconLine line)
    {
        var name = (file.StartsWith("aspects.", StringComparison.Ordinal) ? "Aspect" : "") + line.Section.Replace(" ", "", StringComparison.Ordinal);
        return Enum.TryParse<Cue>(name, ignoreCase: true, out var cue) ? cue : throw new FormatException($"Lexicon {file}, line {line.Line}: nobody knows the section [{line.Section}].");
    }

    /// <summary>The root when some part of the phrase is no word.</summary>
    private int NodeOf(string phrase)
    {
        var node = Root;
        foreach (var range in phrase.AsSpan().Split(' '))
        {
            var part = phrase.AsSpan(range);
            if (part.IsEmpty)
            {
                continue;
            }
            var words = WordsOf(part);
            if (words.Length == 0)
            {
                return Root;
            }
            foreach (var word in words)
            {
                node = NodeAfter(node, word);
            }
        }
        return node;
    }

    /// <summary>A part without a space may still be several words ("rip-off"). The same parts come again and again: each is read once.</summary>
    private int[] WordsOf(ReadOnlySpan<char> part)
    {
        var known = _parts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(part, out var words))
        {
            words = part is AnyNumber ? [_number] : part is AnyOrdinal ? [_ordinal] : ReadWords(part);
            known[part] = words;
        }
        return words;
    }

    private int[] ReadWords(ReadOnlySpan<char> part)
    {
        _pieces.Read(part);
        var words = new List<int>();
        for (var i = 0; i < _pieces.Count; i++)
        {
            ref var piece = ref _pieces[i];
            if (piece.FoldLength > 0)
            {
                words.Add(WordNumber(_pieces.Folded(piece)));
            }
        }
        return [.. words];
    }

    private int WordNumber(ReadOnlySpan<byte> folded) => _words.Add(folded, LookupForm.Hash(folded));

    private int NodeAfter(int node, int word)
    {
        var next = _steps.Find(node, word);
        if (next < 0)
        {
            next = _building.Count;
            _building.Add(default);
            _steps.Add(node, word, next);
        }
        return next;
    }
}
