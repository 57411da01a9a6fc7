using ListeningBot.Core.Pipeline;
using Npgsql;

namespace ListeningBot.Storage;

internal sealed partial class PostgresDb
{
    /// <summary>The oldest server that its makers still mend.</summary>
    public const int LeastVersion = 14;

    public Version ServerVersion => Connection().PostgreSqlVersion;

    private NpgsqlConnection Connection()
    {
        if (_connection is null)
        {
            Connect();
        }
        return _connection!;
    }

    private void Connect()
    {
        var connection = _place.NewConnection(_kind);
        try
        {
            connection.Open();
            Accept(connection);
            connection.Notice += (_, told) => _warned |= told.Notice.SqlState == Warning;
            using var settings = new NpgsqlCommand(_kind.Settings, connection);
            settings.ExecuteNonQuery();
            (_connection, _heard) = (connection, TimeProvider.System.GetTimestamp());
        }
        catch (Exception e) when (IsFault(e) && e is not StoreException)
        {
            connection.Dispose();
            throw PostgresFaults.From(e, _place);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// A network can fall silent, and nobody is told: what is asked over a session from before would wait for all its patience, each session anew. One that lay idle is asked first whether it is still there,
    /// and given up after two seconds, and two more for the driver.
    /// </summary>
    private void Prove()
    {
        if (_connection is null || TimeProvider.System.GetElapsedTime(_heard) < _kind.Unasked)
        {
            return;
        }
        try
        {
            using var ask = new NpgsqlCommand("SELECT 1", _connection) { CommandTimeout = 2 };
            ask.ExecuteScalar();
            _heard = TimeProvider.System.GetTimestamp();
        }
        catch (Exception e) when (IsFault(e))
        {
            Disconnect();
        }
    }

    /// <summary>The server tells these of itself when a session begins.</summary>
    private void Accept(NpgsqlConnection connection)
    {
        if (connection.PostgreSqlVersion.Major < LeastVersion)
        {
            throw PostgresFaults.TooOld(_place, connection.PostgreSqlVersion);
        }
        var told = connection.PostgresParameters;
        if (told.TryGetValue("server_encoding", out var encoding) && encoding != "UTF8")
        {
            throw PostgresFaults.NotUtf8(_place, encoding);
        }

        // Nobody reads a copy on purpose: after a fail-over a name may still lead to one, which may be of long ago.
        if (told.GetValueOrDefault("in_hot_standby") == "on" || (_kind.Writes && told.GetValueOrDefault("default_transaction_read_only") == "on"))
        {
            throw PostgresFaults.ReadOnly(_place);
        }
    }

    /// <summary>The session is over, and what waited for it.</summary>
    private void Drop()
    {
        _waiting.Clear();
        Disconnect();
    }

    private void Disconnect()
    {
        var connection = _connection;
        (_connection, _open) = (null, null);
        try
        {
            connection?.Dispose();
        }
        catch (Exception e) when (IsFault(e))
        {
            // It is gone either way.
        }
    }
}
