using ListeningBot.Core.Pipeline;
using SQLitePCL;

namespace ListeningBot.Storage;

/// <summary>One connection to a SQLite file, with its prepared statements.</summary>
internal sealed partial class SqliteDb : Db
{
    /// <summary>SQLITE_DBCONFIG_ENABLE_QPSG.</summary>
    private const int StablePlans = 1007;
    private readonly Dictionary<string, SqliteStatement> _statements = new(ReferenceEqualityComparer.Instance);
    private readonly sqlite3 _handle;
    private readonly string _path;

    private SqliteDb(sqlite3 handle, string path)
    {
        _handle = handle;
        _path = path;
        _knowsItsPlace = !IsMoved();
    }

    public string Path => _path;

    public int Changes => raw.sqlite3_changes(_handle);

    private bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    public override IReadOnlyCollection<string> Prepared => _statements.Keys;

    /// <summary>The statements that were compiled again after they were prepared.</summary>
    public IEnumerable<string> CompiledAnew => _statements.Where(one => one.Value.CompiledAnew > 0).Select(one => one.Key);

    static SqliteDb()
    {
        Batteries_V2.Init();

        // Nobody asks how much memory is in use, and to count it all connections would wait for each other. Refused, and no harm, where SQLite runs already.
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    /// <param name="vfs">Null: the machine's own files.</param>
    public static SqliteDb OpenWriter(string path, int busyMilliseconds, string? vfs = null) =>
        Open(path, raw.SQLITE_OPEN_READWRITE, db => db.Settle(Pragmas.ForWriter(busyMilliseconds)), vfs);

    public static SqliteDb OpenReader(string path, int busyMilliseconds, string? vfs = null) =>
        Open(path, raw.SQLITE_OPEN_READONLY, db => db.Execute(Pragmas.ForReader(busyMilliseconds)), vfs);

    /// <summary>Reads the file and writes others (VACUUM INTO): a reader that nothing but the file's own rights holds back.</summary>
    public static SqliteDb OpenCopier(string path, int busyMilliseconds) =>
        Open(path, raw.SQLITE_OPEN_READONLY, db => db.Execute($"PRAGMA busy_timeout={busyMilliseconds}; PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON;"));

    /// <summary>Writes a file that nobody else has open yet, without a log beside it.</summary>
    public static SqliteDb OpenCopyWriter(string path) =>
        Open(path, raw.SQLITE_OPEN_READWRITE, db => db.Execute("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;"));

    /// <summary>Asked again and again while a statement runs; true breaks it off, which throws <see cref="StoreException"/>.</summary>
    public void BreakOffWhen(Func<bool> isEnough) => raw.sqlite3_progress_handler(_handle, 500, _ => isEnough() ? 1 : 0, null);

    protected override string Choose(string sqlite, string postgres) => sqlite;

    public override long Next(string name)
    {
        using var row = Ask("UPDATE sequences SET value = value + 1 WHERE name = ? RETURNING value").With(name);
        return row.Read() ? row.Long(0) : throw new InvalidOperationException($"Nothing is counted as {name}.");
    }

    public override Statement Ask(string sql)
    {
        if (Lost is { } lost)
        {
            throw new StoreException(lost.Message, lost);
        }
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
            _statements.Add(sql, statement = new SqliteStatement(this, handle));
        }
        return statement.Begin();
    }

    public override void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public override void Begin()
    {
        Lost = null;
        ExpectInPlace();
        Ask("BEGIN IMMEDIATE").Run();
    }

    public override void BeginReading()
    {
        ExpectInPlace();
        Ask("BEGIN").Run();
    }

    public override void Commit()
    {
        Ask("COMMIT").Run();
        TakeLogInWhenLarge();
    }

    public override void Undo()
    {
        Lost = null;
        if (InTransaction)
        {
            Ask("ROLLBACK").Run();
        }
    }

    public override void Mark() => Ask("SAVEPOINT request").Run();

    public override void Keep() => Ask("RELEASE request").Run();

    public override void UndoToMark()
    {
        Ask("ROLLBACK TO request").Run();
        Keep();
    }

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw Fault(code);
        }
    }

    public Exception Fault(int code)
    {
        var fault = StoreFaults.From(code, raw.sqlite3_errmsg(_handle).utf8_to_string(), _path);

        // A full disk undoes the whole transaction, or only the statement where that keeps a journal of its own (RETURNING): to those who asked it is the same.
        if (fault is StoreException && (!InTransaction || (code & StoreFaults.PrimaryCode) is raw.SQLITE_FULL or raw.SQLITE_NOMEM))
        {
            Lost = fault;
        }
        return fault;
    }

    /// <summary>The file's lock lets no second machine near.</summary>
    public override void Expect(Lease lease)
    {
    }

    public override void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }
        _handle.Dispose();
    }

    private static SqliteDb Open(string path, int access, Action<SqliteDb> prepare, string? vfs = null)
    {
        var db = Open(path, access, vfs);
        try
        {
            prepare(db);
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    private static SqliteDb Open(string path, int access, string? vfs)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, access | raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_PRIVATECACHE, vfs);
        if (code == raw.SQLITE_OK)
        {
            raw.sqlite3_extended_result_codes(handle, 1);

            // Else a value that is compared with what a partial index is about has its statement compiled anew each time that it is bound.
            raw.sqlite3_db_config(handle, StablePlans, 1, out _);
            return new SqliteDb(handle, path);
        }
        var detail = raw.sqlite3_errstr(code).utf8_to_string();
        handle.Dispose();
        throw StoreFaults.From(code, detail, path);
    }

    private void Settle(string pragmas)
    {
        if (raw.sqlite3_db_readonly(_handle, "main") == 1)
        {
            throw StoreFaults.ReadOnly(_path);
        }
        Execute(pragmas);
        using var mode = Ask("PRAGMA journal_mode=WAL");
        var kept = mode.Read() ? mode.Text(0) : "";
        if (kept != "wal")
        {
            throw StoreFaults.NoWal(_path, kept);
        }
    }
}
