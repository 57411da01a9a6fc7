namespace ListeningBot.Core.Pipeline;

/// <summary>How often a word stands in some posts and in others.</summary>
/// <param name="In">Posts of the kind that have it.</param>
/// <param name="Of">All posts of the kind.</param>
/// <param name="InOthers">Other posts that have it.</param>
public sealed record WordContrast(string Word, int In, int Of, int InOthers, int Others)
{
    /// <summary>By chance alone one search in a hundred may bring a word.</summary>
    private const double Chance = 0.01;

    /// <summary>
    /// The likelihood ratio G2 of a table of two by two: how much better two shares explain what is seen than one for all. 0 where the word is not more frequent in the
    /// posts of the kind than in the others.
    /// </summary>
    public double Strength
    {
        get
        {
            if (Of == 0 || Others == 0 || (double)In / Of <= (double)InOthers / Others)
            {
                return 0;
            }
            var share = (double)(In + InOthers) / (Of + Others);
            return 2 * (Part(In, Of * share) + Part(Of - In, Of * (1 - share)) + Part(InOthers, Others * share) + Part(Others - InOthers, Others * (1 - share)));
        }
    }

    /// <summary>The best, those first that tell most; each word once, alone or in a phrase.</summary>
    /// <param name="tried">How many words were looked at to find them: of very many, some look telling by chance.</param>
    public static IReadOnlyList<WordContrast> Best(IEnumerable<WordContrast> words, int tried, int most)
    {
        var enough = 2 * Math.Log(Math.Max(1, tried) / Chance);
        var (best, taken) = (new List<WordContrast>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var word in words.Where(word => word.Strength >= enough)
            .OrderByDescending(word => word.Strength).ThenByDescending(word => word.Word.Contains(' ', StringComparison.Ordinal)).ThenBy(word => word.Word, StringComparer.Ordinal))
        {
            if (best.Count < most && !word.Word.Split(' ').Any(taken.Contains))
            {
                best.Add(word);
                taken.UnionWith(word.Word.Split(' '));
            }
        }
        return best;
    }

    private static double Part(int seen, double expected) => seen == 0 ? 0 : seen * Math.Log(seen / expected);
}
