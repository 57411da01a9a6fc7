using ListeningBot.Core.Pipeline;
using Npgsql;

namespace ListeningBot.Storage;

/// <summary>
/// Transactions. Those that write first take one lock that all machines share, so that they run one after another as in SQLite, and each sees all before it.
/// </summary>
internal sealed partial class PostgresDb
{
    private static readonly TimeSpan SettledWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly string _writer = Guid.NewGuid().ToString("N");
    private readonly HashSet<Lease> _held = [];
    private readonly List<Lease> _heldByRequest = [];
    private Waiting? _marking;
    private Exception? _failed;
    private long _mark;
    private bool _began;
    private bool _sent;
    private bool _answered;
    private bool _changing;

    /// <summary>What the server says when it stops waiting for its copy has no code of its own.</summary>
    private const string Warning = "01000";
    private bool _warned;
    private bool _confirming;

    public override int LargestGroup => 250;

    /// <summary>The server remembers up to 64 savepoints of a transaction where others find them at once.</summary>
    public override int MostMarks => 60;

    /// <summary>Other machines want their turn.</summary>
    public override TimeSpan LongestGroup => TimeSpan.FromMilliseconds(100);

    public override void Begin()
    {
        Start(PostgresSql.Begin);
        try
        {
            Later(new NpgsqlBatchCommand(PostgresSql.Lock.Text) { Parameters = { new NpgsqlParameter<long> { TypedValue = _place.LockKey } } }, PostgresSql.Lock);
            if (_kind.Settles)
            {
                ReadCounts();
            }
            else
            {
                Flush();
            }
        }
        catch
        {
            Undo();
            throw;
        }
    }

    public override void BeginReading() => Start(PostgresSql.BeginReading);

    /// <summary>What a request asks for may go to the server with a later one, whose failure it then seems to be: once something failed, the transaction is not to be kept.</summary>
    public override void Arrive()
    {
        Flush();
        RefuseWhatFailed();
    }

    /// <summary>Whoever asked may have swallowed it: what else was done is not to be kept all the same, for the server keeps none of it.</summary>
    private void RefuseWhatFailed()
    {
        if (_failed is { } failed)
        {
            throw new InvalidOperationException("Something failed before.", failed);
        }
    }

    /// <summary>
    /// When the connection breaks while the server commits, nobody has heard whether it did. The transaction left its mark in the data, so the data are asked, which also holds after the server crashed or another took over;
    /// transaction numbers (pg_xact_status) can be given a second time then.
    /// </summary>
    public override void Commit()
    {
        ThrowIfLost();
        Flush();
        if (!_sent)
        {
            _began = false;
            return;
        }
        WriteCounts();
        if (_changing && _kind.Settles)
        {
            Ask("INSERT INTO writers (writer, mark, at) VALUES (?, ?, now()) ON CONFLICT (writer) DO UPDATE SET mark = excluded.mark, at = excluded.at").With(_writer).With(++_mark).Run();
        }
        Wait(PostgresSql.Commit);
        _warned = false;
        try
        {
            Flush();
            _began = false;
        }
        catch (StoreException e) when (Lost is not null && _changing && _kind.Settles)
        {
            Settle(e);

            // It is on the server that answers now; whether the copy has it too, nobody has heard.
            (_warned, _changing) = (true, true);
        }
        if (_warned && _changing && _kind.Settles)
        {
            Confirm();
        }
    }

    /// <summary>Never fails: what the server has not heard, it undoes when the connection ends.</summary>
    public override void Undo()
    {
        Lost = null;
        _waiting.Clear();
        try
        {
            if (_open is { } open)
            {
                End(open);
            }
            if (_began && _sent && _connection is not null)
            {
                Wait(PostgresSql.Rollback);
                Flush();
            }
        }
        catch (Exception e) when (e is StoreException or InvalidOperationException)
        {
            Drop();
        }
        (_began, Lost) = (false, null);
    }

