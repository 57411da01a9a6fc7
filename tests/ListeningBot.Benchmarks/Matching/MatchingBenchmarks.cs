using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;

namespace ListeningBot.Benchmarks.Matching;

/// <summary>
/// Which of a thousand posts hold any of these words, one watch a word where there are up to a thousand. Rivals get the posts as strings, already decoded,
/// and find neither accents nor full-width forms. Times are for one post. Slower rivals: <see cref="SlowRivalsBenchmarks"/>.
/// </summary>
[MemoryDiagnoser, MinColumn]
public class MatchingBenchmarks
{
    private const int Count = 1_000;
    private byte[][] _posts = [];
    private string[] _strings = [];
    private string[] _terms = [];
    private WatchSet _watches = WatchSet.Build([], Ours.Nobody);
    private SearchValues<string>? _search;
    private HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly int[] _edges = new int[WordEdges.Room(MadeUpPosts.Length)];
    private readonly HashedToken[] _tokens = new HashedToken[HashedTokens.Room(MadeUpPosts.Length)];

    [Params(10, 1_000, 10_000, 100_000)]
    public int Words { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _posts = MadeUpPosts.Posts(Count);
        _strings = [.. _posts.Select(Encoding.UTF8.GetString)];
        _terms = MadeUpPosts.Terms(Words);
        _watches = WatchSet.Build([.. _terms.Chunk(Math.Max(1, Words / 1_000)).Select((find, i) => new Watch { Name = "w" + i, Team = "care", Find = find })], Ours.Nobody);
        _search = SearchValues.Create(_terms, StringComparison.OrdinalIgnoreCase);
        _exact = _terms.ToHashSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
        Console.WriteLine($"// {Matches()} of {Count} posts match; by SearchValues {SearchValuesRival()}");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public int TokenisingAlone()
    {
        var tokens = 0;
        foreach (var post in _posts)
        {
            tokens += HashedTokens.Read(post, _edges, _tokens);
        }
        return tokens;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int WordEdgesAlone()
    {
        var edges = 0;
        foreach (var post in _posts)
        {
            edges += WordEdges.Find(post, _edges);
        }
        return edges;
    }

    /// <summary>The tokens for all other uses, with their kinds.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int WordsAlone()
    {
        var tokens = 0;
        foreach (var post in _posts)
        {
            foreach (var token in new Core.Text.Words(post))
            {
                tokens += token.Length;
            }
        }
        return tokens;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int Matches()
    {
        var matching = 0;
        foreach (var post in _posts)
        {
            matching += _watches.Matches(post, "posts") ? 1 : 0;
        }
        return matching;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int FindWithPlaces()
    {
        var matching = 0;
        foreach (var post in _posts)
        {
            matching += _watches.Find(post, "posts").Count > 0 ? 1 : 0;
        }
        return matching;
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public int SearchValuesRival()
    {
        var matching = 0;
        foreach (var text in _strings)
        {
            matching += HasWholeWord(text) ? 1 : 0;
        }
        return matching;
    }

    /// <summary>Terms have one word or two: is what stands here, up to the end of the first or the second word, one of them?</summary>
    private bool HasWholeWord(string text)
    {
        for (var at = 0; text.AsSpan(at).IndexOfAny(_search!) is >= 0 and var found; at += found + 1)
        {
            var start = at + found;
            if (start == 0 || !char.IsLetterOrDigit(text[start - 1]))
            {
                var first = EndOfWord(text, start);
                if (_exact.Contains(text.AsSpan(start, first - start)) || _exact.Contains(text.AsSpan(start, EndOfWord(text, Math.Min(first + 1, text.Length)) - start)))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length && char.IsLetterOrDigit(text[at]))
        {
            at++;
        }
        return at;
    }
}
