using ListeningBot.Hosting.Cluster;

namespace ListeningBot.Tests.Hosting.Cluster;

/// <summary>Nodes that decide with the real functions over a table in memory with the database's rules, each at its own moments; steps of a tenth of a second.</summary>
internal sealed class SimulatedTown(int seed, TimeSpan lasts)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private readonly Random _chance = new(seed);
    private readonly List<Machine> _machines = [];
    private readonly Dictionary<string, Row> _leases = [];
    private readonly HashSet<string> _roles = [.. Enumerable.Range(0, 7).Select(i => $"channel c{i}")];
    private TimeSpan _now;
    private int _started;

    /// <summary>How often a role changed hands.</summary>
    public int Moves { get; private set; }

    private sealed class Machine(string start)
    {
        public string Start => start;
        public TimeSpan? Seen { get; set; }
        public TimeSpan Next { get; set; }

        /// <summary>Does nothing until then.</summary>
        public TimeSpan HangsUntil { get; set; }
        public Surplus Surplus { get; } = new();

        /// <summary>What it believes to run, by epoch.</summary>
        public Dictionary<string, long> Runs { get; } = [];
        public TimeSpan Renewed { get; set; }
    }

    private sealed record Row(string? Holder, long Epoch, TimeSpan Until);

    public void Disturb()
    {
        switch (_chance.Next(5))
        {
            case 0 or 1 when _machines.Count < 6:
            case var _ when _machines.Count == 0:
                _machines.Add(new Machine($"{_chance.Next(100):00}-{_started++}") { Next = _now });
                break;
            case 2:
                _machines.RemoveAt(_chance.Next(_machines.Count));
                break;
            case 3:
                var leaving = _machines[_chance.Next(_machines.Count)];
                foreach (var (role, epoch) in leaving.Runs.Where(run => _leases[run.Key].Epoch == run.Value))
                {
                    _leases[role] = new Row(null, epoch, TimeSpan.Zero);
                }
                _machines.Remove(leaving);
                break;
            case 4:
                _machines[_chance.Next(_machines.Count)].HangsUntil = _now + TimeSpan.FromSeconds(_chance.Next(1, 20));
                break;
            default:
                _roles.Add($"channel d{_chance.Next(20)}");
                break;
        }
    }

    public void Run(TimeSpan time)
    {
        for (var end = _now + time; _now < end; _now += Step)
        {
            foreach (var machine in _machines.Where(machine => machine.HangsUntil <= _now))
            {
                // Stops by itself in time, whatever the database says.
                if (_now - machine.Renewed >= TimeSpan.FromSeconds(5))
                {
                    machine.Runs.Clear();
                }
                if (machine.Next <= _now)
                {
                    Round(machine);
                    machine.Next = _now + TimeSpan.FromMilliseconds(_chance.Next(1800, 2300));
                }
            }
            AssertNobodyRunsTwice();
        }
    }

    public void AssertSettled()
    {
        if (_machines.Count == 0)
        {
            return;
        }
        Assert.All(_roles, role => Assert.Single(_machines, machine => machine.Runs.TryGetValue(role, out var epoch) && epoch == _leases[role].Epoch));
        Assert.InRange(_machines.Max(machine => machine.Runs.Count) - _machines.Min(machine => machine.Runs.Count), 0, 1);
    }

    /// <summary>Of those that are awake; who hangs may believe what he likes.</summary>
    private void AssertNobodyRunsTwice() =>
        Assert.All(_machines.Where(machine => machine.HangsUntil <= _now).SelectMany(machine => machine.Runs.Keys).GroupBy(role => role), runs => Assert.Single(runs));

    private void Round(Machine machine)
    {
        machine.Seen = machine.Renewed = _now;
        foreach (var (role, epoch) in machine.Runs.ToList())
        {
            if (_leases[role].Holder == machine.Start && _leases[role].Epoch == epoch)
            {
                _leases[role] = _leases[role] with { Until = _now + lasts };
            }
            else
            {
                machine.Runs.Remove(role);
            }
        }
        var live = _machines.Where(other => _now - other.Seen < lasts).Select(other => new ClusterNode(other.Start, other.Start, "1", _roles)).ToList();
        var share = Share.Decide(machine.Start, live, [.. _leases.Select(row => new LeaseRow(row.Key, row.Value.Holder, row.Value.Holder, row.Value.Epoch, row.Value.Until - _now))]);
        foreach (var role in machine.Surplus.Of(share.Give).Where(machine.Runs.ContainsKey))
        {
            machine.Runs.Remove(role);
            _leases[role] = _leases[role] with { Holder = null, Until = TimeSpan.Zero };
        }
        foreach (var role in share.Take)
        {
            var epoch = (_leases.GetValueOrDefault(role)?.Epoch ?? 0) + 1;
            _leases[role] = new Row(machine.Start, epoch, _now + lasts);
            machine.Runs[role] = epoch;
            Moves++;
        }
    }
}
