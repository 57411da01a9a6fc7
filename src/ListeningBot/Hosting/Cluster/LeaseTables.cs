using ListeningBot.Storage;
using Npgsql;
using NpgsqlTypes;

namespace ListeningBot.Hosting.Cluster;

/// <summary>What one round learned.</summary>
/// <param name="Clock">The database's clock.</param>
/// <param name="Renewed">Roles of ours whose lease holds on; those not among them are lost.</param>
/// <param name="Live">Seen lately, this node too; not one that was seen in the future, by a clock that was set back since.</param>
/// <param name="Gone">Nodes of the last day that are not alive, and when they were last seen.</param>
internal sealed record Round(DateTimeOffset Clock, IReadOnlySet<string> Renewed, IReadOnlyList<ClusterNode> Live, IReadOnlyList<(string Name, DateTimeOffset Seen)> Gone, IReadOnlyList<LeaseRow> Leases)
{
    /// <summary>Machines of which no start is alive, and when one was seen last.</summary>
    public IEnumerable<(string Name, DateTimeOffset Seen)> Missing =>
        Gone.Where(gone => Live.All(node => node.Name != gone.Name)).GroupBy(gone => gone.Name, StringComparer.Ordinal).Select(starts => (starts.Key, starts.Max(gone => gone.Seen)));
}

/// <summary>The statements of the lease keeper, in database time. Columns are named, so that a newer release may add some.</summary>
internal static class LeaseTables
{
    private const string Now = PostgresSql.Now;
    private const string Day = "86400000";

