using System.Text;
using System.Text.RegularExpressions;
using BenchmarkDotNet.Attributes;
using ListeningBot.Core.Watching;

namespace ListeningBot.Benchmarks.Matching;

/// <summary>The usual ways, beside the matcher, over a hundred posts. Times are for one post.</summary>
[MemoryDiagnoser, MinColumn]
public class SlowRivalsBenchmarks
{
    private const int Count = 100;
    private byte[][] _posts = [];
    private string[] _strings = [];
    private string[] _terms = [];
    private WatchSet _watches = WatchSet.Build([], Ours.Nobody);
    private Regex _regex = new("");

    [Params(10, 1_000)]
    public int Words { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _posts = MadeUpPosts.Posts(Count);
        _strings = [.. _posts.Select(Encoding.UTF8.GetString)];
        _terms = MadeUpPosts.Terms(Words);
        _watches = WatchSet.Build([.. _terms.Select((term, i) => new Watch { Name = "w" + i, Team = "care", Find = [term] })], Ours.Nobody);
        _regex = new Regex($@"\b(?:{string.Join('|', _terms.Select(Regex.Escape))})\b", RegexOptions.Compiled | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Count)]
    public int Matches() => _posts.Count(post => _watches.Matches(post, "posts"));

    [Benchmark(OperationsPerInvoke = Count)]
    public int CompiledRegex() => _strings.Count(_regex.IsMatch);

    /// <summary>Does not even ask for whole words.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int ContainsInALoop() => _strings.Count(text => Array.Exists(_terms, term => text.Contains(term, StringComparison.OrdinalIgnoreCase)));
}
