using System.Collections.Frozen;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Watching;

/// <summary>Which watches must be asked once a term is found.</summary>
internal sealed class TermCovers
{
    /// <summary>An everyday word stands in more posts than any other; it is taken as if so many watches asked for it.</summary>
    private const int ByEverybody = 1000;
    private static readonly FrozenSet<string> Everyday = LatinWords.Small.SelectMany(words => words.Split(' ')).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private readonly int[] _starts;
    private readonly int[] _watches;

    /// <param name="covers">Of each watch.</param>
    /// <param name="nodes">How many nodes the tree of terms has.</param>
    public TermCovers(IReadOnlyList<Cover?> covers, Questions questions, int nodes)
    {
        Uncovered = [.. Enumerable.Range(0, covers.Count).Where(watch => covers[watch] is null)];
        _starts = new int[nodes + 1];
        var asked = new int[nodes];
        for (var i = 0; i < questions.Terms.Length; i++)
        {
            asked[questions.Terms[i]] += Everyday.Contains(questions.Texts[i]) ? ByEverybody : 1;
        }
        var chosen = covers.Select(cover => cover?.Choose(questions, asked).Ranges ?? []).ToList();
        ForEach(chosen, questions, (term, _) => _starts[term + 1]++);
        for (var i = 0; i < nodes; i++)
        {
            _starts[i + 1] += _starts[i];
        }
        _watches = new int[_starts[nodes]];
        var next = _starts[..nodes];
        ForEach(chosen, questions, (term, watch) => _watches[next[term]++] = watch);
    }

    /// <summary>The watches that must be asked about every text.</summary>
    public int[] Uncovered { get; }

    /// <summary>The terms that stand for any watch.</summary>
    public IReadOnlyList<int> Terms => [.. Enumerable.Range(0, _starts.Length - 1).Where(term => _starts[term] < _starts[term + 1])];

    public ReadOnlySpan<int> WatchesOf(int term) => _watches.AsSpan(_starts[term].._starts[term + 1]);

    private static void ForEach(IReadOnlyList<IReadOnlyList<TermRange>> chosen, Questions questions, Action<int, int> termAndWatch)
    {
        for (var watch = 0; watch < chosen.Count; watch++)
        {
            foreach (var range in chosen[watch])
            {
                foreach (var term in questions.TermsOf(range))
                {
                    termAndWatch(term, watch);
                }
            }
        }
    }
}
