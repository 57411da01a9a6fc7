namespace ListeningBot.Hosting.Cluster;

/// <summary>
/// Leases that last longer than any is given: the database's clock was set back. Whoever lives renews its own within two seconds; one that still lasts too long after a whole lease's time by our steady clock is
/// nobody's, and would else be so until the database's clock is there again.
/// </summary>
internal sealed class Overlong(ClusterTimes times, TimeProvider time)
{
    private Dictionary<string, Moment> _since = [];

    /// <summary>Called once a round.</summary>
    public IReadOnlyList<LeaseRow> Of(IReadOnlyList<LeaseRow> leases)
    {
        _since = leases.Where(lease => !lease.IsFree && lease.Left > times.Lasts).ToDictionary(lease => lease.Role, lease => _since.GetValueOrDefault(lease.Role) ?? Moment.Of(time), StringComparer.Ordinal);
        return [.. leases.Select(lease => _since.TryGetValue(lease.Role, out var since) && since.Passed(time) > times.Lasts ? lease with { Left = TimeSpan.Zero } : lease)];
    }
}
