using ListeningBot.Storage;
using Npgsql;

namespace ListeningBot.Hosting.Cluster;

/// <summary>The PostgreSQL that the machines share, for sessions beside the store's: each its own, short of patience.</summary>
internal sealed class SharedDatabase
{
    private readonly NpgsqlConnectionStringBuilder _given;

    /// <summary>As operators know it; null for what the configuration does not take, as a search path of several schemas.</summary>
    private readonly PostgresPlace? _place;

    /// <param name="connection">Storage:Connection; checked before.</param>
    public SharedDatabase(string connection)
    {
        _given = new NpgsqlConnectionStringBuilder(connection);
        _place = PostgresPlace.Parse(connection, out _, out _);
        Schema = string.IsNullOrEmpty(_given.SearchPath) ? PostgresPlace.OwnSchema : _given.SearchPath;
        _given.SearchPath = Schema;
        _given.TargetSessionAttributes = PostgresPlace.IsOneOfSeveral(_given) ? "primary" : null;
        PostgresPlace.Prepare(_given);
    }

    public string Schema { get; }

    /// <summary>As it is, with the bot's schema.</summary>
    public string Text => _given.ConnectionString;

    /// <summary>Of several.</summary>
    private static readonly TimeSpan EachHost = TimeSpan.FromSeconds(2);

    /// <summary>What went wrong, with the cure. The end of patience is a server that did not answer in time.</summary>
    public string Why(Exception e) => _place is null ? e.Message : PostgresFaults.From(e is OperationCanceledException ? new TimeoutException(e.Message, e) : e, _place).Message;

    private int Hosts => _given.Host!.Split(',').Length;

    /// <summary>
    /// Opens one. Of several hosts each has its time, so that one that is silent leaves time for the others. Throws as the driver does, <see cref="TimeoutException"/> when nobody answers, and when it is a
    /// copy that takes no changes: to such a one a name may still lead after a fail-over.
    /// </summary>
    public async Task OpenAsync(NpgsqlConnection connection, TimeSpan patience, TimeProvider time, CancellationToken ct)
    {
        var within = patience + (EachHost * (Hosts - 1));
        using var over = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, over.Token);
        try
        {
            await connection.OpenAsync(either.Token);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException($"it did not answer within {within.TotalSeconds:0.#} s.", e);
        }
        catch (NpgsqlException e) when (e.InnerException is AggregateException all)
        {
            throw new NpgsqlException(all.InnerExceptions[^1] is PostgresException said ? said.MessageText : all.InnerExceptions[^1].Message, e);
        }
        if (connection.PostgresParameters.GetValueOrDefault("in_hot_standby") == "on")
        {
            await connection.CloseAsync();
            throw new NpgsqlException("it is a read-only copy (a replica).");
        }
    }

    /// <summary>Not open yet. No statement, lock or idle transaction of it lasts longer on the server, and a commit waits for the disk.</summary>
    /// <param name="purpose">For whoever looks at the server's sessions.</param>
    public NpgsqlConnection NewConnection(string purpose, TimeSpan patience)
    {
        var milliseconds = (long)patience.TotalMilliseconds;
        var connection = new NpgsqlConnectionStringBuilder(Text)
        {
            Pooling = false,
            Timeout = Hosts > 1 ? (int)EachHost.TotalSeconds : Math.Max(1, (int)patience.TotalSeconds),
            CommandTimeout = 0,
            CancellationTimeout = -1,
            KeepAlive = 10,
            ApplicationName = $"ListeningBot {purpose}",
        };
        connection.Options = $"{connection.Options} -c statement_timeout={milliseconds} -c lock_timeout={milliseconds / 2} -c idle_in_transaction_session_timeout=4000 -c synchronous_commit=on".Trim();
        return new NpgsqlConnection(connection.ConnectionString);
    }
}
