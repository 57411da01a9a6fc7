using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>What people said of mentions, for learning and for counting.</summary>
public partial interface IStoreView
{
    /// <summary>All verdicts, in the order in which they were given. It walks through the whole table: nothing that runs all day asks so.</summary>
    IReadOnlyList<VerdictGiven> Verdicts();

    /// <summary>Cases first seen at this time or later, whatever their state, in the order of their ids; likewise.</summary>
    IReadOnlyList<Case> CasesSince(DateTimeOffset since);
}
