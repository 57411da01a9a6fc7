using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Storage;
using Microsoft.Data.Sqlite;

namespace ListeningBot.Benchmarks.Storage;

/// <summary>
/// The rival: Microsoft.Data.Sqlite as its guide shows it, on the shipped schema with the same journal and synchronisation:
/// a pooled connection, a transaction and new commands for each case. SQLite lets one in at a time, so callers take turns.
/// </summary>
internal sealed class UsualWay(string path) : IDisposable
{
    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = path, Pooling = true, ForeignKeys = true, DefaultTimeout = 60 }.ToString();
    private readonly SemaphoreSlim _turn = new(1);

    public async Task RecordAsync(int number)
    {
        await _turn.WaitAsync();
        try
        {
            await Task.Run(() => Record(number));
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _turn.Dispose();
    }

    private void Record(int number)
    {
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        Run(connection, null, "PRAGMA synchronous=FULL");
        using var transaction = connection.BeginTransaction();
        var now = Cases.Now.ToUnixTimeMilliseconds();
        var id = Run(connection, transaction, "UPDATE sequences SET value = value + 1 WHERE name = 'case' RETURNING value");
        var mention = Cases.Mention(number) with { CaseId = id };
        var mentionId = Run(connection, transaction,
            "INSERT INTO mentions (ns, post_id, author_id, case_id, first_seen, body) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
            mention.Post.Key.Namespace, mention.Post.Key.Id, mention.Post.Author.Id!, id, now, JsonSerializer.Serialize(mention, StoreJson.Default.Mention));
        var @case = Cases.Case(id, mentionId, mention);
        Run(connection, transaction, "INSERT INTO cases (id, version, state, posted, first_seen, due, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id, 1, (int)@case.State, now, now, @case.Due!.Value.ToUnixTimeMilliseconds(), JsonSerializer.Serialize(@case, StoreJson.Default.Case));
        Run(connection, transaction, "INSERT INTO case_events (case_id, version, at, event) VALUES ($1, 1, $2, $3)",
            id, now, JsonSerializer.Serialize(Cases.Opened(@case), StoreJson.Default.CaseEvent));
        Run(connection, transaction, "INSERT INTO case_keys (key, case_id, thread_hash) VALUES ($1, $2, $3)",
            "thread " + mention.Post.Key, id, unchecked((long)ThreadHash.Of(mention.Post.Key)));
        Run(connection, transaction, "INSERT INTO case_keys (key, case_id, thread_hash) VALUES ($1, $2, 0)", "author bluesky " + mention.Post.Author.Id + " care", id);
        Run(connection, transaction, "INSERT INTO cards (subject, room, wanted, priority, posted, wanted_since) VALUES ($1, 'care', 1, $2, $3, $3)", "case:" + id, (int)@case.Priority, now);
        Run(connection, transaction,
            "INSERT INTO cursors (channel, value, first_contact, moved_at) VALUES ('bluesky', $1, $2, $2) ON CONFLICT (channel) DO UPDATE SET value = excluded.value, moved_at = excluded.moved_at",
            number.ToString(), now);
        transaction.Commit();
    }

    private static long Run(SqliteConnection connection, SqliteTransaction? transaction, string sql, params object[] values)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue("$" + (i + 1), values[i]);
        }
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
