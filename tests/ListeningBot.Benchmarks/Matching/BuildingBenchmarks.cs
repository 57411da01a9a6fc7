using BenchmarkDotNet.Attributes;
using ListeningBot.Core.Watching;

namespace ListeningBot.Benchmarks.Matching;

/// <summary>What a changed configuration costs: all watches compiled anew.</summary>
[MemoryDiagnoser, MinColumn]
public class BuildingBenchmarks
{
    private Watch[] _watches = [];

    [Params(1_000, 100_000)]
    public int Words { get; set; }

    [GlobalSetup]
    public void Setup() =>
        _watches = [.. MadeUpPosts.Terms(Words).Chunk(100).Select((find, i) => new Watch { Name = "w" + i, Team = "care", Find = find })];

    [Benchmark]
    public WatchSet Build() => WatchSet.Build(_watches, Ours.Nobody);
}
