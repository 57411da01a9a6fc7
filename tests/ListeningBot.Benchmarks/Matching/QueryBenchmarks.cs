using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using ListeningBot.Core.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Benchmarks.Matching;

/// <summary>
/// Which of two hundred posts fit any of a thousand queries (AND, OR, NOT, NEAR, beginnings). Rivals get the posts as strings, already decoded. Times are for one
/// post. They miss what ours finds in hashtags and under accents, except where it says so. The best usual way looks for the words that queries can't do without by SearchValues, and asks only the queries that have one of those.
/// </summary>
[MemoryDiagnoser, MinColumn]
public class QueryBenchmarks
{
    private const int Count = 200;
    private const int Queries = 1_000;
    private readonly byte[][] _posts = MadeUpPosts.Posts(Count);
    private readonly int[] _edges = new int[WordEdges.Room(MadeUpPosts.Length)];
    private readonly HashedToken[] _tokens = new HashedToken[HashedTokens.Room(MadeUpPosts.Length)];
    private string[] _strings = [];
    private IReadOnlyList<Query> _queries = [];
    private WatchSet _watches = WatchSet.Build([], Ours.Nobody);
    private Regex[] _regexes = [];
    private SearchValues<string>? _anchors;
    private Dictionary<string, List<Query>>.AlternateLookup<ReadOnlySpan<char>> _byAnchor;

    [GlobalSetup]
    public void Setup()
    {
        _strings = [.. _posts.Select(Encoding.UTF8.GetString)];
        _queries = QueryWatches.Queries(Queries);
        _watches = QueryWatches.Compiled(_queries);
        _regexes = [.. _queries.Select(QueryRivals.AsRegex)];
        var byAnchor = new Dictionary<string, List<Query>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (query, anchor) in _queries.SelectMany(query => QueryRivals.Anchors(query).Select(anchor => (query, anchor))))
        {
            byAnchor.TryAdd(anchor, []);
            byAnchor[anchor].Add(query);
        }
        _byAnchor = byAnchor.GetAlternateLookup<ReadOnlySpan<char>>();
        _anchors = SearchValues.Create([.. byAnchor.Keys], StringComparison.OrdinalIgnoreCase);
        Console.WriteLine($"// of {Count} posts match: ours {Ours1000Queries()}, SearchValues {SearchValuesAndDictionary()} and with the same answers {SearchValuesWithSameAnswers()}, Contains {ContainsInALoop()}, regex {CompiledRegexes()}");
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public int TokenisingAlone() => _posts.Sum(post => HashedTokens.Read(post, _edges, _tokens));

    [Benchmark(OperationsPerInvoke = Count)]
    public int Ours1000Queries() => _posts.Count(post => _watches.Matches(post, "posts"));

    [Benchmark(OperationsPerInvoke = Count)]
    public int OursWithPlaces() => _posts.Sum(post => _watches.Find(post, "posts").Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public int SearchValuesAndDictionary() => _strings.Count(HasAnyByAnchor);

    /// <summary>The same from the bytes as they come, made to find what ours finds: accents are stripped, full-width forms made plain, hashtags taken apart.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int SearchValuesWithSameAnswers() => _posts.Count(post => HasAnyByAnchor(QueryRivals.Plain(Encoding.UTF8.GetString(post))));

    [Benchmark(OperationsPerInvoke = Count)]
    public int ContainsInALoop() => _strings.Count(text => _queries.Any(query => QueryRivals.IsTrue(query, text)));

    [Benchmark(OperationsPerInvoke = Count)]
    public int CompiledRegexes() => _strings.Count(text => Array.Exists(_regexes, regex => regex.IsMatch(text)));

    /// <summary>An anchor may be how a longer word begins: each length is looked up.</summary>
    private bool HasAnyByAnchor(string text)
    {
        for (var at = 0; text.AsSpan(at).IndexOfAny(_anchors!) is >= 0 and var found; at += found + 1)
        {
            var start = at + found;
            if (start == 0 || !char.IsLetterOrDigit(text[start - 1]))
            {
                for (var end = start + 1; end <= text.Length && char.IsLetterOrDigit(text[end - 1]); end++)
                {
                    if (_byAnchor.TryGetValue(text.AsSpan(start..end), out var queries) && queries.Exists(query => QueryRivals.IsTrue(query, text)))
                    {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
