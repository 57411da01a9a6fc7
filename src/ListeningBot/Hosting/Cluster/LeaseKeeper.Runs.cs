using ListeningBot.Storage;
using Npgsql;

namespace ListeningBot.Hosting.Cluster;

/// <summary>What runs here follows what is held; and stops by itself when nothing could be renewed.</summary>
internal sealed partial class LeaseKeeper
{
    private static readonly TimeSpan LookedEach = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan BeginsWithin = TimeSpan.FromSeconds(3);

    /// <summary>A role that stops here before it is released.</summary>
    private sealed record Giving(Lease Lease, Moment Since)
    {
        public bool Stopped { get; init; }
    }

    /// <summary>What was to begin or to stop here still has not, as when a last change hangs on the way to the database: whatever were taken could not begin, and others can begin with it.</summary>
    private bool IsBehind => _applying is { } since && since.Passed(_time) > BeginsWithin;

    private bool IsFresh() => _renewed.PassedAtMost(_time) < _times.TrustedFor;

    /// <summary>Within the gate.</summary>
    private IReadOnlyList<(string Role, long Epoch)> Held() =>
        [.. _grants.Values.Select(grant => (grant.Lease.Role, grant.Lease.Epoch)), .. _giving.Values.Select(giving => (giving.Lease.Role, giving.Lease.Epoch))];

    /// <summary>Within the gate.</summary>
    private void Revoke(string role)
    {
        if (_grants.Remove(role, out var grant))
        {
            grant.Revoke();
            _changed.Release();
        }
    }

    /// <summary>Within the gate.</summary>
    private void RevokeAll()
    {
        foreach (var role in _grants.Keys.ToList())
        {
            Revoke(role);
        }
        _giving.Clear();
    }

    /// <summary>Waits for no database: looks at the clock alone.</summary>
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(LookedEach, _time);
        while (await timer.TicksAsync(_stop.Token))
        {
            lock (_gate)
            {
                if (_grants.Count > 0 && _renewed.Passed(_time) >= _times.TrustedFor)
                {
                    foreach (var role in _grants.Keys)
                    {
                        _log.Lost(role);
                    }
                    RevokeAll();
                }
            }
        }
    }

    /// <summary>Until the pause is over, or something wants a round at once.</summary>
    private async Task WaitAsync(TimeSpan pause)
    {
        using var over = new CancellationTokenSource(pause, _time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(over.Token, _stop.Token);
        try
        {
            do
            {
                await _wake.WaitAsync(enough.Token);
            }
            while (_wake.CurrentCount > 0);
        }
        catch (OperationCanceledException)
        {
            // The pause is over.
        }
    }

    private async Task ApplyAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                do
                {
                    await _changed.WaitAsync(_stop.Token);
                }
                while (_changed.CurrentCount > 0);
                await ApplyOnceAsync();
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                _log.RolesNotApplied(e);
                await Task.Delay(TriedAgain, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _changed.Release();
            }
        }
    }

    private async Task ApplyOnceAsync()
    {
        Dictionary<string, Grant> now;
        lock (_gate)
        {
            now = new(_grants, StringComparer.Ordinal);
        }
        _applying = Moment.Of(_time);
        try
        {
            await Apply(now);
        }
        finally
        {
            _applying = null;
        }
        lock (_gate)
        {
            foreach (var role in _giving.Keys.Where(role => !now.ContainsKey(role)).ToList())
            {
                _giving[role] = _giving[role] with { Stopped = true };
            }
        }
        _wake.Release();
    }

    /// <summary>With patience: a connection on which nobody answers is given up.</summary>
    private async Task<T> AskAsync<T>(Func<NpgsqlConnection, CancellationToken, Task<T>> ask)
    {
        if (_connection is null)
        {
            var connection = _database.NewConnection("leases", _times.Patience);
            _connection = connection;
            await _database.OpenAsync(connection, _times.Patience, _time, CancellationToken.None);
        }
        using var patience = new CancellationTokenSource(_times.Patience, _time);
        try
        {
            return await ask(_connection, patience.Token);
        }
        catch (OperationCanceledException e) when (patience.IsCancellationRequested)
        {
            throw new TimeoutException($"it did not answer within {_times.Patience.TotalSeconds:0.#} s.", e);
        }
    }

    private async Task FailedAsync(Exception e)
    {
        var why = _database.Why(e);
        lock (_gate)
        {
            if (_fault is null)
            {
                _log.RoundFailed(why);
            }
            _fault = why;
        }
        await DropAsync();
    }

    private async Task DropAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            try
            {
                await connection.DisposeAsync();
            }
            catch (Exception e) when (e is NpgsqlException or IOException or InvalidOperationException)
            {
                // It was broken already.
            }
        }
    }
}
