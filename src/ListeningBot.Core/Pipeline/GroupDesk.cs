using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>Presses on a group's card: take a case out of it, or look at one.</summary>
internal static class GroupDesk
{
    /// <summary>Claims the chosen case, or the most urgent one that nobody has; it then has a card of its own.</summary>
    public static PressAnswer Take(IStoreTx tx, CaseWriter cases, Press press)
    {
        var group = press.Target.Subject;
        if (tx.GroupOf(group) is null)
        {
            return PressAnswer.Tell("This group is no longer kept. Nothing was changed.");
        }
        var chosen = press.Target.Value is null ? tx.FreeInGroup(group, 1).FirstOrDefault()
            : long.TryParse(press.Target.Value, out var id) ? tx.CaseOf(id)
            : null;
        if (chosen is null)
        {
            return PressAnswer.Tell(press.Target.Value is null ? "All cases of this group are taken. Thank you." : "This case is no longer kept. Nothing was changed.");
        }
        if (chosen.IsFree && chosen.Group != group)
        {
            return PressAnswer.Tell($"Case {chosen.Id} is not in this group. Nothing was changed.");
        }
        return cases.Happen(chosen, new Claimed(press.By)) is Transition.Unchanged refused
            ? PressAnswer.Tell(refused.Why)
            : PressAnswer.Tell($"Case {chosen.Id} is yours; it has a card of its own now.");
    }
}
