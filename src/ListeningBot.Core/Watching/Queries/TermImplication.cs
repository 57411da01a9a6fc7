using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>
/// Whether every text in which one term is found has another one too. Says so only where it is sure: of words of letters and digits, and of terms that are the
/// same. "nimbus computers" has "nimbus"; "#nimbus" has "nimbus", not the other way round.
/// </summary>
/// <param name="languages">In which the first is inflected.</param>
/// <param name="others">In which the other is.</param>
/// <param name="words">Shared by many questions.</param>
internal sealed class TermImplication(IReadOnlyList<string> languages, IReadOnlyList<string> others, WordReadings words)
{
    /// <summary>"t" after a word may be the rest of "can't", which has no "can".</summary>
    private const string RestOfNot = "t";

    public bool Holds(Query.Term term, Query.Term other)
    {
        if (IsSame(term, other))
        {
            return true;
        }
        if (other.Words.Count == 0 || !term.Words.All(words.IsPlain) || !other.Words.All(words.IsPlain))
        {
            return false;
        }
        return Enumerable.Range(0, Math.Max(0, term.Words.Count - other.Words.Count + 1)).Any(at => HoldsAt(term.Words, at, other.Words));
    }

    private bool IsSame(Query.Term term, Query.Term other) =>
        term.Words.Count > 0 && term.Words.Count == other.Words.Count
        && term.Words.Zip(other.Words).All(pair => pair.First.Form == pair.Second.Form && words.Folded(pair.First.Text) == words.Folded(pair.Second.Text)
            && (pair.First.Form != WordForm.Inflected || languages.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal), StringComparer.Ordinal)));

    private bool HoldsAt(IReadOnlyList<TermWord> held, int at, IReadOnlyList<TermWord> wanted)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (!Holds(held[at + i], wanted[i]))
            {
                return false;
            }
        }
        var end = at + wanted.Count;
        return end == held.Count || wanted[^1].Form == WordForm.Begins || !MayBeRestOfNot(held[end]);
    }

    private bool MayBeRestOfNot(TermWord next) => next.Form == WordForm.Begins || words.Folded(next.Text) == RestOfNot;

    private bool Holds(TermWord word, TermWord wanted)
    {
        if (WordReadings.HasSign(wanted))
        {
            return word.Form == wanted.Form && words.Folded(word.Text) == words.Folded(wanted.Text);
        }
        var ways = words.WaysOf(word, languages);
        return wanted.Form == WordForm.Begins
            ? words.WaysOf(wanted, others).First() is var begin && ways.All(way => way.StartsWith(begin, StringComparison.Ordinal))
            : word.Form != WordForm.Begins && ways.IsSubsetOf(words.WaysOf(wanted, others));
    }
}

/// <summary>How words of terms are read, each once.</summary>
internal sealed class WordReadings
{
    /// <summary>Letters from here on may be of writing without spaces.</summary>
    private const char BeyondSpaced = '\u0E00';
    private readonly Dictionary<string, string> _folded = new(StringComparer.Ordinal);
    private readonly Dictionary<TermWord, bool> _plain = [];
    private readonly Dictionary<(TermWord, string), HashSet<string>> _ways = [];

    public static bool HasSign(TermWord word) => word.Text is ['#' or '@', ..];

    public string Folded(string text) => _folded.TryGetValue(text, out var folded) ? folded : _folded[text] = Folding.Fold(text);

    /// <summary>Letters and digits only, of writing with spaces, after a sign or none.</summary>
    public bool IsPlain(TermWord word) => _plain.TryGetValue(word, out var plain) ? plain : _plain[word] =
        Bare(word) is { Length: > 0 } letters && IsPlain(letters) && IsPlain(Folded(letters)) && !(HasSign(word) && word.Form == WordForm.Inflected);

    /// <summary>All that it finds, folded, without a sign; of "refund*" the beginning.</summary>
    public HashSet<string> WaysOf(TermWord word, IReadOnlyList<string> languages)
    {
        var key = (word, word.Form == WordForm.Inflected ? string.Join(' ', languages) : "");
        return _ways.TryGetValue(key, out var ways) ? ways
            : _ways[key] = word.Form == WordForm.Inflected ? [.. WatchTerms.FormsOf(word.Text, languages).Select(Folded)] : [Folded(Bare(word))];
    }

    private static string Bare(TermWord word) => HasSign(word) ? word.Text[1..] : word.Text;

    private static bool IsPlain(string letters) => letters.All(letter => char.IsLetterOrDigit(letter) && letter < BeyondSpaced);
}
