using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

public partial interface IStoreView
{
    /// <summary>Whether it was read at the first contact with its source; false too where nobody noted it.</summary>
    bool WasAtFirstContact(long mention);

    /// <summary>The times of all mentions fetched at this time or later, in that order.</summary>
    IReadOnlyList<MentionTimes> TimesSince(DateTimeOffset since);

    /// <summary>Cases that were opened late because of this gap: by a post of that time that was read after it.</summary>
    IReadOnlyList<long> CasesLateBy(string channel, Gap gap);
}

public partial interface IStoreTx
{
    void KeepTimes(long mention, MentionTimes times);
}
