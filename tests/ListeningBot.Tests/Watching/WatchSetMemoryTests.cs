using System.Text;
using ListeningBot.Core.Watching;
using ListeningBot.Tests.Support;

namespace ListeningBot.Tests.Watching;

/// <summary>The heap is the whole process's: nothing else may run beside it.</summary>
[CollectionDefinition(nameof(MeasuredHeap), DisableParallelization = true)]
public sealed class MeasuredHeap;

[Collection(nameof(MeasuredHeap))]
public sealed class WatchSetMemoryTests
{
    [Fact]
    public void A_hundred_thousand_words_fit_in_twenty_mebibytes()
    {
        var words = Enumerable.Range(0, 100_000).Select(i => "word" + (i * 7919L).ToString("x")).ToArray();
        var watch = Some.Watch("w", words);
        WatchSet.Build([watch], Ours.Nobody);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        var set = WatchSet.Build([watch], Ours.Nobody);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 1 << 20, 20 << 20);
        Assert.True(set.Matches(Encoding.UTF8.GetBytes("see " + words[99_999]), "posts"));
    }
}
