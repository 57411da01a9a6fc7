using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SQLitePCL;

namespace ListeningBot.Storage;

/// <summary>A prepared statement of SQLite.</summary>
internal sealed class SqliteStatement(SqliteDb db, sqlite3_stmt handle) : Statement(db)
{
    private const int OnStack = 512;

    /// <summary>SQLITE_STMTSTATUS_REPREPARE.</summary>
    private const int Recompilations = 5;
    private int _next;
    private bool _reading;

    /// <summary>How often SQLite compiled it again.</summary>
    public int CompiledAnew => raw.sqlite3_stmt_status(handle, Recompilations, 0);

    public Statement Begin()
    {
        if (_reading)
        {
            throw new InvalidOperationException("This statement is still being read.");
        }
        _next = 1;
        return this;
    }

    public override Statement With(long value)
    {
        db.Check(raw.sqlite3_bind_int64(handle, _next++, value));
        return this;
    }

    public override Statement With(double value)
    {
        db.Check(raw.sqlite3_bind_double(handle, _next++, value));
        return this;
    }

    public override Statement With(string? value)
    {
        if (value is null)
        {
            return WithNull();
        }
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = null;
        var buffer = most <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        With(buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
        return this;
    }

    public override Statement With(ReadOnlySpan<byte> text)
    {
        // An empty span has no address, which SQLite would take for NULL.
        var code = text.IsEmpty ? raw.sqlite3_bind_text(handle, _next, "") : raw.sqlite3_bind_text(handle, _next, text);
        _next++;
        db.Check(code);
        return this;
    }

    public override void Run() => Changed();

    public override void RunOr(Func<Exception> noneChanged)
    {
        if (Changed() == 0)
        {
            throw noneChanged();
        }
    }

    public override int Changed()
    {
        while (Read())
        {
        }
        return db.Changes;
    }

    public override bool Read()
    {
        _reading = true;
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }
        var fault = code == raw.SQLITE_DONE ? null : db.Fault(code);
        Dispose();
        return fault is null ? false : throw fault;
    }

    public override bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public override long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public override double Double(int column) => raw.sqlite3_column_double(handle, column);

    public override int Int(int column) => raw.sqlite3_column_int(handle, column);

    public override string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public override T Json<T>(int column, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(raw.sqlite3_column_blob(handle, column), type)!;

    public override void Dispose()
    {
        if (_reading)
        {
            _reading = false;
            raw.sqlite3_reset(handle);
        }
    }

    /// <summary>The end of the statement itself.</summary>
    public void Close() => handle.Dispose();

    protected override Statement WithNull()
    {
        db.Check(raw.sqlite3_bind_null(handle, _next++));
        return this;
    }
}
