using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>The case of a judged mention, as far as it says who was judged.</summary>
/// <param name="NotOurs">Null: the case can't be read, and nothing below is known of it.</param>
/// <param name="FirstMention">The mention that its card quotes.</param>
/// <param name="Opened">The mention that opened it.</param>
public sealed record JudgedCase(long Id, bool? NotOurs, long FirstMention, long Opened);

/// <summary>What people said of mentions, for learning and for counting.</summary>
public partial interface IStoreView
{
    /// <summary>All verdicts, in the order in which they were given. It walks through the whole table: nothing that runs all day asks so.</summary>
    IReadOnlyList<VerdictGiven> Verdicts();

    /// <summary>Null where the mention has no case. It is asked for thousands, so nothing else of the case is read.</summary>
    JudgedCase? JudgedCaseOf(long mention);

    /// <summary>Cases first seen at this time or later, whatever their state, in the order of their ids; likewise.</summary>
    IReadOnlyList<Case> CasesSince(DateTimeOffset since);
}
