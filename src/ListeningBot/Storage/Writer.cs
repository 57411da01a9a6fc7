using ListeningBot.Core.Pipeline;
using ListeningBot.Telemetry;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Storage;

/// <summary>
/// The one writer: a thread that takes all requests that wait, runs them in one transaction, commits, and answers them all. When a request fails, what the group did is undone
/// and it runs anew with a savepoint for each request, so that only those fail which must. While one group goes to the disk the next one gathers, so the groups grow with the load.
/// </summary>
internal sealed class Writer
{
    private readonly object _gate = new();
    private readonly Queue<IWriteRequest> _waiting = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Db _db;
    private readonly StoreTx _tx;
    private readonly ILogger _log;
    private bool _closing;
    private bool _failing;
    private bool _doubted;
    private long _commits;

    public Writer(Db db, ILogger log)
    {
        _db = db;
        _tx = new StoreTx(db);
        _log = log;
        new Thread(WriteGroups) { Name = "store writer", IsBackground = true }.Start();
    }

    public long Commits => Interlocked.Read(ref _commits);

    /// <summary>How many requests wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    public void Enqueue(IWriteRequest request)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(Store));
            _waiting.Enqueue(request);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>What waits is still written; then the thread ends.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _closing = true;
            Monitor.Pulse(_gate);
        }
        return _ended.Task;
    }

    private void WriteGroups()
    {
        var group = new List<IWriteRequest>();
        while (TakeGroup(group))
        {
            Write(group);
        }
        _ended.SetResult();
    }

    /// <param name="group">What the last group had no more time for comes first.</param>
    private bool TakeGroup(List<IWriteRequest> group)
    {
        lock (_gate)
        {
            while (_waiting.Count + group.Count == 0 && !_closing)
            {
                Monitor.Wait(_gate);
            }
            while (group.Count < _db.LargestGroup && _waiting.TryDequeue(out var request))
            {
                group.Add(request);
            }
            return group.Count > 0;
        }
    }

    private void Write(List<IWriteRequest> group)
    {
        group.RemoveAll(request => request.GaveUp());
        if (group.Count == 0)
        {
            return;
        }
        int done;
        try
        {
            done = CommitTogether(group);
        }
        catch (Exception e)
        {
            FailTogether(group, e);
            group.Clear();
            return;
        }
        foreach (var request in group.Take(done))
        {
            request.Answer();
        }
        group.RemoveRange(0, done);
    }

    /// <summary>How many were committed: as many as there was time for, and one at least.</summary>
    private int CommitTogether(List<IWriteRequest> group)
    {
        var began = TimeProvider.System.GetTimestamp();
        var done = RunTogether(group) ?? RunApart(group);
        _db.Commit();
        Interlocked.Increment(ref _commits);
        if (!_doubted && _db.Doubt is { } doubt)
        {
            _doubted = true;
            Log.InDoubt(_log, doubt);
        }
        Measures.CommitSeconds.Record(TimeProvider.System.GetElapsedTime(began).TotalSeconds);
        Measures.GroupSize.Record(done);
        if (_failing)
        {
            _failing = false;
            Log.WritesAgain(_log);
        }
        return done;
    }

    /// <summary>Null when one of them failed: nothing of what they did is left then, and which one it was is not known.</summary>
    private int? RunTogether(List<IWriteRequest> group)
    {
        _db.Begin();
        try
        {
            var done = RunEach(group, group.Count, Run);
            _db.Arrive();
            return done;
        }
        catch (Exception) when (_db.Lost is null)
        {
            _db.Undo();
            return null;
        }
    }

    private int RunApart(List<IWriteRequest> group)
    {
        _db.Begin();
        return RunEach(group, Math.Min(group.Count, _db.MostMarks), RunInSavepoint);
    }

    private int RunEach(List<IWriteRequest> group, int most, Action<IWriteRequest> run)
    {
        var locked = TimeProvider.System.GetTimestamp();
        var done = 0;
        do
        {
            run(group[done++]);
        }
        while (done < most && TimeProvider.System.GetElapsedTime(locked) < _db.LongestGroup);
        return done;
    }

    private void Run(IWriteRequest request)
    {
        if (request.Lease is { } lease)
        {
            _db.Expect(lease);
        }
        request.Run(_tx);
    }

    private void RunInSavepoint(IWriteRequest request)
    {
        _db.Mark();
        try
        {
            Run(request);
            _db.Keep();
        }
        catch (Exception e) when (_db.Lost is null)
        {
            _db.UndoToMark();
            request.Reject(e);
        }
    }

    private void FailTogether(List<IWriteRequest> group, Exception cause)
    {
        Measures.StoreFaults.Add(1);
        var told = cause as StoreException ?? new StoreException($"A group of {group.Count} changes could not be stored: {cause.Message}", cause);
        if (!_failing)
        {
            _failing = true;
            Log.GroupFailed(_log, group.Count, told.Message);
        }
        Undo();
        foreach (var request in group)
        {
            request.Fail(told);
        }
    }

    private void Undo()
    {
        try
        {
            _db.Undo();
        }
        catch (Exception e) when (e is StoreException or InvalidOperationException)
        {
            Log.UndoFailed(_log, e.Message);
        }
    }
}
