using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching.Queries;

/// <summary>
/// Whether every text in which one term is found has another one too. Says so only where it is sure: of words of letters and digits, and of terms that are the
/// same. "nimbus computers" has "nimbus"; "#nimbus" has "nimbus", not the other way round.
/// </summary>
/// <param name="languages">In which the first is inflected.</param>
/// <param name="others">In which the other is.</param>
internal sealed class TermImplication(IReadOnlyList<string> languages, IReadOnlyList<string> others)
{
    /// <summary>Letters from here on may be of writing without spaces.</summary>
    private const char BeyondSpaced = '\u0E00';

    /// <summary>"t" after a word may be the rest of "can't", which has no "can".</summary>
    private const string RestOfNot = "t";

    public bool Holds(Query.Term term, Query.Term other)
    {
        if (IsSame(term, other))
        {
            return true;
        }
        if (other.Words.Count == 0 || !term.Words.All(IsPlain) || !other.Words.All(IsPlain))
        {
            return false;
        }
        return Enumerable.Range(0, Math.Max(0, term.Words.Count - other.Words.Count + 1)).Any(at => HoldsAt(term.Words, at, other.Words));
    }

    private bool IsSame(Query.Term term, Query.Term other) =>
        term.Words.Count > 0 && term.Words.Count == other.Words.Count
        && term.Words.Zip(other.Words).All(pair => pair.First.Form == pair.Second.Form && Folding.Fold(pair.First.Text) == Folding.Fold(pair.Second.Text)
            && (pair.First.Form != WordForm.Inflected || languages.Order(StringComparer.Ordinal).SequenceEqual(others.Order(StringComparer.Ordinal), StringComparer.Ordinal)));

    private bool HoldsAt(IReadOnlyList<TermWord> words, int at, IReadOnlyList<TermWord> wanted)
    {
        for (var i = 0; i < wanted.Count; i++)
        {
            if (!Holds(words[at + i], wanted[i]))
            {
                return false;
            }
        }
        var end = at + wanted.Count;
        return end == words.Count || wanted[^1].Form == WordForm.Begins || !MayBeRestOfNot(words[end]);
    }

    private static bool MayBeRestOfNot(TermWord next) => next.Form == WordForm.Begins ? true : Folding.Fold(next.Text) == RestOfNot;

    private bool Holds(TermWord word, TermWord wanted)
    {
        if (HasSign(wanted))
        {
            return word.Form == wanted.Form && Folding.Fold(word.Text) == Folding.Fold(wanted.Text) && word.Form != WordForm.Inflected;
        }
        var ways = WaysOf(word, languages);
        return wanted.Form == WordForm.Begins
            ? Bare(wanted) is var begin && ways.All(way => way.StartsWith(begin, StringComparison.Ordinal))
            : word.Form != WordForm.Begins && ways.All(WaysOf(wanted, others).Contains);
    }

    private static HashSet<string> WaysOf(TermWord word, IReadOnlyList<string> languages) =>
        word.Form == WordForm.Inflected ? [.. WatchTerms.FormsOf(word.Text, languages).Select(Folding.Fold)] : [Bare(word)];

    private static string Bare(TermWord word) => Folding.Fold(HasSign(word) ? word.Text[1..] : word.Text);

    private static bool HasSign(TermWord word) => word.Text.Length > 0 && word.Text[0] is '#' or '@';

    private static bool IsPlain(TermWord word) =>
        (HasSign(word) ? word.Text.AsSpan(1) : word.Text) is { Length: > 0 } letters && IsPlain(letters) && IsPlain(Folding.Fold(letters.ToString())) && !(HasSign(word) && word.Form == WordForm.Inflected);

    private static bool IsPlain(ReadOnlySpan<char> letters)
    {
        foreach (var letter in letters)
        {
            if (!char.IsLetterOrDigit(letter) || letter >= BeyondSpaced)
            {
                return false;
            }
        }
        return true;
    }
}
