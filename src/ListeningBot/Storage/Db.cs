using ListeningBot.Core.Pipeline;
using SQLitePCL;

namespace ListeningBot.Storage;

/// <summary>One connection to the database, used by one thread at a time, with its prepared statements.</summary>
internal sealed class Db : IDisposable
{
    private readonly Dictionary<string, Statement> _statements = new(ReferenceEqualityComparer.Instance);
    private readonly sqlite3 _handle;
    private readonly string _path;

    private Db(sqlite3 handle, string path)
    {
        _handle = handle;
        _path = path;
    }

    public JsonBuffer Json { get; } = new();

    /// <summary>The error with which SQLite undid the whole open transaction by itself; null while all is well.</summary>
    public Exception? Lost { get; private set; }

    public int Changes => raw.sqlite3_changes(_handle);

    /// <summary>The id that the last insertion was given.</summary>
    public long LastId => raw.sqlite3_last_insert_rowid(_handle);

    public bool InTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>Every statement prepared so far.</summary>
    public IReadOnlyCollection<string> Prepared => _statements.Keys;

    static Db() => Batteries_V2.Init();

    public static Db OpenWriter(string path, int busyMilliseconds)
    {
        var db = Open(path, raw.SQLITE_OPEN_READWRITE);
        try
        {
            db.Settle(Pragmas.ForWriter(busyMilliseconds));
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    public static Db OpenReader(string path, int busyMilliseconds)
    {
        var db = Open(path, raw.SQLITE_OPEN_READONLY);
        try
        {
            db.Execute(Pragmas.ForReader(busyMilliseconds));
            return db;
        }
        catch
        {
            db.Dispose();
            throw;
        }
    }

    /// <summary>The statement, ready to be bound. The text must be a constant: statements are kept by reference.</summary>
    public Statement Ask(string sql)
    {
        if (Lost is { } lost)
        {
            throw new StoreException(lost.Message, lost);
        }
        if (!_statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle));
            _statements.Add(sql, statement = new Statement(this, handle));
        }
        return statement.Begin();
    }

    /// <summary>One number of a one-row answer.</summary>
    public long Number(string sql)
    {
        using var row = Ask(sql);
        return row.Read() ? row.Long(0) : 0;
    }

    /// <summary>Any number of statements without values, not kept.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(_handle, sql));

    public void Begin()
    {
        Lost = null;
        Ask("BEGIN IMMEDIATE").Run();
    }

    public void BeginReading() => Ask("BEGIN").Run();

    public void Commit() => Ask("COMMIT").Run();

    /// <summary>Undoes the open transaction, if SQLite has not done so already.</summary>
    public void Undo()
    {
        Lost = null;
        if (InTransaction)
        {
            Ask("ROLLBACK").Run();
        }
    }

    public void Mark() => Ask("SAVEPOINT request").Run();

    public void Keep() => Ask("RELEASE request").Run();

    public void UndoToMark()
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
        if (fault is StoreException && !InTransaction)
        {
            Lost = fault;
        }
        return fault;
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }
        _handle.Dispose();
    }

    private static Db Open(string path, int access)
    {
        var code = raw.sqlite3_open_v2(path, out var handle, access | raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_PRIVATECACHE, vfs: null);
        if (code == raw.SQLITE_OK)
        {
            raw.sqlite3_extended_result_codes(handle, 1);
            return new Db(handle, path);
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
