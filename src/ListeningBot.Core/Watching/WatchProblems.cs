using System.Text;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>What a manager should mend in a watch.</summary>
internal static class WatchProblems
{
    public static IEnumerable<string> Of(Watch watch)
    {
        if (watch.Find.Count == 0 && watch.Query is null && !watch.Everything)
        {
            yield return $"Watch \"{watch.Name}\" has nothing to find: give it words under find, or everything: true with channels.";
        }
        if (watch.Everything && watch.Channels.Count == 0)
        {
            yield return $"Watch \"{watch.Name}\" takes everything but names no channels: name those on which every post is meant for you.";
        }
        foreach (var problem in Of(watch, watch.Find, "find").Concat(Of(watch, watch.Exclude, "exclude")).Concat(Contradictions(watch)))
        {
            yield return problem;
        }
    }

    private static IEnumerable<string> Of(Watch watch, IReadOnlyList<string> terms, string list)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < terms.Count; i++)
        {
            var (term, where) = (terms[i], $"Watch \"{watch.Name}\", {list}, term {i + 1}");
            if (ProblemOf(term) is { } problem)
            {
                yield return $"{where} {problem}";
            }
            else if (!seen.TryAdd(Sense(term), term))
            {
                yield return $"{where} (\"{term}\") means the same as \"{seen[Sense(term)]}\" before it: remove one of them.";
            }
        }
    }

    private static IEnumerable<string> Contradictions(Watch watch)
    {
        var excluded = watch.Exclude.Where(term => ProblemOf(term) is null).ToLookup(Sense, StringComparer.Ordinal);
        return watch.Find.Where(term => ProblemOf(term) is null && excluded.Contains(Sense(term)))
            .Select(term => $"Watch \"{watch.Name}\" both finds and excludes \"{term}\", so it can never match by it: remove it from one list.");
    }

    private static string? ProblemOf(string term) =>
        string.IsNullOrWhiteSpace(term) ? "is empty: remove it."
        : term.Length > WatchTerms.MaxLength ? $"is {term.Length} characters long, more than {WatchTerms.MaxLength}: shorten it."
        : Sense(term).Length > 0 ? null
        : Folding.Fold(term).Any(c => !char.IsWhiteSpace(c)) ? $"(\"{term}\") is punctuation only and can't be found: use a word or an emoji."
        : "has only invisible characters: remove it.";

    /// <summary>Equal for terms that find the same.</summary>
    private static string Sense(string term)
    {
        var tokens = new HashedToken[HashedTokens.Room(WatchTerms.MaxLength * 4)];
        var sense = new StringBuilder();
        foreach (var word in WatchTerms.WordsOf(term))
        {
            var count = WatchTerms.Tokens(word.Text, tokens);
            for (var i = 0; i < count; i++)
            {
                sense.Append(tokens[i].HashByStanding).Append(' ');
            }
            sense.Append(count == 0 || word.Form == WordForm.Exact ? "" : word.Form == WordForm.Begins ? "* " : "~ ");
        }
        return sense.ToString();
    }
}
