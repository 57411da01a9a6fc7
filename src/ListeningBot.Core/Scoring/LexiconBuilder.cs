namespace ListeningBot.Core.Scoring;

/// <summary>
/// Makes the tree of a lexicon from its files. All alternatives of a phrase are walked at once, place by place: to write out the hundred thousand phrases and read each one took a start half a second.
/// </summary>
internal sealed class LexiconBuilder
{
    // The sections that are no cue: where a "not" ends, and one that denies nothing behind it.
    private const string Joining = "joining";
    private const string NoFurther = "no further";
    private readonly WordTable _words = new(4096);
    private readonly StepTable _steps = new(16384);
    private readonly List<ushort> _meant = [0];
    private readonly List<Meaning> _meanings = [default];
    private readonly Dictionary<Meaning, ushort> _numbers = new() { [default] = 0 };
    private readonly Dictionary<string, int[]> _parts = new(StringComparer.Ordinal);
    private readonly PieceList _pieces = new();
    private List<int> _begun = [];

    /// <summary>To where the ways through the phrase led so far.</summary>
    private List<int> _ends = [];

    /// <summary>Throws <see cref="FormatException"/> with the file, the line and the cure.</summary>
    public Lexicon Build(IEnumerable<(string Name, List<LexiconLine> Lines)> files)
    {
        _parts[Lexicon.AnyNumber] = [WordNumber("#"u8)];
        _parts[Lexicon.AnyOrdinal] = [WordNumber("#th"u8)];
        foreach (var (name, lines) in files)
        {
            Add(name, lines);
        }
        return new Lexicon(_words, _steps, [.. _meant], [.. _meanings]);
    }

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
        if (!Walk(phrase))
        {
            throw new FormatException($"Lexicon {file}, line {line.Line}: \"{phrase}\" has a part that is no word; leave it out.");
        }
        foreach (var node in _ends)
        {
            var meaning = _meanings[_meant[node]];
            _meant[node] = NumberOf(meaning with
            {
                Valence = line.Value is { } value ? (float)value : meaning.Valence,
                Cues = meaning.Cues | cues,
                Joins = meaning.Joins || line.Section == Joining,
            });
        }
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

    private ushort NumberOf(Meaning meaning)
    {
        if (!_numbers.TryGetValue(meaning, out var number))
        {
            number = checked((ushort)_meanings.Count);
            _meanings.Add(meaning);
            _numbers.Add(meaning, number);
        }
        return number;
    }

    /// <summary>False when some part of the phrase is no word, or one of its ways is through no word at all.</summary>
    private bool Walk(string phrase)
    {
        _ends.Clear();
        _ends.Add(Lexicon.Root);
        foreach (var place in phrase.AsSpan().Split(' '))
        {
            var ways = phrase.AsSpan(place);
            if (ways.IsEmpty)
            {
                continue;
            }
            (_begun, _ends) = (_ends, _begun);
            _ends.Clear();
            foreach (var way in ways.Split('|'))
            {
                if (!Walk(ways[way]))
                {
                    return false;
                }
            }
        }
        return !_ends.Contains(Lexicon.Root);
    }

    private bool Walk(ReadOnlySpan<char> way)
    {
        if (way is LexiconFile.None)
        {
            _ends.AddRange(_begun);
            return true;
        }
        var words = WordsOf(way);
        foreach (var begun in _begun)
        {
            var node = begun;
            foreach (var word in words)
            {
                node = NodeAfter(node, word);
            }
            _ends.Add(node);
        }
        return words.Length > 0;
    }

    /// <summary>A part without a space may still be several words ("rip-off"). The same parts come again and again: each is read once.</summary>
    private int[] WordsOf(ReadOnlySpan<char> part)
    {
        var known = _parts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(part, out var words))
        {
            words = ReadWords(part);
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
            next = _meant.Count;
            _meant.Add(0);
            _steps.Add(node, word, next);
        }
        return next;
    }
}
