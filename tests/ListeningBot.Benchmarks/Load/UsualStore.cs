using ListeningBot.Core.Posts;
using Microsoft.Data.Sqlite;

namespace ListeningBot.Benchmarks.Load;

/// <summary>The rival's three tables, in a journal that waits for the disk as ours does. SQLite lets one write at a time, so both who write take turns.</summary>
internal sealed class UsualStore : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1);

    public UsualStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Run(null, "PRAGMA journal_mode=WAL");
        Run(null, "PRAGMA synchronous=FULL");
        Run(null, "CREATE TABLE seen (key TEXT PRIMARY KEY) WITHOUT ROWID");
        Run(null, "CREATE TABLE cases (id INTEGER PRIMARY KEY, author TEXT, posted INTEGER, sentiment REAL, text TEXT)");
        Run(null, "CREATE TABLE outbox (id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, room TEXT NOT NULL, sent INTEGER NOT NULL DEFAULT 0)");
    }

    /// <summary>The new row of the outbox; null: the post was there before.</summary>
    public Task<long?> RecordAsync(Post post, string team, double sentiment) => InTurnAsync<long?>(transaction =>
    {
        if (Run(transaction, "INSERT INTO seen VALUES ($1) ON CONFLICT DO NOTHING RETURNING 1", $"{post.Key} {team}") is null)
        {
            return null;
        }
        var id = Run(transaction, "INSERT INTO cases (author, posted, sentiment, text) VALUES ($1, $2, $3, $4) RETURNING id", post.Author.Id!, post.Posted!.Value.ToUnixTimeMilliseconds(), sentiment, post.Text);
        return Run(transaction, "INSERT INTO outbox (case_id, room) VALUES ($1, $2) RETURNING id", id!, team) as long?;
    });

    /// <summary>These were handed on.</summary>
    public Task MarkAsync(IReadOnlyList<long> rows) => InTurnAsync(transaction =>
    {
        foreach (var row in rows)
        {
            Run(transaction, "UPDATE outbox SET sent = 1 WHERE id = $1", row);
        }
        return rows.Count;
    });

    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }

    private async Task<T> InTurnAsync<T>(Func<SqliteTransaction, T> write)
    {
        await _turn.WaitAsync();
        try
        {
            return await Task.Run(() =>
            {
                using var transaction = _connection.BeginTransaction();
                var result = write(transaction);
                transaction.Commit();
                return result;
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    private object? Run(SqliteTransaction? transaction, string sql, params object[] values)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + (i + 1), values[i]);
        }
        return command.ExecuteScalar();
    }
}
