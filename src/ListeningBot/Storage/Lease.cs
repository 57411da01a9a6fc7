namespace ListeningBot.Storage;

/// <summary>
/// The right to run one role (a channel, a notifier) on this machine, until another machine takes it over, which raises the epoch. It flows with everything that the role's run does,
/// and each of its writes holds only while the stored epoch is still this one.
/// </summary>
internal sealed record Lease(string Role, long Epoch)
{
    private static readonly AsyncLocal<Lease?> Flowing = new();

    /// <summary>That of the run that is under way here; null for what any machine may do.</summary>
    public static Lease? Current => Flowing.Value;

    /// <summary>From here on everything in this flow of calls is done under the lease.</summary>
    public void Enter() => Flowing.Value = this;
}

/// <summary>Another machine has the role now: nothing of what was to be written was.</summary>
internal sealed class LeaseLostException(Lease lease) : Core.Pipeline.StoreException($"Another machine has taken over {lease.Role}; this one's late change was not stored.")
{
    public override bool IsTakenOver => true;
}
