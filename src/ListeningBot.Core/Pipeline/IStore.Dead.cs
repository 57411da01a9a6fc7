namespace ListeningBot.Core.Pipeline;

/// <summary>What could not be dealt with.</summary>
public partial interface IStoreView
{
    /// <summary>In the order in which it came, from after this id on.</summary>
    IReadOnlyList<DeadLetter> DeadLetters(long after, int limit);
    DeadLetter? DeadLetterOf(long id);

    /// <summary>What waits for a human, counted by kind and place.</summary>
    IReadOnlyList<DeadCount> DeadCounts();

    /// <summary>What the operators have not been told of, the first of it first.</summary>
    IReadOnlyList<DeadLetter> UntoldDead(int limit);

    /// <summary>What a human wants to be tried again.</summary>
    IReadOnlyList<DeadLetter> DeadToRetry(int limit);

    /// <summary>Rows were met that can't be read, and are not in the list yet.</summary>
    bool HasUnreadable { get; }

    /// <summary>Something of what waits came before this time.</summary>
    bool HasDeadBefore(DateTimeOffset time);
}

public partial interface IStoreTx
{
    /// <summary>
    /// Once for each <see cref="DeadWork.Ref"/>: what is there already has failed once more. Of what is too much for a channel the oldest give way; that is counted and told.
    /// </summary>
    void AddDead(DeadLetter letter, DateTimeOffset now);

    /// <summary>It was dealt with after all; nothing happens when it is not there.</summary>
    void EndDead(string reference);

    /// <summary>The author is gone, and so is what waits of theirs. How many there were.</summary>
    int EndDeadOfAuthor(string ns, string author);

    /// <summary>A human has seen it, and nothing is to be done. False when it is not there.</summary>
    bool PutDeadAway(long id);

    /// <summary>False when it is not there.</summary>
    bool AskDeadRetry(long id, bool asked);
    void DeadFailedAgain(long id, string why, DateTimeOffset now);
    void DeadTold(long upTo);

    /// <summary>What came before this time goes, at most this many; it is counted and told. How many went.</summary>
    int AgeDead(DateTimeOffset before, int limit, DateTimeOffset now);

    /// <summary>Puts the rows that can't be read into the list; cases among them are due no more, so that they hold up nobody.</summary>
    void KeepUnreadable(DateTimeOffset now);

    /// <summary>Whether the row can be read now.</summary>
    bool RowIsWell(DeadRow row);

    /// <summary>A card that was given up is tried again; false when it is wanted no more.</summary>
    bool TryCardAgain(Alerting.CardKey key);

    /// <summary>A ping that was given up before it was sent is tried again; false when it is moot.</summary>
    bool TryPingAgain(long id);
    void TryLookupAgain(long mention, DateTimeOffset now);
}
