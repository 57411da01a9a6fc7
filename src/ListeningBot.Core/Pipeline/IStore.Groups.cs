using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

public partial interface IStoreView
{
    /// <summary>Whether at least so many cases of a team (the first of the case) were first seen after <paramref name="after"/> and not later than <paramref name="to"/>.</summary>
    bool ManyCasesSeen(string team, DateTimeOffset after, DateTimeOffset to, int many);

    CaseGroup? GroupOf(long id);

    /// <summary>The rooms in which this card is wanted, shown or not.</summary>
    IReadOnlyList<string> RoomsOfCard(string subject);

    /// <summary>The latest group of this burst (<see cref="CaseGroup.BurstOf"/>) and aspect, or null.</summary>
    CaseGroup? LatestGroup(string burst, string aspect);

    /// <summary>Cases of a group that nobody has: those that wait before those that were answered or put off, of both the most urgent first, then the oldest post.</summary>
    IReadOnlyList<Case> FreeInGroup(long group, int limit);

    /// <summary>How many nobody has and nobody has answered.</summary>
    int CountUnansweredInGroup(long group);
}

public partial interface IStoreTx
{
    /// <summary>Returns the new group's id; it has no case yet.</summary>
    long AddGroup(string burst, string aspect, DateTimeOffset now);

    /// <summary>One case more.</summary>
    void JoinGroup(long group, DateTimeOffset now);

    /// <summary>Raises the wanted version (null: by one), or makes the row. What is shown already is edited no sooner than <paramref name="notBefore"/>; what waits, waits on as it does.</summary>
    void WantCardCalmly(CardKey key, int? version, Priority priority, DateTimeOffset posted, DateTimeOffset now, DateTimeOffset notBefore);
}
