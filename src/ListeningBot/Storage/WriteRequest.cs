using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>A piece of work that waits for the writer; it is answered once for all, after the commit.</summary>
internal interface IWriteRequest
{
    /// <summary>Under which lease it was asked for; null for what any machine may do.</summary>
    Lease? Lease { get; }

    /// <summary>True when the asker cancelled before the start: the task ends so, and nothing must be run.</summary>
    bool GaveUp();

    /// <summary>Runs the work and remembers its result. What it did may be undone, and it runs again then.</summary>
    void Run(StoreTx tx);

    /// <summary>Remembers that the work itself failed.</summary>
    void Reject(Exception cause);

    /// <summary>The group is durable: hands out the result, or what the work failed with.</summary>
    void Answer();

    void Fail(Exception cause);
}

internal sealed class WriteRequest<T>(Func<IStoreTx, T> work, CancellationToken ct) : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IWriteRequest
{
    private T? _result;
    private Exception? _rejected;
    private Action? _count;

    public Lease? Lease { get; } = Lease.Current;

    public bool GaveUp() => ct.IsCancellationRequested && TrySetCanceled(ct);

    public void Run(StoreTx tx)
    {
        tx.BeginWork();
        _result = work(tx);
        _count = tx.Facts.Take();
    }

    public void Reject(Exception cause) => _rejected = cause;

    public void Answer()
    {
        if (_rejected is { } cause)
        {
            SetException(cause);
        }
        else
        {
            _count?.Invoke();
            SetResult(_result!);
        }
    }

    public void Fail(Exception cause) => SetException(cause);
}