    /// <summary>The sign of life of this node, the renewal of its leases, and a look at all nodes and roles: one round trip.</summary>
    public static async Task<Round> RoundAsync(NpgsqlConnection connection, ClusterNode me, IReadOnlyList<(string Role, long Epoch)> held, TimeSpan lasts, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, $"DELETE FROM nodes WHERE seen < {Now} - {Day}");
        Add(
            batch,
            $"INSERT INTO nodes (start, name, release, roles, since, seen) VALUES ($1, $2, $3, $4, {Now}, {Now}) ON CONFLICT (start) DO UPDATE SET roles = excluded.roles, seen = excluded.seen",
            me.Start, me.Name, me.Release, me.Roles.Order(StringComparer.Ordinal).ToArray());
        Add(
            batch,
            $"UPDATE leases SET until = {Now} + $4 FROM unnest($2, $3) AS mine (role, epoch) WHERE leases.role = mine.role AND leases.epoch = mine.epoch AND leases.holder = $1 RETURNING leases.role",
            me.Start, held.Select(lease => lease.Role).ToArray(), held.Select(lease => lease.Epoch).ToArray(), (long)lasts.TotalMilliseconds);
        Add(batch, $"SELECT start, name, release, roles, seen, {Now} - seen FROM nodes ORDER BY seen");
        Add(batch, $"SELECT role, holder, node, epoch, until - {Now} FROM leases");
        Add(batch, $"SELECT {Now}");
        await using var rows = await batch.ExecuteReaderAsync(ct);
        var renewed = new HashSet<string>(await ListAsync(rows, row => row.GetString(0), ct), StringComparer.Ordinal);
        await rows.NextResultAsync(ct);
        var nodes = await ListAsync(rows, row => (Node: NodeOf(row), Seen: Time(row.GetInt64(4)), Alive: Math.Abs(row.GetInt64(5)) < lasts.TotalMilliseconds), ct);
        await rows.NextResultAsync(ct);
        var leases = await ListAsync(rows, row => new LeaseRow(row.GetString(0), TextOrNull(row, 1), TextOrNull(row, 2), row.GetInt64(3), TimeSpan.FromMilliseconds(row.GetInt64(4))), ct);
        await rows.NextResultAsync(ct);
        var clock = (await ListAsync(rows, row => Time(row.GetInt64(0)), ct))[0];
        return new Round(clock, renewed, [.. nodes.Where(node => node.Alive).Select(node => node.Node)], [.. nodes.Where(node => !node.Alive).Select(node => (node.Node.Name, node.Seen))], leases);
    }

    /// <summary>What was free is ours now, each with its new epoch. What a late transaction of its last holder still has hold of is left for the next round.</summary>
    public static async Task<IReadOnlyList<(string Role, long Epoch)>> TakeAsync(NpgsqlConnection connection, ClusterNode me, IReadOnlyList<string> roles, TimeSpan lasts, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "INSERT INTO leases (role, epoch, until) SELECT role, 0, 0 FROM unnest($1) AS wanted (role) ON CONFLICT (role) DO NOTHING", (object)roles.ToArray());
        Add(
            batch,
            $"""
            UPDATE leases SET holder = $2, node = $3, epoch = epoch + 1, until = {Now} + $4
            WHERE role IN (SELECT role FROM leases WHERE role = ANY ($1) AND (until <= {Now} OR until > {Now} + $4) FOR UPDATE SKIP LOCKED)
            RETURNING role, epoch
            """,
            roles.ToArray(), me.Start, me.Name, (long)lasts.TotalMilliseconds);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        return await ListAsync(rows, row => (row.GetString(0), row.GetInt64(1)), ct);
    }

    /// <summary>Anybody may take these at once.</summary>
    public static async Task ReleaseAsync(NpgsqlConnection connection, ClusterNode me, IReadOnlyList<(string Role, long Epoch)> held, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(
            batch,
            "UPDATE leases SET holder = NULL, node = NULL, until = 0 FROM unnest($2, $3) AS mine (role, epoch) WHERE leases.role = mine.role AND leases.epoch = mine.epoch AND leases.holder = $1",
            me.Start, held.Select(lease => lease.Role).ToArray(), held.Select(lease => lease.Epoch).ToArray());
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>These starts are no more. What a late transaction of theirs still has hold of is left as it is.</summary>
    /// <returns>False: nothing of them was there.</returns>
    public static async Task<bool> FreeAsync(NpgsqlConnection connection, IReadOnlyList<string> starts, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, "UPDATE leases SET holder = NULL, node = NULL, until = 0 WHERE role IN (SELECT role FROM leases WHERE holder = ANY ($1) FOR UPDATE SKIP LOCKED)", (object)starts.ToArray());
        Add(batch, "DELETE FROM nodes WHERE start = ANY ($1)", (object)starts.ToArray());
        return await batch.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>Who leaves on purpose is gone with its earlier starts, which may have been killed: nobody is to miss them now.</summary>
    public static async Task LeaveAsync(NpgsqlConnection connection, ClusterNode me, TimeSpan lasts, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        Add(batch, $"DELETE FROM nodes WHERE start = $1 OR (name = $2 AND seen < {Now} - $3)", me.Start, me.Name, (long)lasts.TotalMilliseconds);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private static void Add(NpgsqlBatch batch, string sql, params object[] values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(value switch
            {
                string[] texts => new NpgsqlParameter<string[]> { TypedValue = texts, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                long[] numbers => new NpgsqlParameter<long[]> { TypedValue = numbers, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                long number => new NpgsqlParameter<long> { TypedValue = number },
                _ => new NpgsqlParameter<string> { TypedValue = (string)value },
            });
        }
        batch.BatchCommands.Add(command);
    }

    private static ClusterNode NodeOf(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetFieldValue<string[]>(3).ToHashSet(StringComparer.Ordinal));

    private static DateTimeOffset Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string? TextOrNull(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static async Task<List<T>> ListAsync<T>(NpgsqlDataReader rows, Func<NpgsqlDataReader, T> of, CancellationToken ct)
    {
        var list = new List<T>();
        while (await rows.ReadAsync(ct))
        {
            list.Add(of(rows));
        }
        return list;
    }
}
