using ListeningBot.Core.Alerting;

namespace ListeningBot.Core.Pipeline;

/// <summary>How a wanted card stands.</summary>
/// <param name="GivenUp">Its room will not take the version that is wanted.</param>
public sealed record CardStanding(bool Shown, bool GivenUp);

/// <summary>What the auditor has told of a case.</summary>
public sealed record Alarm(long Case, string Fault);

public partial interface IStoreView
{
    /// <summary>Null: such a card was never wanted.</summary>
    CardStanding? StandingOf(CardKey key);

    /// <summary>What was told and is not well again.</summary>
    IReadOnlyList<Alarm> Alarms();
}

public partial interface IStoreTx
{
    /// <summary>False when it was told before.</summary>
    bool AddAlarm(Alarm alarm, DateTimeOffset now);
    void EndAlarm(Alarm alarm);
}
