using System.Text.RegularExpressions;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Benchmarks.Scoring;

/// <summary>The usual way: split by Regex, lower case strings, dictionaries; negation and boosters of the last three words, capitals, exclamation marks. Over our lexicon.</summary>
internal sealed partial class VaderLike
{
    private static readonly HashSet<string> s_negations = ["not", "no", "never", "none", "without", "hardly", "can't", "don't", "doesn't", "didn't", "isn't", "wasn't", "won't", "hasn't", "haven't"];
    private static readonly Dictionary<string, double> s_boosters = new(StringComparer.Ordinal)
    {
        ["very"] = 0.293,
        ["really"] = 0.293,
        ["so"] = 0.293,
        ["extremely"] = 0.293,
        ["totally"] = 0.293,
        ["slightly"] = -0.293,
        ["somewhat"] = -0.293,
        ["kinda"] = -0.293,
    };
    private readonly Dictionary<string, double> _valence = LexiconFile.ReadEmbedded("valence.en.txt").Concat(LexiconFile.ReadEmbedded("valence.all.txt"))
        .SelectMany(line => line.Phrases, (line, phrase) => (phrase, line.Value)).ToDictionary(known => known.phrase, known => known.Value ?? 0, StringComparer.Ordinal);

    public double Compound(string text)
    {
        var words = Space().Split(text).Select(word => word.Trim('.', ',', '!', '?', ';', ':', '"', '(', ')')).Where(word => word.Length > 0).ToList();
        var mixed = words.Any(word => word == word.ToUpperInvariant()) && words.Any(word => word != word.ToUpperInvariant());
        var sentiments = new List<double>();
        for (var i = 0; i < words.Count; i++)
        {
            sentiments.Add(Valence(words, i, mixed));
        }
        var but = words.FindIndex(word => word.Equals("but", StringComparison.OrdinalIgnoreCase));
        for (var i = 0; but >= 0 && i < sentiments.Count; i++)
        {
            sentiments[i] *= i < but ? 0.5 : i > but ? 1.5 : 1;
        }
        var sum = sentiments.Sum() + 0.292 * Math.Min(4, text.Count(c => c == '!'));
        return sum / Math.Sqrt(sum * sum + 15);
    }

    private double Valence(List<string> words, int at, bool mixed)
    {
        var word = words[at].ToLowerInvariant();
        if (!_valence.TryGetValue(word, out var valence))
        {
            return 0;
        }
        valence += mixed && words[at] == words[at].ToUpperInvariant() ? Math.Sign(valence) * 0.733 : 0;
        for (var back = 1; back <= 3 && at - back >= 0; back++)
        {
            var before = words[at - back].ToLowerInvariant();
            if (s_boosters.TryGetValue(before, out var boost))
            {
                valence += Math.Sign(valence) * boost * (1 - 0.05 * (back - 1));
            }
            if (s_negations.Contains(before))
            {
                valence *= -0.74;
            }
        }
        return valence;
    }

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture)]
    private static partial Regex Space();
}
