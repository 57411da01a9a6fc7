using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ListeningBot.Tests.Support;

/// <summary>The real store, in a folder that goes with the test.</summary>
public sealed class TempStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("listeningbot-test-");

    public TempStore() => Store = Open();

    public SqliteStore Store { get; private set; }

    /// <summary>As after a stop and a start.</summary>
    public async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private SqliteStore Open() => SqliteStore.Open(Path.Combine(_folder.FullName, "test.db"), NullLogger<SqliteStore>.Instance);
}
