using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Support;

/// <summary>A store in a folder of its own, gone after the test.</summary>
internal sealed class TempStore : IAsyncDisposable
{
    private readonly StoreOptions _options;
    private SqliteStore? _store;

    public TempStore(StoreOptions? options = null)
    {
        _options = options ?? new StoreOptions();
        Folder = Directory.CreateTempSubdirectory("store").FullName;
    }

    public string Folder { get; }
    public string Path => System.IO.Path.Combine(Folder, "bot.db");
    public SqliteStore Store => _store ??= SqliteStore.Open(Path, NullLogger<SqliteStore>.Instance, _options);

    public Task WriteAsync(Action<IStoreTx> work) => Store.WriteAsync(tx =>
    {
        work(tx);
        return true;
    });

    public Task<T> WriteAsync<T>(Func<IStoreTx, T> work) => Store.WriteAsync(work);

    public Task<T> ReadAsync<T>(Func<IStoreView, T> work) => Store.ReadAsync(work);

    /// <summary>As after a restart.</summary>
    public async Task ReopenAsync()
    {
        await CloseAsync();
        _ = Store;
    }

    public async Task CloseAsync()
    {
        if (_store is { } store)
        {
            _store = null;
            await store.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
