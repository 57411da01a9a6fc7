namespace ListeningBot.Hosting.Cluster;

/// <summary>How long what may last. A node stops by itself before anybody else may begin.</summary>
internal sealed record ClusterTimes
{
    public TimeSpan Renewed { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>In the database's time, from the last renewal.</summary>
    public TimeSpan Lasts { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>By this machine's own steady clock, from before the last renewal was sent.</summary>
    public TimeSpan TrustedFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>What is handed over and does not heed the stop is released all the same after this: what it still writes is refused.</summary>
    public TimeSpan StoppedWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>One question to the database takes no longer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);
}
