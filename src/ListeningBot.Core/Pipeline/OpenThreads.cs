using System.Collections.Concurrent;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>What belongs to open cases from now on: what answers these posts, and what else these authors write.</summary>
public sealed class Followed
{
    /// <summary>By <see cref="ThreadHash"/>.</summary>
    public HashSet<ulong> Threads { get; } = [];
    public HashSet<ulong> Authors { get; } = [];
}

/// <summary>
/// Which threads, and which authors, have, or had, an open case: a fast filter, so that an answer in one, or a second post of the other, is heard without a watch. Threads of closed cases are
/// heard as long as their customers' words count for them. It may say yes for one that has none (the store decides), never no for one that has (a press that opens one says so): what is added stays for a month, and longer only when the store knows of a case.
/// </summary>
public sealed class OpenThreads
{
    /// <summary>For so many days what was added is known without the store: it may be on its way there, and what lies in the maybe list becomes a case by a press.</summary>
    private const int KnownFor = 30;

    /// <summary>Each with the day of the last look before it was added, or on which the store had it.</summary>
    private readonly ConcurrentDictionary<ulong, int> _threads = new();
    private readonly ConcurrentDictionary<ulong, int> _authors = new();
    private readonly Func<ulong, bool> _has;
    private volatile int _today;

    public OpenThreads() => _has = _threads.ContainsKey;

    /// <summary>At a start, and each day: all that the store knows. What it has known nothing of for long is forgotten, in place, so that nothing is missing meanwhile.</summary>
    public void Learn(IStoreView view, DateTimeOffset now)
    {
        _today = (int)(now - DateTimeOffset.UnixEpoch).TotalDays;
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
        Forget(_threads, _today - KnownFor);
        Forget(_authors, _today - KnownFor);
    }

    public void Add(ulong threadHash) => _threads[threadHash] = _today;

    /// <param name="authorHash">By <see cref="ThreadHash.OfAuthor"/>; 0 adds nobody.</param>
    public void AddAuthor(ulong authorHash)
    {
        if (authorHash != 0)
        {
            _authors[authorHash] = _today;
        }
    }

    public void Add(Followed followed)
    {
        foreach (var hash in followed.Threads)
        {
            Add(hash);
        }
        foreach (var hash in followed.Authors)
        {
            AddAuthor(hash);
        }
    }

    public bool MayAnswer(PostBatch batch, int index) =>
        !_threads.IsEmpty && batch.IsReply(index) && batch.Follows(index, _has);

    /// <summary>Its author may have an open case.</summary>
    public bool MayGoOn(PostBatch batch, int index) =>
        !_authors.IsEmpty && batch.AuthorHashOf(index) is var author and not 0 && _authors.ContainsKey(author);

    /// <summary>Only as it was seen: what is added again at this very moment stays.</summary>
    private static void Forget(ConcurrentDictionary<ulong, int> known, int before)
    {
        foreach (var one in known.Where(one => one.Value < before))
        {
            known.TryRemove(one);
        }
    }
}
