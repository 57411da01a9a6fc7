using ListeningBot.Storage;

namespace ListeningBot.Hosting.Cluster;

/// <summary>The leave to run one role here: until it is lost, and only while its lease was renewed lately.</summary>
internal sealed class Grant(Lease lease, Func<bool> fresh) : IDisposable
{
    private readonly CancellationTokenSource _lost = new();
    private int _revoked;

    public Lease Lease => lease;

    /// <summary>Cancelled at once when the role is lost or its lease could not be renewed in time.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Asked right before anything goes out: a process that was paused knows it before its timers do.</summary>
    public bool Holds => Volatile.Read(ref _revoked) == 0 && fresh();

    /// <summary>Throws <see cref="LeaseLostException"/> unless the role is still this node's for certain.</summary>
    public void Check()
    {
        if (!Holds)
        {
            throw new LeaseLostException(lease);
        }
    }

    public void Revoke()
    {
        if (Interlocked.Exchange(ref _revoked, 1) == 0)
        {
            // Not here: what listens to it must not hold up the keeper.
            _ = _lost.CancelAsync();
        }
    }

    public void Dispose() => _lost.Dispose();
}
