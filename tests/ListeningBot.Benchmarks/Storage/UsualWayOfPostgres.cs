using System.Text.Json;
using ListeningBot.Core.Posts;
using ListeningBot.Storage;
using Npgsql;

namespace ListeningBot.Benchmarks.Storage;

/// <summary>The rival: Npgsql as its guide shows it, on the shipped schema: a pooled connection, a transaction and new commands for each case; up to 32 cases side by side.</summary>
internal sealed class UsualWayOfPostgres(string connectionString) : IDisposable
{
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=32;Max Auto Prepare=50");

    public async Task RecordAsync(int number)
    {
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var now = Cases.Now.ToUnixTimeMilliseconds();
        var id = await RunAsync(connection, "UPDATE sequences SET value = value + 1 WHERE name = 'case' RETURNING value");
        var mention = Cases.Mention(number) with { CaseId = id };
        var mentionId = await RunAsync(connection,
            "INSERT INTO mentions (ns, post_id, author_id, case_id, first_seen, body) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
            mention.Post.Key.Namespace, mention.Post.Key.Id, mention.Post.Author.Id!, id, now, JsonSerializer.Serialize(mention, StoreJson.Default.Mention));
        var @case = Cases.Case(id, mentionId, mention);
        await RunAsync(connection, "INSERT INTO cases (id, version, state, posted, first_seen, due, body) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            id, 1L, (long)@case.State, now, now, @case.Due!.Value.ToUnixTimeMilliseconds(), JsonSerializer.Serialize(@case, StoreJson.Default.Case));
        await RunAsync(connection, "INSERT INTO case_events (case_id, version, at, event) VALUES ($1, 1, $2, $3)", id, now, JsonSerializer.Serialize(Cases.Opened(@case), StoreJson.Default.CaseEvent));
        await RunAsync(connection, "INSERT INTO case_keys (key, case_id, thread_hash) VALUES ($1, $2, $3)", "thread " + mention.Post.Key, id, unchecked((long)ThreadHash.Of(mention.Post.Key)));
        await RunAsync(connection, "INSERT INTO case_keys (key, case_id, thread_hash) VALUES ($1, $2, 0)", "author bluesky " + mention.Post.Author.Id + " care", id);
        await RunAsync(connection, "INSERT INTO cards (subject, room, wanted, priority, posted, wanted_since) VALUES ($1, 'care', 1, $2, $3, $3)", "case:" + id, (long)@case.Priority, now);
        await RunAsync(connection,
            "INSERT INTO cursors (channel, value, first_contact, moved_at) VALUES ('bluesky', $1, $2, $2) ON CONFLICT (channel) DO UPDATE SET value = excluded.value, moved_at = excluded.moved_at",
            number.ToString(), now);
        await transaction.CommitAsync();
    }

    public void Dispose() => _source.Dispose();

    private static async Task<long> RunAsync(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }
        return await command.ExecuteScalarAsync() is long number ? number : 0;
    }
}
