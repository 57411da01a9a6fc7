using ListeningBot.Storage;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ListeningBot.Hosting.Cluster;

/// <summary>What people call a node, and which release of the program it runs.</summary>
internal sealed record NodeName(string Name, string Release);

/// <summary>
/// Keeps this node's part of the roles that must run once: shows that it lives, renews its leases, takes what is free, hands over what is too much. On a connection of its own, so that
/// nothing that is written holds it up. When the database can't be reached, what runs here is stopped before another node may begin with it.
/// </summary>
internal sealed partial class LeaseKeeper : IAsyncDisposable
{
    private static readonly TimeSpan TriedAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);
    private readonly SharedDatabase _database;
    private readonly ClusterTimes _times;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Grant> _grants = new(StringComparer.Ordinal);

    /// <summary>Stopping here; released when nothing of it runs any more.</summary>
    private readonly Dictionary<string, Giving> _giving = new(StringComparer.Ordinal);

    /// <summary>The last epoch of each role by which anything ran here.</summary>
    private readonly Dictionary<string, long> _granted = new(StringComparer.Ordinal);
    private readonly Surplus _surplus = new();
    private readonly Overlong _overlong;
    private readonly Overleapt _overleapt;
    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _changed = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly string _start = StartMark.New();
    private readonly NodeName _name;
    private NpgsqlConnection? _connection;
    private IReadOnlySet<string> _wanted = new HashSet<string>();
    private Task _work = Task.CompletedTask;
    private volatile Moment _renewed;
    private Round? _round;
    private bool _freedEarlier;
    private TimeSpan _skew;
    private string? _fault;
    private volatile Moment? _applying;

    public LeaseKeeper(SharedDatabase database, NodeName name, ClusterTimes times, TimeProvider time, ILogger<LeaseKeeper> log)
    {
        (_database, _name, _times, _time, _log) = (database, name, times, time, log);
        _renewed = Moment.Of(time);
        (_overlong, _overleapt) = (new Overlong(times, time), new Overleapt(times, time));
    }

    /// <summary>Makes what runs here fit: called with all roles of this node, one call at a time, again until it does not throw. Roles not among them run no longer when it returns.</summary>
    public Func<IReadOnlyDictionary<string, Grant>, Task> Apply { get; set; } = _ => Task.CompletedTask;

    /// <summary>What this node can run; after a change of the configuration others.</summary>
    public void Want(IReadOnlySet<string> roles)
    {
        lock (_gate)
        {
            _wanted = roles;
        }
        _wake.Release();
    }

    public ClusterView View
    {
        get
        {
            lock (_gate)
            {
                var mine = _grants.Values.Where(grant => grant.Holds).Select(grant => (grant.Lease.Role, grant.Lease.Epoch)).OrderBy(lease => lease.Role, StringComparer.Ordinal).ToList();
                return new ClusterView(Me, _wanted, mine, _round, _renewed.Passed(_time), _skew, _fault);
            }
        }
    }

    private ClusterNode Me => new(_start, _name.Name, _name.Release, _stop.IsCancellationRequested || IsBehind ? new HashSet<string>() : _wanted);

    public void Start() => _work = Task.WhenAll(Task.Run(KeepAsync), Task.Run(WatchAsync), Task.Run(ApplyAsync));

    /// <summary>Stops what runs here, then hands over all roles at once.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        IReadOnlyList<(string, long)> held;
        lock (_gate)
        {
            held = Held();
            RevokeAll();
        }
        try
        {
            await Apply(new Dictionary<string, Grant>());
            await AskAsync(async (connection, ct) =>
            {
                await LeaseTables.ReleaseAsync(connection, Me, held, ct);
                await LeaseTables.LeaveAsync(connection, Me, _times.Lasts, ct);
                return 0;
            });
        }
        catch (Exception e)
        {
            _log.NotReleased(e.Message);
        }
        finally
        {
            await DropAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_stop.IsCancellationRequested)
        {
            await StopAsync();
        }
    }

    /// <summary>One round after another: each two seconds, sooner when a lease of a dead node ends or the roles that are wanted change.</summary>
    private async Task KeepAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TimeSpan pause;
            try
            {
                pause = await RoundAsync();
            }
            catch (Exception e)
            {
                await FailedAsync(e);
                pause = TriedAgain;
            }
            await WaitAsync(pause);
        }
    }

    private async Task<TimeSpan> RoundAsync()
    {
        IReadOnlyList<(string Role, long Epoch)> held, stopped;
        lock (_gate)
        {
            stopped = [.. _giving.Values.Where(giving => giving.Stopped || giving.Since.Passed(_time) > _times.StoppedWithin).Select(giving => (giving.Lease.Role, giving.Lease.Epoch))];
            held = [.. Held().Except(stopped)];
        }
        if (stopped.Count > 0)
        {
            await AskAsync(async (connection, ct) => { await LeaseTables.ReleaseAsync(connection, Me, stopped, ct); return 0; });
            lock (_gate)
            {
                foreach (var (role, _) in stopped)
                {
                    _giving.Remove(role);
                }
            }
        }
        var asked = Moment.Of(_time);
        var round = await AskAsync((connection, ct) => LeaseTables.RoundAsync(connection, Me, held, _times.Lasts, ct));
        round = round with { Leases = _overlong.Of(_overleapt.Of(round.Leases, round.Clock, asked)) };
        Learn(round, asked);
        if (!_freedEarlier && await FreeEarlierAsync(round))
        {
            return ShortestPause;
        }
        round = await GiveBackAsync(round);
        var share = Share.Decide(_start, round.Live, round.Leases);
        GiveAway(share);
        if (share.Take.Count > 0 && !_stop.IsCancellationRequested)
        {
            await TakeAsync(share.Take);
        }
        return Pause(round);
    }

    private void Learn(Round round, Moment asked)
    {
        lock (_gate)
        {
            var way = asked.Passed(_time) / 2;
            var ahead = asked.Wall + way - round.Clock;
            _skew = TimeSpan.FromTicks(Math.Sign(ahead.Ticks) * Math.Max(0, Math.Abs(ahead.Ticks) - way.Ticks));
            _round = round;
            _renewed = asked;
            foreach (var role in _grants.Keys.Where(role => !round.Renewed.Contains(role)).ToList())
            {
                _log.Lost(role);
                Revoke(role);
            }
            foreach (var role in _giving.Keys.Where(role => !round.Renewed.Contains(role)).ToList())
            {
                _giving.Remove(role);
            }
            if (_fault is not null)
            {
                _fault = null;
                _log.RoundWell();
            }
        }
    }

    /// <summary>What nobody wants here any more, and what others should have: it is stopped first.</summary>
    private void GiveAway(Share share)
    {
        lock (_gate)
        {
            var surplus = _surplus.Of(share.Give);
            foreach (var role in _grants.Keys.Where(role => !_wanted.Contains(role) || surplus.Contains(role)).ToList())
            {
                _log.Gave(role);
                _giving[role] = new Giving(_grants[role].Lease, Moment.Of(_time));
                Revoke(role);
            }
        }
    }

    /// <summary>What an earlier start of this machine had that was killed need not wait until its leases end. Looked for once: whoever comes later is no earlier start.</summary>
    /// <returns>True when there was such a one.</returns>
    private async Task<bool> FreeEarlierAsync(Round round)
    {
        IReadOnlyList<string> ended = [.. round.Live.Where(node => node.Name == _name.Name).Select(node => node.Start)
            .Concat(round.Leases.Where(lease => lease.Node == _name.Name).Select(lease => lease.Holder).OfType<string>()).Distinct(StringComparer.Ordinal).Where(StartMark.Ended)];
        _freedEarlier = true;
        var freed = ended.Count > 0 && await AskAsync((connection, ct) => LeaseTables.FreeAsync(connection, ended, ct));
        if (freed)
        {
            _log.FreedEarlier();
        }
        return freed;
    }

    /// <summary>
    /// What was taken for this start while the answer did not get here: nothing ran by that epoch, so it is free, and anybody may take it now instead of when the lease ends. What was ever
    /// granted here is left alone: something of it may still be stopping.
    /// </summary>
    private async Task<Round> GiveBackAsync(Round round)
    {
        IReadOnlyList<(string Role, long Epoch)> unheard;
        lock (_gate)
        {
            unheard = [.. round.Leases.Where(lease => lease.Holder == _start && lease.Epoch > _granted.GetValueOrDefault(lease.Role)).Select(lease => (lease.Role, lease.Epoch))];
        }
        if (unheard.Count == 0)
        {
            return round;
        }
        await AskAsync(async (connection, ct) => { await LeaseTables.ReleaseAsync(connection, Me, unheard, ct); return 0; });
        return round with { Leases = [.. round.Leases.Select(lease => unheard.Contains((lease.Role, lease.Epoch)) ? lease with { Holder = null, Node = null, Left = TimeSpan.Zero } : lease)] };
    }

    private async Task TakeAsync(IReadOnlyList<string> roles)
    {
        var taken = await AskAsync((connection, ct) => LeaseTables.TakeAsync(connection, Me, roles, _times.Lasts, ct));
        lock (_gate)
        {
            foreach (var (role, epoch) in taken)
            {
                Revoke(role);
                _granted[role] = epoch;
                _grants[role] = new Grant(new Lease(role, epoch), IsFresh);
                _log.Took(role, epoch);
            }
        }
        _changed.Release();
    }

    private TimeSpan Pause(Round round)
    {
        var live = round.Live.Select(node => node.Start).ToHashSet(StringComparer.Ordinal);
        var next = round.Leases.Where(lease => !lease.IsFree && !live.Contains(lease.Holder!) && _wanted.Contains(lease.Role)).Select(lease => lease.Left + ShortestPause).Append(_times.Renewed).Min();
        return next > ShortestPause ? next : ShortestPause;
    }
}
