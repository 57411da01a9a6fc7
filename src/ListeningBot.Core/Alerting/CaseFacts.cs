using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Alerting;

/// <summary>What a card says that its case does not know.</summary>
/// <param name="First">The mention that the card quotes.</param>
public sealed record CaseFacts(Mention First)
{
    /// <summary>"bluesky was not heard from 10:00 to 10:20 (connection lost)"; null when it came in time.</summary>
    public string? LateBecause { get; init; }

    /// <summary>"2nd case in 30 days; the last one: solved"; null for somebody new.</summary>
    public string? History { get; init; }
}
