using System.Data.Common;
using ListeningBot.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace ListeningBot.IntegrationTests.EndToEnd.Crashes;

/// <summary>Looks into a bot's store from outside, without any of the bot's own code; and can stand in the way of its writing.</summary>
internal sealed class StoreLook(string file, string? connection)
{
    /// <summary>What PostgreSQL calls its own sessions.</summary>
    public const string Name = "look";

    /// <summary>The lock under which every write transaction of the program runs on PostgreSQL.</summary>
    private readonly string _turn = connection is null ? "" : $"SELECT pg_advisory_xact_lock({PostgresPlace.Parse(connection, out _, out _)!.LockKey})";

    /// <summary>A program that was killed at each of its starts has made none yet.</summary>
    public bool IsThere => connection is null ? File.Exists(file) : Number("SELECT count(to_regclass('cards'))") > 0;

    public long Number(string sql) => Convert.ToInt64(Rows(sql)[0][0] ?? 0L);

    public string? Text(string sql) => Rows(sql) is [var row, ..] ? row[0]?.ToString() : null;

    public List<object?[]> Rows(string sql)
    {
        using var db = Open();
        using var command = Command(db, sql);
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add([.. row.Select(value => value is DBNull ? null : value)]);
        }
        return rows;
    }

    /// <summary>Nothing can be written until it is disposed.</summary>
    public IDisposable Block()
    {
        var db = Open();
        Execute(db, connection is null ? "BEGIN IMMEDIATE" : $"BEGIN; {_turn}");
        return db;
    }

    /// <summary>Whether the program is inside a write transaction right now.</summary>
    public bool IsWriting()
    {
        if (connection is not null)
        {
            return Number("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())") > 0;
        }
        Batteries_V2.Init();
        raw.sqlite3_open_v2(file, out var handle, raw.SQLITE_OPEN_READWRITE, vfs: null);
        using var db = handle;
        return raw.sqlite3_exec(db, "BEGIN IMMEDIATE; ROLLBACK") == raw.SQLITE_BUSY;
    }

    /// <summary>What must hold in any store.</summary>
    public string? Damage() => connection is not null ? null
        : Text("PRAGMA integrity_check") is var said and not "ok" ? said
        : Number("SELECT count(*) FROM pragma_foreign_key_check") is var broken and > 0 ? $"{broken} broken references" : null;

    private DbConnection Open()
    {
        DbConnection db = connection is null
            ? new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false, DefaultTimeout = 30 }.ToString())
            : new NpgsqlConnection(connection + $";Search Path={PostgresPlace.OwnSchema};Maximum Pool Size=10;Application Name={Name}");
        db.Open();
        return db;
    }

    private static void Execute(DbConnection db, string sql)
    {
        using var command = Command(db, sql);
        command.ExecuteNonQuery();
    }

    private static DbCommand Command(DbConnection db, string sql)
    {
        var command = db.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
