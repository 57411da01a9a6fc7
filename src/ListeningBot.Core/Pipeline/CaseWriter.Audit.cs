using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>What the auditor asks of a case, and how it is mended.</summary>
public sealed partial class CaseWriter
{
    /// <summary>The cards that must stand for it: its own, or those of its group.</summary>
    internal static IEnumerable<CardKey> CardsOf(Case @case) =>
        @case.Group is { } group ? RoomsOf(@case).Select(room => new CardKey(SubjectOf(group), room)) : KeysOf(@case);

    /// <summary>What is due is reckoned anew, and a card that is not wanted is wanted. Changes nothing of a case that is well.</summary>
    internal void Mend(Case @case)
    {
        var next = Agenda.Next(@case, TeamOf(@case), now);
        tx.SetDue(@case.Id, next?.At, next?.Step);
        if (CardsOf(@case).All(key => tx.StandingOf(key) is not null))
        {
            return;
        }
        if (@case.Group is { } group && tx.GroupOf(group) is null)
        {
            Happen(@case, new Ungrouped());
            return;
        }
        WantCards(@case);
    }
}
