using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>In a burst many cases share one calm card; what is critical never does, and what concerns one case alone gives it a card of its own.</summary>
public sealed partial class CaseWriter
{
    /// <summary>A group's card is edited no more often than this.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(5);

    /// <summary>A burst that lasts gets a new card after this, where people look, and may ping anew.</summary>
    private static readonly TimeSpan LongestGroup = TimeSpan.FromHours(1);

    /// <summary>The group that a new case joins, or null when it has a card of its own. One whose cases are all taken or answered has said all its words: what comes then is shown and pinged anew.</summary>
    private long? GroupFor(Case opened)
    {
        var (from, within) = policy.Bursts;
        if (from <= 0 || opened.Priority == Priority.Critical || !tx.ManyCasesSeen(opened.Teams[0], now - within, now, from))
        {
            return null;
        }
        var burst = CaseGroup.BurstOf(RoomsOf(opened)[0], opened.Teams[0]);
        var group = tx.LatestGroup(burst, opened.Aspect) is { } last && last.LastAt <= now && last.LastAt > now - within && last.OpenedAt > now - LongestGroup && tx.FreeInGroup(last.Id, 1) is [var next] && CaseGroup.Waits(next) ? last.Id : tx.AddGroup(burst, opened.Aspect, now);
        tx.JoinGroup(group, now);
        return group;
    }

    /// <summary>Somebody has it, it is critical, or something is to be said of it alone.</summary>
    private static bool StandsAlone(Transition.Changed changed, CaseEvent happened) =>
        changed.Case.Group is not null && !changed.Case.HasEnded
        && (changed.Case.Owner is not null || changed.Case.Priority == Priority.Critical || (changed.Words.Count > 0 && StepOfMany(happened) is null));

    private Case Ungroup(Case @case)
    {
        var alone = (Transition.Changed)@case.Apply(new Ungrouped(), now);
        Save(alone.Case, new Ungrouped(), shows: true);
        WantGroup(@case);
        return alone.Case;
    }

    private void WantGroup(Case @case)
    {
        if (tx.GroupOf(@case.Group!.Value) is not { } group)
        {
            return;
        }
        var next = tx.FreeInGroup(group.Id, 1).FirstOrDefault(CaseGroup.Waits);
        if (next is null)
        {
            tx.WithdrawPings(SubjectOf(group.Id));
        }

        // Other teams heard others of its cases: where its card stands, it counts and quotes this one too.
        foreach (var room in RoomsOf(@case).Union(tx.RoomsOfCard(SubjectOf(group.Id))))
        {
            tx.WantCardCalmly(new CardKey(SubjectOf(group.Id), room), version: null, next?.Priority ?? Priority.Low, group.OpenedAt, now, now + Calm);
            _rooms.Add(room);
        }
    }

    /// <summary>What the clock says of each of many cases is said once for all of one priority; what it repeats, once each time.</summary>
    private void SayOfGroup(long group, Case @case, Word word, Step step, IReadOnlyList<string> to)
    {
        var times = @case.Taken.Count(taken => taken.Step == step);
        var cases = $"{@case.Priority.ToString().ToLowerInvariant()} cases of this group";
        var text = step switch
        {
            Step.WarnTarget => $"First answers to {cases} are nearly late.",
            Step.TargetMissed => $"First answers to {cases} are late.",
            Step.Floor => "Customers of this group have waited as long as anybody may. Nobody waits longer, however small.",
            Step.Ping => $"Nobody has claimed the {cases} yet.",
            Step.Lead => $"Still nobody has claimed the {cases}.",
            Step.Manager => $"For long nobody has claimed the {cases}.",
            _ => $"Nobody has claimed the {cases}, in spite of all words.",
        };
        CardButton[] buttons = [new CardButton("Take the most urgent", new PressTarget(PressAction.Take, group), Main: true)];
        foreach (var room in word.To == Audience.Room ? RoomsOf(@case) : RoomsOf(@case).Take(1))
        {
            tx.WantPing(new CardKey(SubjectOf(group), room), $"{word.Key}-{@case.Priority}-{times}", text, to, buttons, now);
        }
    }

    /// <summary>The steps that many cases come to at the same time; null for what concerns one alone.</summary>
    private static Step? StepOfMany(CaseEvent happened) => happened switch
    {
        NobodyClaimed => Step.Ping,
        TimeCame { Step: Step.Ping or Step.Lead or Step.Manager or Step.Repeat or Step.WarnTarget or Step.TargetMissed or Step.Floor } time => time.Step,
        _ => null,
    };

    private static string SubjectOf(long group) => $"group:{group}";
}
