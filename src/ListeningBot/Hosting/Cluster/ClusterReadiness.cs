using ListeningBot.Web;

namespace ListeningBot.Hosting.Cluster;

/// <summary>What /readyz says of this machine among the others: its roles, who has the rest, and whether it is fit to share the work.</summary>
internal sealed class ClusterReadiness(LeaseKeeper keeper, ClusterTimes times)
{
    /// <summary>Due work and times on cards go by the machines' own clocks: further apart than this they contradict each other.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(1);

    public PartnerState Look()
    {
        var view = keeper.View;
        var why = WhyNot(view);
        return new PartnerState(why is null, new
        {
            node = view.Me.Name,
            view.Me.Release,
            why,
            roles = view.Mine.Select(lease => new { lease.Role, lease.Epoch }),
            nodes = view.Round?.Live.Where(node => node.Start != view.Me.Start).Select(node => new { node.Name, node.Release, roles = RolesOf(view.Round, node.Start) }),
            gone = view.Round?.Missing.Select(gone => new { name = gone.Name, lastSeen = gone.Seen }),
            nobody = view.Round?.Leases.Where(lease => lease.IsFree && view.Wanted.Contains(lease.Role)).Select(lease => lease.Role),
            clockAheadSeconds = Math.Round(view.Skew.TotalSeconds, 3),
            databaseAnsweredSecondsAgo = Math.Round(view.Since.TotalSeconds, 1),
        });
    }

    private string? WhyNot(ClusterView view)
    {
        if (view.Since >= times.TrustedFor || view.Round is null)
        {
            return $"The database can't be asked who runs what{(view.Fault is { } fault ? $": {fault.TrimEnd('.')}" : "")}. What must run once does not run here meanwhile.";
        }
        return view.Skew.Duration() <= MostSkew ? null
            : $"This machine's clock is {view.Skew.Duration().TotalSeconds:0.0} s {(view.Skew > TimeSpan.Zero ? "ahead of" : "behind")} the database's. Set it right on whichever is wrong (chrony, systemd-timesyncd).";
    }

    private static IEnumerable<object> RolesOf(Round round, string start) =>
        round.Leases.Where(lease => lease.Holder == start && !lease.IsFree).OrderBy(lease => lease.Role, StringComparer.Ordinal).Select(lease => new { lease.Role, lease.Epoch });
}
