using ListeningBot.Core.Pipeline;

namespace ListeningBot.Tests.Support;

/// <summary>A store whose disk can be full.</summary>
internal sealed class FailingStore(IStore store) : IStore
{
    /// <summary>How many writes still find room.</summary>
    public int Room { get; set; }

    public int Reads { get; private set; }

    public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default) =>
        Room-- <= 0 ? Task.FromException<T>(new StoreException("full")) : store.WriteAsync(work, ct);

    public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default)
    {
        Reads++;
        return store.ReadAsync(work, ct);
    }
}
