using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Storage;

/// <summary>
/// The store in one SQLite file (write-ahead log, full synchronisation): a written answer is on the disk.
/// One writer commits in groups; readers see one moment and never wait for it.
/// </summary>
public sealed class SqliteStore : IStore, IAsyncDisposable
{
    private readonly StoreFile? _file;
    private readonly Db _db;
    private readonly Writer _writer;
    private readonly Readers _readers;
    private readonly ILogger _log;
    private int _disposed;

    private SqliteStore(StoreFile? file, string path, Db db, StoreOptions options, ILogger log)
    {
        _file = file;
        _db = db;
        _log = log;
        _readers = new Readers(path, options.BusyMilliseconds);
        _writer = new Writer(db, log);
    }

    /// <summary>How many transactions were committed for the requests so far.</summary>
    public long Commits => _writer.Commits;

    /// <summary>Opens the file, making it and its folders when missing, and brings it up to date. Throws <see cref="StoreException"/>.</summary>
    public static SqliteStore Open(string path, ILogger<SqliteStore> log) => Open(path, log, new StoreOptions());

    internal static SqliteStore Open(string path, ILogger<SqliteStore> log, StoreOptions options)
    {
        var file = StoreFile.Take(path);
        Db? db = null;
        try
        {
            db = Db.OpenWriter(file.Path, options.BusyMilliseconds);
            Prepare(db, file, options, log);
            return new SqliteStore(file, file.Path, db, options, log);
        }
        catch
        {
            db?.Dispose();
            file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Opens the file while another program may run on it: nothing is made, taken or brought up to date. Keep what is written short: the other waits 5 s at most.
    /// Throws <see cref="StoreException"/> when the file is missing, or is not of this program's version.
    /// </summary>
    public static SqliteStore OpenBeside(string path, ILogger<SqliteStore> log)
    {
        var full = Path.GetFullPath(path);
        if (!File.Exists(full))
        {
            throw StoreFaults.NotThere(full);
        }
        var options = new StoreOptions();
        using (var look = Db.OpenReader(full, options.BusyMilliseconds))
        {
            Migrations.Expect(look, full, options.Migrations.Count);
        }
        var db = Db.OpenWriter(full, options.BusyMilliseconds);
        return new SqliteStore(file: null, full, db, options, log);
    }

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

    /// <summary>Writes what waits, ends the readings under way, and lets go of the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }
        await _writer.CloseAsync();
        await _readers.DisposeAsync();
        _db.Dispose();
        _file?.Dispose();
        Log.Closed(_log);
    }

    private static void Prepare(Db db, StoreFile file, StoreOptions options, ILogger log)
    {
        var (from, to) = Migrations.Apply(db, file.Path, options.Migrations);
        if (from != to)
        {
            Log.Migrated(log, file.Path, from, to);
        }
        if (file.OthersMayRead)
        {
            Log.OthersMayRead(log, file.Path);
        }
        new CardTable(db).LookFirstForUnmarked();
        if (options.MostPages is { } pages)
        {
            db.Execute($"PRAGMA max_page_count={pages}");
        }
        Log.Opened(log, file.Path, to);
    }
}

/// <summary>What tests change.</summary>
internal sealed record StoreOptions
{
    /// <summary>How long to wait for another program's lock.</summary>
    public int BusyMilliseconds { get; init; } = 5000;
    public IReadOnlyList<string> Migrations { get; init; } = Storage.Migrations.All;

    /// <summary>The largest size in pages, for a disk that is full.</summary>
    public int? MostPages { get; init; }
}
