namespace ListeningBot.Core.Cases;

/// <summary>What an event did to a case.</summary>
public abstract record Transition
{
    private Transition()
    {
    }

    /// <param name="Ping">A short word to the rooms, or null.</param>
    /// <param name="WithdrawPings">Pings already sent are moot.</param>
    public sealed record Changed(Case Case, string? Ping = null, bool WithdrawPings = false) : Transition;

    /// <param name="Why">For the one who pressed; empty when nobody needs to be told.</param>
    public sealed record Unchanged(string Why) : Transition;
}
