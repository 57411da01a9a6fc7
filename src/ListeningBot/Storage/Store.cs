using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Storage;

/// <summary>
/// The store on an engine that is open. One writer commits in groups: a written answer is durable; readers see one moment and never wait for it.
/// </summary>
public abstract class Store : IStore, IAsyncDisposable
{
    private readonly Db _db;
    private readonly Writer _writer;
    private readonly Readers _readers;
    private readonly ILogger _log;
    private int _disposed;

    private protected Store(Db writer, Func<Db> openReader, ILogger log)
    {
        var unreadable = new Unreadable();
        _db = writer;
        _db.Unreadable = unreadable;
        _log = log;
        _readers = new Readers(() =>
        {
            var reader = openReader();
            reader.Unreadable = unreadable;
            return reader;
        });
        _writer = new Writer(writer, log);
    }

    /// <summary>How many transactions were committed for the requests so far.</summary>
    public long Commits => _writer.Commits;

    /// <summary>How many changes wait to be written.</summary>
    public int WritesWaiting => _writer.Waiting;

    /// <summary>How many readings are under way.</summary>
    public int Reading => _readers.UnderWay;

    public Task<T> WriteAsync<T>(Func<IStoreTx, T> work, CancellationToken ct = default)
    {
        if (ct.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(ct);
        }
        var request = new WriteRequest<T>(work, ct);
        _writer.Enqueue(request);
        return request.Task;
    }

    public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken ct = default) => _readers.ReadAsync(work, ct);

    /// <summary>Writes what waits, ends the readings under way, and lets go of the database.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }
        await _writer.CloseAsync();
        await _readers.DisposeAsync();
        _db.Dispose();
        Released();
        Log.Closed(_log);
        GC.SuppressFinalize(this);
    }

    /// <summary>The last connection is closed.</summary>
    private protected virtual void Released()
    {
    }
}
