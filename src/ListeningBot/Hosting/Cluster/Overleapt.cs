namespace ListeningBot.Hosting.Cluster;

/// <summary>
/// Leases that end early: the database's clock was set forth. Who holds one still believes in it by its own steady clock, and sends by it; so for as long as anybody may believe, what somebody
/// had then is not free. Whoever lives renews its own meanwhile, and nothing moves.
/// </summary>
internal sealed class Overleapt(ClusterTimes times, TimeProvider time)
{
    /// <summary>A smaller leap lies within what a lease lasts longer than it is trusted.</summary>
    private readonly TimeSpan _slack = 0.8 * (times.Lasts - times.TrustedFor);
    private (DateTimeOffset Clock, Moment Asked)? _last;
    private Moment? _leapt;

    /// <summary>Called once a round.</summary>
    /// <param name="asked">Before the round was sent.</param>
    public IReadOnlyList<LeaseRow> Of(IReadOnlyList<LeaseRow> leases, DateTimeOffset clock, Moment asked)
    {
        var now = Moment.Of(time);

        // By more than the answers can have taken: a slow database must not put off what a dead machine had.
        if (_last is { } last && clock - last.Clock - last.Asked.Passed(time) > _slack)
        {
            _leapt = now;
        }
        _last = (clock, asked);
        return _leapt is { } leapt && times.TrustedFor - leapt.Passed(time) is var left && left > TimeSpan.Zero
            ? [.. leases.Select(lease => lease.Holder is not null && lease.IsFree ? lease with { Left = left } : lease)]
            : leases;
    }
}
