using ListeningBot.Core.Pipeline;
using Microsoft.Extensions.Logging;

namespace ListeningBot.Storage;

/// <summary>The store in one SQLite file (write-ahead log, full synchronisation): a written answer is on the disk.</summary>
public sealed class SqliteStore : Store
{
    private readonly StoreFile? _file;

    private SqliteStore(StoreFile? file, string path, SqliteDb db, StoreOptions options, ILogger log)
        : base(db, () => SqliteDb.OpenReader(path, options.BusyMilliseconds, options.Vfs), log) => _file = file;

    /// <summary>Opens the file, making it and its folders when missing, and brings it up to date. Throws <see cref="StoreException"/>.</summary>
    public static SqliteStore Open(string path, ILogger<SqliteStore> log) => Open(path, log, new StoreOptions());

    internal static SqliteStore Open(string path, ILogger<SqliteStore> log, StoreOptions options)
    {
        MovedStore.ExpectNone(Path.GetFullPath(path));
        var file = StoreFile.Take(path);
        SqliteDb? db = null;
        try
        {
            if (file.IsGone)
            {
                var kept = file.PutLogAside();
                Log.Gone(log, file.Path, kept is null ? "" : $" Its log is kept as {kept}. It belongs to the old file alone: beside that it is named {Path.GetFileName(StoreFile.LogOf(file.Path))} again, never beside a backup, which it would destroy.");
            }
            db = SqliteDb.OpenWriter(file.Path, options.BusyMilliseconds, options.Vfs);
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
        MovedStore.ExpectNone(full);
        if (!File.Exists(full))
        {
            throw StoreFaults.NotThere(full);
        }
        var options = new StoreOptions();
        using (var look = SqliteDb.OpenReader(full, options.BusyMilliseconds))
        {
            Migrations.Expect(look, full, options.Migrations.Count);
        }
        var db = SqliteDb.OpenWriter(full, options.BusyMilliseconds);
        return new SqliteStore(file: null, full, db, options, log);
    }

    private protected override void Released() => _file?.Dispose();

    private static void Prepare(SqliteDb db, StoreFile file, StoreOptions options, ILogger log)
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
        var (cards, pings) = (new CardTable(db), new PingTable(db));
        cards.LookFirstForUnmarked();
        cards.TryPutOffAgain();
        pings.LookFirstForUnmarked();
        pings.TryPutOffAgain();
        if (options.MostPages is { } pages)
        {
            db.Execute($"PRAGMA max_page_count={pages}");
        }
        if (options.CheckpointPages is { } often)
        {
            db.TakesLogAfter = often;
        }
        db.TakeLogIn();
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

    /// <summary>After how many pages the write-ahead log is taken into the file, where not after the usual number.</summary>
    public int? CheckpointPages { get; init; }

    /// <summary>By which of SQLite's file systems, where not by the machine's own.</summary>
    public string? Vfs { get; init; }
}
