using System.Data;
using System.Net.Sockets;
using System.Security.Authentication;
using ListeningBot.Core.Pipeline;
using Npgsql;

namespace ListeningBot.Storage;

/// <summary>
/// One session with a PostgreSQL server. Statements whose outcome nobody reads wait, and go to the server together with the next one that is read: what costs is the way there and back.
/// A lost connection is made anew by the next transaction.
/// </summary>
internal sealed partial class PostgresDb : Db
{
    private const int MostWaiting = 512;
    private readonly Dictionary<string, PostgresStatement> _statements = new(ReferenceEqualityComparer.Instance);
    private readonly List<Waiting> _waiting = [];
    private readonly List<Waiting> _underWay = [];
    private readonly PostgresPlace _place;
    private readonly PostgresSession _kind;
    private NpgsqlConnection? _connection;
    private NpgsqlDataReader? _open;

    /// <summary>When the server last answered.</summary>
    private long _heard;

    private PostgresDb(PostgresPlace place, PostgresSession kind) => (_place, _kind) = (place, kind);

    /// <summary>Connects; throws <see cref="StoreException"/>.</summary>
    public static PostgresDb Open(PostgresPlace place, PostgresSession kind)
    {
        var db = new PostgresDb(place, kind);
        db.Connect();
        return db;
    }

    /// <summary>Connects when it is first used.</summary>
    public static PostgresDb OpenLater(PostgresPlace place, PostgresSession kind) => new(place, kind);

    protected override string Choose(string sqlite, string postgres) => postgres;

    public override IReadOnlyCollection<string> Prepared => _statements.Keys;

    public override Statement Ask(string sql)
    {
        ThrowIfLost();
        if (!_statements.TryGetValue(sql, out var statement))
        {
            _statements.Add(sql, statement = new PostgresStatement(this, PostgresSql.Of(sql)));
        }
        return statement.Begin();
    }

    public override void Execute(string sql)
    {
        Flush();
        try
        {
            using var command = new NpgsqlCommand(sql, Connection());
            (_sent, _answered, _changing) = (true, true, true);
            command.ExecuteNonQuery();
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault(e);
        }
    }

    /// <summary>To be sent with the next statement that is read, at the latest before the commit.</summary>
    public void Later(NpgsqlBatchCommand command, PostgresSql sql, Func<Exception>? noneChanged = null)
    {
        _waiting.Add(new Waiting(command, sql, noneChanged));
        if (_waiting.Count >= MostWaiting && _open is null)
        {
            Flush();
        }
    }

    /// <summary>Sends what waits, and this; its rows are read next, and closed by <see cref="End"/>.</summary>
    public NpgsqlDataReader Send(NpgsqlBatchCommand last, PostgresSql sql)
    {
        if (_open is not null)
        {
            throw new InvalidOperationException("Another statement is still being read.");
        }
        _waiting.Add(new Waiting(last, sql, null));
        var rows = SendAll();
        Refuse();
        return rows;
    }

    /// <summary>Sends what waits, and this; how many rows it changed.</summary>
    public int Changed(NpgsqlBatchCommand last, PostgresSql sql)
    {
        End(Send(last, sql));
        return (int)_underWay[^1].Command.Rows;
    }

    public bool NextRow(NpgsqlDataReader rows)
    {
        try
        {
            return rows.Read();
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault(e);
        }
    }

    /// <summary>The answer was read, or nobody wants to.</summary>
    public void End(NpgsqlDataReader rows)
    {
        _open = null;
        try
        {
            rows.Dispose();
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault(e);
        }
    }

    public override void Dispose()
    {
        Forget();
        Drop();
    }

    private void Flush()
    {
        if (_waiting.Count > 0)
        {
            End(SendAll());
            Refuse();
        }
    }

    private NpgsqlDataReader SendAll()
    {
        ThrowIfLost();
        _underWay.Clear();
        _underWay.AddRange(_waiting);
        _waiting.Clear();
        _changing |= _underWay.Exists(waiting => waiting.Sql.Changes);
        try
        {
            return _open = Executed();
        }
        catch (PostgresException e) when (!IsBroken && _marking is not null && RefusedBefore(e) is { } refused)
        {
            // What failed did so because a change before it had found nothing. Why, is asked for on firm ground.
            ReturnToMark();
            throw _failed = refused.NoneChanged!();
        }
        catch (Exception e) when (IsFault(e))
        {
            throw Fault(e);
        }
    }

    private Waiting? RefusedBefore(PostgresException failed) =>
        _underWay.TakeWhile(waiting => waiting.Command != failed.BatchCommand).FirstOrDefault(waiting => waiting.NoneChanged is not null && waiting.Command.Rows == 0);

    /// <summary>Stands before the rows of the last statement.</summary>
    private NpgsqlDataReader Executed()
    {
        while (true)
        {
            var isNew = _connection is null;
            using var batch = new NpgsqlBatch(Connection());
            _underWay.ForEach(waiting => batch.BatchCommands.Add(waiting.Command));
            NpgsqlDataReader? reader = null;
            try
            {
                _sent = true;
                reader = batch.ExecuteReader();
                foreach (var _ in _underWay.SkipLast(1).Where(waiting => waiting.Sql.HasRows))
                {
                    reader.NextResult();
                }
                (_answered, _heard) = (true, TimeProvider.System.GetTimestamp());
                return reader;
            }
            catch (Exception e) when (IsFault(e) && !_answered && !isNew && IsBroken)
            {
                // The session died while it lay idle, and nothing of this transaction was heard yet: the same again on a new one.
                Disconnect();
                RenewCommands();
            }
            catch
            {
                reader?.Dispose();
                throw;
            }
        }
    }

    /// <summary>A command that the driver had prepared in the old session is taken for prepared in every session.</summary>
    private void RenewCommands()
    {
        for (var i = 0; i < _underWay.Count; i++)
        {
            var old = _underWay[i].Command;
            var renewed = new NpgsqlBatchCommand(old.CommandText);
            renewed.Parameters.AddRange(old.Parameters.Select(parameter => parameter.Clone()).ToArray());
            _underWay[i] = _underWay[i] with { Command = renewed };
        }
    }

    /// <summary>A change that found nothing to change is told to whoever asked for it.</summary>
    private void Refuse()
    {
        if (_underWay.Find(waiting => waiting.NoneChanged is not null && waiting.Command.Rows == 0) is { } refused)
        {
            if (_open is { } open)
            {
                End(open);
            }
            throw _failed = refused.NoneChanged!();
        }
    }

    private void ThrowIfLost()
    {
        if (Lost is { } lost)
        {
            throw new StoreException(lost.Message, lost);
        }
    }

    private static bool IsFault(Exception e) => e is NpgsqlException or IOException or TimeoutException or SocketException or AuthenticationException;

    private bool IsBroken => _connection is not { State: ConnectionState.Open };

    private Exception Fault(Exception e)
    {
        var fault = _failed = PostgresFaults.From(e, _place);
        if (IsBroken && _began)
        {
            Lost = fault;
        }
        if (IsBroken)
        {
            Drop();
        }
        return fault;
    }

    /// <param name="NoneChanged">What it means when no row was changed.</param>
    private sealed record Waiting(NpgsqlBatchCommand Command, PostgresSql Sql, Func<Exception>? NoneChanged);
}