    public override void Mark()
    {
        _heldByRequest.Clear();
        _counts.Mark();
        _marking = Wait(PostgresSql.Mark);
    }

    public override void Keep()
    {
        if (_waiting.Count > 0 && _waiting[^1] == _marking)
        {
            // The server was asked for nothing.
            _waiting.RemoveAt(_waiting.Count - 1);
            return;
        }
        Flush();
        RefuseWhatFailed();
        _held.UnionWith(_heldByRequest);
        Wait(PostgresSql.Keep);
    }

    public override void UndoToMark()
    {
        _counts.UndoToMark();
        _heldByRequest.Clear();
        _failed = null;
        if (_open is { } open)
        {
            End(open);
        }
        var unsent = _marking is null ? -1 : _waiting.IndexOf(_marking);
        if (unsent >= 0)
        {
            _waiting.RemoveRange(unsent, _waiting.Count - unsent);
            return;
        }
        ReturnToMark();
        Wait(PostgresSql.Keep);
    }

    private void ReturnToMark()
    {
        _waiting.Clear();
        Wait(PostgresSql.UndoToMark);
        Flush();
    }

    public override void Expect(Lease lease)
    {
        if (_held.Contains(lease) || _heldByRequest.Contains(lease))
        {
            return;
        }
        using var row = Ask("SELECT 1 FROM leases WHERE role = ? AND epoch = ? FOR KEY SHARE").With(lease.Role).With(lease.Epoch);
        if (!row.Read())
        {
            throw new LeaseLostException(lease);
        }
        _heldByRequest.Add(lease);
    }

    private void Start(PostgresSql begin)
    {
        Lost = null;
        _waiting.Clear();
        _held.Clear();
        _heldByRequest.Clear();
        _failed = null;
        (_began, _sent, _answered, _changing, _marking) = (true, false, false, false, null);
        Prove();
        Wait(begin);
    }

    private Waiting Wait(PostgresSql sql)
    {
        var waiting = new Waiting(new NpgsqlBatchCommand(sql.Text), sql, NoneChanged: null);
        _waiting.Add(waiting);
        return waiting;
    }

    /// <summary>
    /// The server waited for its synchronous copy, our patience ended that, and so the change is stored on one machine only, which may be given up a moment later. Its log is sent in order: once a later
    /// commit comes through without that warning, this one is safe too.
    /// </summary>
    private void Confirm()
    {
        if (_confirming)
        {
            throw PostgresFaults.Unconfirmed(_place);
        }
        _confirming = true;
        try
        {
            Begin();
            _changing = true;
            Commit();
        }
        finally
        {
            _confirming = false;
        }
    }

    private void Settle(StoreException cause)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                if (StoredMark() == _mark)
                {
                    return;
                }
                break;
            }
            catch (StoreException) when (TimeProvider.System.GetElapsedTime(since) < SettledWithin)
            {
                new ManualResetEventSlim().Wait(Pause);
            }
            catch (StoreException)
            {
                throw PostgresFaults.Unknown(_place, cause);
            }
        }
        throw PostgresFaults.CutOffBeforeCommit(_place);
    }

    /// <summary>Having the lock, one knows that the transaction that broke off is over, one way or the other.</summary>
    private long StoredMark()
    {
        Begin();
        try
        {
            using var row = Ask("SELECT mark FROM writers WHERE writer = ?").With(_writer);
            return row.Read() ? row.Long(0) : 0;
        }
        finally
        {
            Undo();
        }
    }

    /// <summary>No commit is left to be asked about.</summary>
    private void Forget()
    {
        if (_kind.Settles && _connection is not null && !_began && _mark > 0)
        {
            try
            {
                Ask("DELETE FROM writers WHERE writer = ? OR at < now() - interval '7 days'").With(_writer).Changed();
            }
            catch (StoreException)
            {
                // The next store that closes does it.
            }
        }
    }
}
