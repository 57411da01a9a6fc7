using System.Collections.Concurrent;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Which threads have, or had, an open case: a fast filter, so that an answer in one is heard without a watch.
/// It may say yes for a thread that has none (the store decides), never no for one that has: so it only grows.
/// </summary>
public sealed class OpenThreads
{
    private readonly ConcurrentDictionary<ulong, byte> _threads = new();
    private readonly Func<ulong, bool> _has;

    public OpenThreads() => _has = _threads.ContainsKey;

    public void Add(ulong threadHash) => _threads.TryAdd(threadHash, 0);

    public bool MayAnswer(PostBatch batch, int index) =>
        !_threads.IsEmpty && batch.IsReply(index) && batch.Follows(index, _has);
}
