namespace ListeningBot.Core.Text;

/// <summary>The inflected forms of one language's words, all folded.</summary>
internal sealed class FormTable
{
    private const int ShortestStem = 3;
    private const int MostPrefixes = 2;
    private readonly FormTableFile _file;

    /// <summary>From a form that no rule makes to the words it is a form of, with and without what stands before the stem.</summary>
    private readonly ILookup<string, string> _own;

    /// <summary>Longest first: "zurueck" before "zu".</summary>
    private readonly (string Prefix, bool Splits)[] _prefixes;

    public FormTable(string language)
    {
        _file = FormTableFile.ReadEmbedded(language);
        _own = _file.Words.SelectMany(entry => entry.Value.Own.SelectMany(own => new[] { (own.Before + own.After, entry.Key), (own.After, entry.Key) }))
            .Distinct().ToLookup(pair => pair.Item1, pair => pair.Key, StringComparer.Ordinal);
        _prefixes = [.. _file.Split.Select(prefix => (prefix, true)).Concat(_file.Prefixes.Select(prefix => (prefix, false))).OrderByDescending(prefix => prefix.Item1.Length)];
    }

    /// <summary>The word stands in the table, or is a form of one that does.</summary>
    public bool Knows(string word) => IsListed(word) || BasesOf(word).Count > 0;

    /// <summary>Words that only this language has end like that.</summary>
    public bool LooksLikeIt(string word) => word.Length > ShortestStem + 2 && _file.Endings.Exists(ending => ending.Fits(word));

    /// <summary>All forms, the word itself first.</summary>
    public IReadOnlyList<string> Of(string word)
    {
        var bases = IsListed(word) ? [word] : BasesOf(word);
        var from = bases.Count switch
        {
            1 => bases[0],
            0 => Guess(word),
            _ => null,
        };
        return from is null ? [word] : [.. FormsOf(from).Select(form => form.Before + form.After).Prepend(from).Prepend(word).Distinct(StringComparer.Ordinal)];
    }

    private bool IsListed(string word) => _file.Words.ContainsKey(word) || (Parts(word, MostPrefixes) is { } parts && IsListed(parts.Core));

    private string Guess(string word) =>
        _file.Guesses.Find(guess => guess.Fits(word) && word.Length - guess.Tail.Length >= ShortestStem - 1)?.Of(word).First().After ?? word;

    private IEnumerable<Affix> FormsOf(string word)
    {
        if (_file.Words.TryGetValue(word, out var entry))
        {
            return entry.Own.Concat(entry.Groups.SelectMany(group => ByRule(group, word)));
        }
        return Parts(word, MostPrefixes) is { } parts ? Prefixed(parts.Prefix, parts.Splits, parts.Core) : _file.Unlisted.SelectMany(group => ByRule(group, word));
    }

    private IEnumerable<Affix> Prefixed(string prefix, bool splits, string rest)
    {
        var forms = FormsOf(rest).Select(form => splits ? new Affix("", prefix + form.Before + form.After) : new Affix("", prefix + form.After));
        return splits ? forms.Append(new Affix("", prefix + "zu" + rest)) : forms;
    }

    private IEnumerable<Affix> ByRule(string group, string word) =>
        _file.Groups.TryGetValue(group, out var rules) && rules.Find(rule => rule.Fits(word)) is { } rule ? rule.Of(word) : [];

    /// <summary>"zurueck" and "geben". What is left must be known, or be a verb of a language whose participles have a prefix of their own.</summary>
    private (string Prefix, bool Splits, string Core)? Parts(string word, int deep)
    {
        if (deep == 0)
        {
            return null;
        }
        foreach (var (prefix, splits) in _prefixes)
        {
            if (word.Length >= prefix.Length + ShortestStem && word.StartsWith(prefix, StringComparison.Ordinal)
                && word[prefix.Length..] is var rest && (_file.Words.ContainsKey(rest) || Parts(rest, deep - 1) is not null || IsUnlistedVerb(rest)))
            {
                return (prefix, splits, rest);
            }
        }
        return null;
    }

    private bool IsUnlistedVerb(string rest) => _file.Split.Count > 0 && rest.Length >= ShortestStem + 2 && rest.EndsWith('n') && ByRule("verb", rest).Any();

    private List<string> BasesOf(string form)
    {
        var bases = _own[form].Concat(_file.Groups.Values.SelectMany(rules => rules).SelectMany(rule => rule.Sources(form)))
            .Concat(_prefixes.Where(known => form.StartsWith(known.Prefix, StringComparison.Ordinal)).SelectMany(known => Under(known.Prefix, form)));
        return [.. bases.Distinct(StringComparer.Ordinal).Where(word => IsListed(word) && FormsOf(word).Any(made => form == made.Before + made.After))];
    }

    private IEnumerable<string> Under(string prefix, string form) => _own[form[prefix.Length..]].Select(word => prefix + word);
}
