using ListeningBot.Net;

namespace ListeningBot.Hosting.Cluster;

/// <summary>The clock of the scheduler that all machines share, and what it follows.</summary>
/// <param name="Clock">The scheduler goes by it.</param>
internal sealed record SharedClock(SteadyClock Clock, LeaseKeeper Keeper)
{
    /// <summary>The database's time, give or take the way there; null before it was first asked.</summary>
    public DateTimeOffset? Database => Keeper.View is { Round: { } round } view ? round.Clock + view.Since : null;
}
