using ListeningBot.Core.Scoring;
using ListeningBot.Core.Teams;

namespace ListeningBot.Core.Cases;

/// <summary>When a case needs the clock next, and for what.</summary>
public sealed record DueStep(DateTimeOffset At, Step Step);

/// <summary>
/// What the clock owes a case: read from its state and its team's targets and hours alone, so that changed targets, hours or zone data move what is to come and
/// never repeat or skip what was. Each open case has a next step; one without is a fault, and the auditor says so.
/// </summary>
public static class Agenda
{
    private const int WarnedAtPercent = 80;

    /// <summary>The earliest step; null only for cases that are closed, or shown as a shadow.</summary>
    public static DueStep? Next(Case @case, Team team) => All(@case, team).OrderBy(step => step.At).FirstOrDefault();

    /// <summary>The same as it is to be taken: what was missed, as while the program was down, and would ping somebody in quiet hours waits until they are over.</summary>
    public static DueStep? Next(Case @case, Team team, DateTimeOffset now) =>
        All(@case, team).Select(step => step.At < now && KeepsHours(step.Step) ? step with { At = team.Awake(now, Urgency(@case, step.Step)) is var awake && awake > now ? awake : step.At } : step)
            .OrderBy(step => step.At).FirstOrDefault();

    private static IEnumerable<DueStep> All(Case @case, Team team) => @case.State == CaseState.Closed || @case.Shadow ? [] : Steps(@case, team);

    private static IEnumerable<DueStep> Steps(Case @case, Team team) =>
        @case.HasEnded ? AfterTheFix(@case, team)
        : @case.SnoozedUntil is { } until ? [new DueStep(until, Step.WakeUp), .. Promise(@case, team), Floor(@case, team)]
        : @case.State == CaseState.Waiting ? [.. Idle(@case, team), .. Promise(@case, team), Floor(@case, team)]
        : @case.IsHeld ? [.. FirstAnswer(@case, team), .. Idle(@case, team), .. Promise(@case, team), Floor(@case, team)]
        : [.. Unclaimed(@case, team), .. FirstAnswer(@case, team), .. Promise(@case, team), Floor(@case, team)];

    private static IEnumerable<DueStep> Unclaimed(Case @case, Team team)
    {
        // Somebody of ours had the last word. A customer who wrote after it waits again.
        if (@case.State == CaseState.Answered)
        {
            yield break;
        }
        var targets = team.Targets;
        var top = Step.Manager;
        foreach (var (step, times) in new[] { (Step.Ping, targets.Ping), (Step.Lead, targets.Lead), (Step.Manager, targets.Manager) })
        {
            if (times.Of(@case.Priority) is not { } after)
            {
                continue;
            }
            top = step;
            if (@case.TakenAt(step) is null && !(step == Step.Ping && @case.Pinged))
            {
                yield return At(@case, team, step, team.After(@case.Since, after, @case.Priority));
            }
        }
        var repeats = @case.Taken.Count(taken => taken.Step == Step.Repeat);
        if ((@case.TakenAt(Step.Repeat) ?? @case.TakenAt(top)) is { } last && repeats < targets.Repeats && targets.RepeatEvery.Of(@case.Priority) is { } every)
        {
            yield return At(@case, team, Step.Repeat, team.After(last, every, @case.Priority));
        }
    }

    /// <summary>A target that was missed before we first saw the post is no news to anybody.</summary>
    private static IEnumerable<DueStep> FirstAnswer(Case @case, Team team)
    {
        if (@case.ServedAt is not null || team.Targets.FirstAnswer.Of(@case.Priority) is not { } target)
        {
            yield break;
        }
        var due = team.After(@case.Posted, target, @case.Priority);
        if (due <= @case.FirstSeen)
        {
            yield break;
        }
        var warn = team.After(@case.Posted, target * WarnedAtPercent / 100, @case.Priority);
        if (@case.TakenAt(Step.TargetMissed) is not null)
        {
            yield break;
        }
        if (@case.TakenAt(Step.WarnTarget) is null && warn > @case.FirstSeen && warn < due)
        {
            yield return At(@case, team, Step.WarnTarget, warn);
        }
        yield return At(@case, team, Step.TargetMissed, due);
    }

    /// <summary>While a promise is open the owner has said when: nobody asks before, unless its customer has written since.</summary>
    private static IEnumerable<DueStep> Idle(Case @case, Team team)
    {
        if (@case.OpenPromise is { } promise && !@case.HasUnansweredSince(promise.MadeAt))
        {
            yield break;
        }
        var patience = @case.State == CaseState.Claimed ? team.Targets.Idle.Of(@case.Priority) ?? team.Targets.Waiting : team.Targets.Waiting;
        var since = @case.LastAction ?? @case.ClaimedAt ?? @case.Since;
        yield return @case.TakenAt(Step.AskOwner) is { } asked
            ? At(@case, team, Step.FreeClaim, team.After(asked, patience, @case.Priority))
            : At(@case, team, Step.AskOwner, team.After(since, patience, @case.Priority));
    }

    private static IEnumerable<DueStep> Promise(Case @case, Team team)
    {
        if (@case.OpenPromise is not { } promise)
        {
            yield break;
        }
        var nudge = promise.Due - team.Targets.PromiseNudge;
        if (@case.TakenAt(Step.NudgePromise) is null && nudge > promise.MadeAt)
        {
            yield return new DueStep(nudge, Step.NudgePromise);
        }
        yield return new DueStep(promise.Due, Step.PromiseMissed);
    }

    /// <summary>Whatever the hour, and again each time it passes: from the post, or, once we have answered or solved it, from the last thing that happened or is promised.</summary>
    private static DueStep Floor(Case @case, Team team)
    {
        var since = @case.ServedAt is not { } served ? Later(@case.Posted, @case.FirstSeen)
            : new[] { served, @case.Since, @case.LastAction, @case.OpenPromise?.Due, @case.SnoozedUntil }.Max()!.Value;
        var patience = @case.ServedAt is null ? team.Targets.Floor : team.Targets.Floor + team.Targets.Waiting;
        var again = @case.TakenAt(Step.Floor) is { } last ? last + team.Targets.Floor : since;
        return new DueStep(Later(again, since + patience), Step.Floor);
    }

    private static IEnumerable<DueStep> AfterTheFix(Case @case, Team team)
    {
        var targets = team.Targets;
        var resolved = @case.ResolvedAt ?? @case.Since;
        if (@case.State == CaseState.Resolved && @case.TakenAt(Step.FollowUp) is null)
        {
            yield return At(@case, team, Step.FollowUp, resolved + targets.FollowUp);
            yield break;
        }
        // Nobody is silent before somebody was asked to ask them: that waits for working days, and for a program that was down.
        var asked = @case.FollowedUpAt ?? Later(resolved + targets.FollowUp, @case.TakenAt(Step.FollowUp) ?? resolved);
        yield return new DueStep(asked + targets.Silence, Step.CloseInSilence);
    }

    /// <summary>The floor, a promise and what was put off come at the hour that was said, and a close in silence calls nobody.</summary>
    private static bool KeepsHours(Step step) => step is not (Step.Floor or Step.NudgePromise or Step.PromiseMissed or Step.WakeUp or Step.CloseInSilence);

    private static DueStep At(Case @case, Team team, Step step, DateTimeOffset at) => new(team.Awake(at, Urgency(@case, step)), step);

    /// <summary>However critical it was, once it is solved nobody is woken to ask how it went.</summary>
    private static Priority Urgency(Case @case, Step step) => step == Step.FollowUp ? Priority.Normal : @case.Priority;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
