namespace ListeningBot.Core.Pipeline;

/// <summary>What is told of a day's money, once a day each. Stored by number: only add.</summary>
public enum SpendNotice
{
    /// <summary>Four fifths are spent.</summary>
    Most = 1,
    UsedUp = 2,
}

public partial interface IStoreView
{
    /// <summary>What a channel has spent and reserved on a day (UTC), in millionths of its currency.</summary>
    long SpentOn(string channel, DateOnly day);
}

public partial interface IStoreTx
{
    /// <summary>Adds to what the channel has spent on a day; negative gives back. Returns what it is then, never below 0.</summary>
    long Spend(string channel, DateOnly day, long amount);

    /// <summary>False when it was told before.</summary>
    bool TellSpend(string channel, DateOnly day, SpendNotice notice);
}
