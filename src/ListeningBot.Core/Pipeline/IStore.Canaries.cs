using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

public partial interface IStoreView
{
    CanaryRun? CanaryRunOf(long id);

    /// <summary>The run in which this token was sent, or null.</summary>
    CanaryRun? CanaryRunWith(string token);

    /// <summary>The run that began last, or null.</summary>
    CanaryRun? LatestCanaryRun();

    /// <summary>Runs without a verdict, the oldest first.</summary>
    IReadOnlyList<CanaryRun> OpenCanaryRuns();

    /// <summary>When a room first showed this card; null while it has not.</summary>
    DateTimeOffset? FirstShownAt(CardKey key);
}

public partial interface IStoreTx
{
    /// <summary>Returns the new run's id.</summary>
    long AddCanaryRun(CanaryRun run);
    void UpdateCanaryRun(CanaryRun run);
}
