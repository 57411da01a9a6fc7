using System.Collections.Concurrent;
using ListeningBot.Core.Pipeline;

namespace ListeningBot.Storage;

/// <summary>Read-only connections, kept for the next reader. Each reading is one transaction, so that it sees one moment.</summary>
internal sealed class Readers(Func<Db> open) : IAsyncDisposable
{
    private const int AtOnce = 8;
    private readonly SemaphoreSlim _places = new(AtOnce);
    private readonly ConcurrentBag<Reader> _idle = [];
    private volatile bool _closing;

    public int UnderWay => AtOnce - _places.CurrentCount;

    public async Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct)
    {
        ObjectDisposedException.ThrowIf(_closing, typeof(Store));
        await _places.WaitAsync(ct);

        // Whoever has to stop does not wait for a server from which nothing comes any more; the place is free when the reading is over.
        return await Task.Run(() => ReadInPlace(work), CancellationToken.None).WaitAsync(ct);
    }

    /// <summary>Waits for the readings under way.</summary>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        for (var place = 0; place < AtOnce; place++)
        {
            await _places.WaitAsync();
        }
        while (_idle.TryTake(out var reader))
        {
            reader.Db.Dispose();
        }
        _places.Release(AtOnce);
    }

    private T ReadInPlace<T>(Func<IStoreView, T> work)
    {
        try
        {
            ObjectDisposedException.ThrowIf(_closing, typeof(Store));
            return Read(work);
        }
        finally
        {
            _places.Release();
        }
    }

    private T Read<T>(Func<IStoreView, T> work)
    {
        if (!_idle.TryTake(out var reader))
        {
            var db = open();
            reader = new Reader(db, new StoreView(db));
        }
        try
        {
            reader.Db.BeginReading();
            return work(reader.View);
        }
        finally
        {
            GiveBack(reader);
        }
    }

    /// <summary>A connection that can't end its transaction is not used again.</summary>
    private void GiveBack(Reader reader)
    {
        try
        {
            reader.Db.Undo();
            _idle.Add(reader);
        }
        catch (Exception e) when (e is StoreException or InvalidOperationException)
        {
            reader.Db.Dispose();
        }
    }

    private sealed record Reader(Db Db, StoreView View);
}
