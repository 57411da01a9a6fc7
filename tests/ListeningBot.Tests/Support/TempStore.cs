using System.Collections.Concurrent;
using ListeningBot.Core.Pipeline;
using ListeningBot.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ListeningBot.Tests.Support;

/// <summary>
/// A store of its own, gone after the test. It is a SQLite file; with LISTENINGBOT_TEST_STORE=postgresql all of them are PostgreSQL databases, so that the same tests run on both.
/// What is about the file itself gives <see cref="StoreOptions"/>, and has it always.
/// </summary>
internal sealed class TempStore : IAsyncDisposable
{
    /// <summary>To make a database costs more than most tests.</summary>
    private static readonly ConcurrentBag<string> Emptied = [];
    private readonly StoreOptions? _options;
    private Store? _store;
    private string? _connection;

    public TempStore(StoreOptions? options = null)
    {
        _options = options;
        Folder = Directory.CreateTempSubdirectory("store").FullName;
    }

    public string Folder { get; }
    public string Path => System.IO.Path.Combine(Folder, "bot.db");
    public Store Store => _store ??= IsPostgres ? PostgresStore.Open(Connection, NullLogger.Instance) : SqliteStore.Open(Path, NullLogger<SqliteStore>.Instance, _options ?? new StoreOptions());

    /// <summary>Where it is, as the configuration says it.</summary>
    public StorePlace Place => new(Path, IsPostgres ? Connection : "");
    public bool IsPostgres => _options is null && Environment.GetEnvironmentVariable("LISTENINGBOT_TEST_STORE") == "postgresql";

    /// <summary>A test has no other way to begin than at once.</summary>
    private string Connection => _connection ??= Emptied.TryTake(out var emptied) ? emptied : Task.Run(async () => await (await LocalPostgres.Shared).NewDatabaseAsync()).GetAwaiter().GetResult();

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
        if (IsPostgres)
        {
            // The file belongs to one machine, which looks when it opens it; a room of a shared store, to whoever takes it over.
            await WriteAsync(tx => tx.RoomsWithWork().ToList().ForEach(room =>
            {
                tx.LookFirstForUnmarked(room);
                tx.TryPutOffAgain(room);
            }));
        }
        _ = Store;
    }

    /// <summary>The database itself, to be read behind the store's back.</summary>
    public Db OpenDb() => IsPostgres ? PostgresDb.Open(PostgresPlace.Parse(Connection, out _, out _)!, PostgresSession.Migrating) : SqliteDb.OpenWriter(Path, 1000);

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
        if (_connection is { } connection)
        {
            await EmptyAsync(connection);
        }
        Directory.Delete(Folder, recursive: true);
    }

    private static async Task EmptyAsync(string connection)
    {
        await using var open = new NpgsqlConnection(connection + ";Pooling=false");
        await open.OpenAsync();
        await using var empty = new NpgsqlCommand(
            """
            DO $$ BEGIN
                EXECUTE (SELECT 'TRUNCATE ' || string_agg(format('%I.%I', schemaname, tablename), ', ') || ' RESTART IDENTITY CASCADE'
                    FROM pg_tables WHERE schemaname = 'listeningbot' AND tablename NOT IN ('store_version', 'sequences'));
                UPDATE listeningbot.sequences SET value = 0;
            EXCEPTION WHEN undefined_table OR null_value_not_allowed THEN NULL;
            END $$
            """,
            open);
        await empty.ExecuteNonQueryAsync();
        Emptied.Add(connection);
    }
}
