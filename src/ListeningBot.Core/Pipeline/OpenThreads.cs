using System.Collections.Concurrent;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>
/// Which threads, and which authors, have, or had, an open case: a fast filter, so that an answer in one, or a second post of the other, is heard without a watch. Threads of closed cases are
/// heard as long as their customers' words count for them. It may say yes for one that has none (the store decides), never no for one that has: so it only grows.
/// </summary>
public sealed class OpenThreads
{
    private readonly ConcurrentDictionary<ulong, byte> _threads = new();
    private readonly ConcurrentDictionary<ulong, byte> _authors = new();
    private readonly Func<ulong, bool> _has;

    public OpenThreads() => _has = _threads.ContainsKey;

    /// <summary>At a start: all that the store knows.</summary>
    public void Learn(IStoreView view, DateTimeOffset now)
    {
        foreach (var hash in view.OpenThreadHashes())
        {
            Add(hash);
        }
        foreach (var hash in view.ClosedThreadHashes(now - CaseWriter.ListensAfterTheEnd))
        {
            Add(hash);
        }
        foreach (var account in view.AccountsWithCases())
        {
            AddAuthor(ThreadHash.Of(account));
        }
    }

    public void Add(ulong threadHash) => _threads.TryAdd(threadHash, 0);

    /// <param name="authorHash">By <see cref="ThreadHash.OfAuthor"/>; 0 adds nobody.</param>
    public void AddAuthor(ulong authorHash)
    {
        if (authorHash != 0)
        {
            _authors.TryAdd(authorHash, 0);
        }
    }

    public bool MayAnswer(PostBatch batch, int index) =>
        !_threads.IsEmpty && batch.IsReply(index) && batch.Follows(index, _has);

    /// <summary>Its author may have an open case.</summary>
    public bool MayGoOn(PostBatch batch, int index) =>
        !_authors.IsEmpty && batch.AuthorHashOf(index) is var author and not 0 && _authors.ContainsKey(author);
}
