using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Npgsql;
using NpgsqlTypes;

namespace ListeningBot.Storage;

/// <summary>A statement of PostgreSQL. The server keeps it prepared; each binding stands by itself, so that several can wait for being sent together.</summary>
internal sealed class PostgresStatement(PostgresDb db, PostgresSql sql) : Statement(db)
{
    private NpgsqlBatchCommand _bound = new();
    private NpgsqlDataReader? _rows;

    public Statement Begin()
    {
        if (_rows is not null)
        {
            throw new InvalidOperationException("This statement is still being read.");
        }
        _bound = new NpgsqlBatchCommand(sql.Text);
        return this;
    }

    public override Statement With(long value) => Bind(new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint, TypedValue = value });

    public override Statement With(double value) => Bind(new NpgsqlParameter<double> { NpgsqlDbType = NpgsqlDbType.Double, TypedValue = value });

    public override Statement With(string? value) => Bind(value is null
        ? new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Text, Value = DBNull.Value }
        : Utf8(PostgresText.Storable(value)));

    public override Statement With(ReadOnlySpan<byte> text) => Bind(Utf8(PostgresText.Storable(text)));

    public override void Run() => db.Later(_bound, sql);

    public override void RunOr(Func<Exception> noneChanged) => db.Later(_bound, sql, noneChanged);

    public override int Changed() => db.Changed(_bound, sql);

    public override bool Read()
    {
        _rows ??= db.Send(_bound, sql);
        if (db.NextRow(_rows))
        {
            return true;
        }
        Dispose();
        return false;
    }

    public override bool IsNull(int column) => _rows!.IsDBNull(column);

    /// <summary>Yes and no, and numbers of any size, are read as SQLite gives them; nothing is 0.</summary>
    public override long Long(int column) => IsNull(column) ? 0 : _rows!.GetPostgresType(column).InternalName switch
    {
        "int8" => _rows.GetInt64(column),
        "int4" => _rows.GetInt32(column),
        "bool" => _rows.GetBoolean(column) ? 1 : 0,
        "numeric" => (long)_rows.GetDecimal(column),
        _ => (long)_rows.GetDouble(column),
    };

    public override double Double(int column) => IsNull(column) ? 0 : _rows!.GetDouble(column);

    public override int Int(int column) => (int)Long(column);

    public override string Text(int column) => IsNull(column) ? "" : _rows!.GetString(column);

    public override T Json<T>(int column, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(_rows!.GetFieldValue<byte[]>(column), type)!;

    public override void Dispose()
    {
        if (_rows is { } rows)
        {
            _rows = null;
            db.End(rows);
        }
    }

    protected override Statement WithNull() => Bind(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Bigint, Value = DBNull.Value });

    private static NpgsqlParameter<byte[]> Utf8(byte[] text) => new() { NpgsqlDbType = NpgsqlDbType.Text, TypedValue = text };

    private PostgresStatement Bind(NpgsqlParameter value)
    {
        _bound.Parameters.Add(value);
        return this;
    }
}
