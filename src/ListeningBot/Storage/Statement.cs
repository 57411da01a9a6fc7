using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SQLitePCL;

namespace ListeningBot.Storage;

/// <summary>A prepared statement, kept and used again. Values are bound in order; disposing ends the reading, not the statement.</summary>
internal sealed class Statement(Db db, sqlite3_stmt handle) : IDisposable
{
    private const int OnStack = 512;
    private int _next;
    private bool _reading;

    public Statement Begin()
    {
        if (_reading)
        {
            throw new InvalidOperationException("This statement is still being read.");
        }
        _next = 1;
        return this;
    }

    public Statement With(long value)
    {
        db.Check(raw.sqlite3_bind_int64(handle, _next++, value));
        return this;
    }

    public Statement With(double value)
    {
        db.Check(raw.sqlite3_bind_double(handle, _next++, value));
        return this;
    }

    public Statement With(bool value) => With(value ? 1L : 0L);

    public Statement With(DateTimeOffset value) => With(value.ToUnixTimeMilliseconds());

    public Statement With(DateTimeOffset? value) => value is { } time ? With(time) : WithNull();

    public Statement With(long? value) => value is { } number ? With(number) : WithNull();

    public Statement With(string? value)
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

    /// <summary>Text as UTF-8.</summary>
    public Statement With(ReadOnlySpan<byte> text)
    {
        // An empty span has no address, which SQLite would take for NULL.
        var code = text.IsEmpty ? raw.sqlite3_bind_text(handle, _next, "") : raw.sqlite3_bind_text(handle, _next, text);
        _next++;
        db.Check(code);
        return this;
    }

    public Statement WithJson<T>(T value, JsonTypeInfo<T> type) => With(db.Json.Write(value, type));

    /// <summary>Runs to its end; how many rows were changed.</summary>
    public int Run()
    {
        while (Read())
        {
        }
        return db.Changes;
    }

    /// <summary>The next row; false after the last.</summary>
    public bool Read()
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

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public double Double(int column) => raw.sqlite3_column_double(handle, column);

    public int Int(int column) => raw.sqlite3_column_int(handle, column);

    public DateTimeOffset Time(int column) => DateTimeOffset.FromUnixTimeMilliseconds(Long(column));

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public T Json<T>(int column, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(raw.sqlite3_column_blob(handle, column), type)!;

    public void Dispose()
    {
        if (_reading)
        {
            _reading = false;
            raw.sqlite3_reset(handle);
        }
    }

    /// <summary>The end of the statement itself.</summary>
    public void Close() => handle.Dispose();

    private Statement WithNull()
    {
        db.Check(raw.sqlite3_bind_null(handle, _next++));
        return this;
    }
}
