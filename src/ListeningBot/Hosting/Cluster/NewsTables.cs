using ListeningBot.Core.Posts;
using Npgsql;

namespace ListeningBot.Hosting.Cluster;

/// <summary>Threads and accounts of cases that were touched, and the last event that this takes in.</summary>
internal sealed record News(long Last, IReadOnlyList<ulong> Threads, IReadOnlyList<PostKey> Accounts);

/// <summary>The statements by which machines learn of each other's cases and ring each other's rooms.</summary>
internal static class NewsTables
{
    public static async Task<long> LastAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT coalesce(max(id), 0) FROM case_events", connection);
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>One statement, so that all of it is of one moment.</summary>
    public static async Task<News> SinceAsync(NpgsqlConnection connection, long last, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            WITH touched AS (SELECT DISTINCT case_id FROM case_events WHERE id > $1)
            SELECT (SELECT coalesce(max(id), $1) FROM case_events), NULL::bigint, NULL::text, NULL::text
            UNION ALL SELECT NULL, thread_hash, NULL, NULL FROM case_keys JOIN touched USING (case_id) WHERE thread_hash <> 0
            UNION ALL SELECT NULL, NULL, a.ns, a.author FROM touched t JOIN cases c ON c.id = t.case_id JOIN customer_accounts a ON a.customer = c.customer
            """,
            connection)
        {
            Parameters = { new NpgsqlParameter<long> { TypedValue = last } },
        };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var (threads, accounts) = (new List<ulong>(), new List<PostKey>());
        while (await rows.ReadAsync(ct))
        {
            if (!rows.IsDBNull(0))
            {
                last = rows.GetInt64(0);
            }
            else if (!rows.IsDBNull(1))
            {
                threads.Add(unchecked((ulong)rows.GetInt64(1)));
            }
            else
            {
                accounts.Add(new PostKey(rows.GetString(2), rows.GetString(3)));
            }
        }
        return new News(last, threads, accounts);
    }

    public static async Task<int> RingAsync(NpgsqlConnection connection, string channel, string[] rooms, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("SELECT pg_notify($1, room) FROM unnest($2) AS rung (room)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = channel }, new NpgsqlParameter<string[]> { TypedValue = rooms } },
        };
        return await command.ExecuteNonQueryAsync(ct);
    }
}
