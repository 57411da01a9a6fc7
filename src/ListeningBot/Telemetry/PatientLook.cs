using ListeningBot.Core.Pipeline;

namespace ListeningBot.Telemetry;

/// <summary>
/// A look at the store for those who ask how it is. Who asks while one is under way gets its answer, and nobody waits for longer than three seconds: a database that is cut off and
/// answers nothing holds up no probe, and however many ask, they take two readers' places and leave the others to the work.
/// </summary>
internal sealed class PatientLook<T>(IStore store, Func<IStoreView, T> look, TimeProvider time)
    where T : class
{
    /// <summary>One that hangs on a dead connection does not keep the next one from seeing that the database is back.</summary>
    private const int AtOnce = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly Lock _gate = new();
    private readonly List<(Task<T> Task, long Began)> _underWay = [];

    /// <summary>Null: the store can't be read, or did not answer in time.</summary>
    public async Task<T?> AskAsync(CancellationToken ct)
    {
        try
        {
            return await Latest().WaitAsync(Patience, time, ct);
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            return null;
        }
    }

    /// <summary>It belongs to all who wait for it, so that none of them can cancel it.</summary>
    private Task<T> Latest()
    {
        lock (_gate)
        {
            _underWay.RemoveAll(one => one.Task.IsCompleted);
            if (_underWay.Count == 0 || (_underWay.Count < AtOnce && time.GetElapsedTime(_underWay[^1].Began) >= Patience))
            {
                _underWay.Add((store.ReadAsync(look, CancellationToken.None), time.GetTimestamp()));
            }
            return _underWay[^1].Task;
        }
    }
}
