namespace ListeningBot.Core.Pipeline;

public partial interface IStoreView
{
    /// <summary>Open cases with posts of this channel that are to be asked for again now, most urgent first, then the longest due. A case asked for "later than now" is due: the clock was put back.</summary>
    IReadOnlyList<long> CasesToAskFor(string channel, DateTimeOffset now, int limit);
}

/// <summary>Open cases whose posts are asked for again, for each channel on which they have some. Freeing a case's keys ends it.</summary>
public partial interface IStoreTx
{
    /// <summary>Does nothing where the case's posts on this channel are asked for already.</summary>
    void AskAgain(long caseId, string channel, DateTimeOffset due, DateTimeOffset now);

    /// <summary>They were asked for, or tried to; next at <paramref name="due"/>. Does nothing when the case was closed meanwhile.</summary>
    void AskedFor(long caseId, string channel, DateTimeOffset due, DateTimeOffset now);
}
