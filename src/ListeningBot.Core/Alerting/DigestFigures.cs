using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Alerting;

/// <summary>A team's day or week in figures. How long a responder took to handle a case is none of them: what counts is the customer.</summary>
public sealed record DigestFigures
{
    public required int Came { get; init; }

    /// <summary>Of those that came: people said that they were no complaint.</summary>
    public required int NoComplaints { get; init; }

    /// <summary>Aspects of those that were complaints, what hurts most first.</summary>
    public required IReadOnlyList<(string Aspect, int Cases, int Critical)> Hurts { get; init; }
    public required int Answered { get; init; }

    /// <summary>From the customer's post to our first answer, of those that came and have one; null without any.</summary>
    public required TimeSpan? AnswerMedian { get; init; }
    public required TimeSpan? AnswerP95 { get; init; }

    /// <summary>Of these: by the time at which it would have been late, which keeps the team's hours.</summary>
    public required int InTarget { get; init; }

    /// <summary>Of those that came: still without an answer.</summary>
    public required int Waiting { get; init; }
    public required int PromisesKept { get; init; }
    public required int PromisesMissed { get; init; }

    /// <summary>What ended in this time, whenever it came.</summary>
    public required IReadOnlyDictionary<Outcome, int> Ended { get; init; }

    /// <summary>Customers who said so themselves.</summary>
    public required int Happy { get; init; }
    public required int AngryAgain { get; init; }

    /// <summary>True when there is nothing to tell.</summary>
    public bool IsEmpty => Came == 0 && PromisesKept + PromisesMissed + Ended.Count + Happy + AngryAgain == 0;

    /// <param name="cases">All cases of the team that came or changed since <paramref name="from"/>.</param>
    /// <param name="due">By when a case was to be answered first, null for whenever.</param>
    public static DigestFigures Of(IReadOnlyList<Case> cases, DateTimeOffset from, DateTimeOffset to, Func<Case, DateTimeOffset?> due)
    {
        bool Within(DateTimeOffset? at) => at >= from && at < to;
        var real = cases.Where(@case => !@case.Shadow && @case.MergedInto is null).ToList();
        var came = real.Where(@case => Within(@case.FirstSeen)).ToList();
        var complaints = came.Where(@case => @case.Outcome != Outcome.NotAComplaint).ToList();
        var answers = complaints.Where(@case => @case.AnsweredAt is not null).ToList();
        var times = answers.Select(TimeToAnswer).Order().ToList();
        var promises = real.SelectMany(@case => @case.Promises).Where(promise => Within(promise.EndedAt)).ToList();
        return new DigestFigures
        {
            Came = came.Count,
            NoComplaints = came.Count - complaints.Count,
            Hurts =
            [
                .. complaints.GroupBy(@case => @case.Aspect)
                    .Select(group => (Aspect: group.Key, Cases: group.Count(), Critical: group.Count(@case => @case.Priority == Priority.Critical), Weight: group.Sum(Weight)))
                    .OrderByDescending(group => group.Weight).ThenBy(group => group.Aspect, StringComparer.Ordinal)
                    .Select(group => (group.Aspect, group.Cases, group.Critical)),
            ],
            Answered = answers.Count,
            AnswerMedian = At(times, 0.5),
            AnswerP95 = At(times, 0.95),
            InTarget = answers.Count(@case => due(@case) is not { } at || @case.AnsweredAt <= at),
            Waiting = complaints.Count(@case => @case.AnsweredAt is null && !@case.HasEnded),
            PromisesKept = promises.Count(promise => promise.Kept == true),
            PromisesMissed = promises.Count(promise => promise.Kept == false),
            Ended = real.Where(@case => @case.Outcome is not (null or Outcome.NotAComplaint) && Within(@case.ResolvedAt)).GroupBy(@case => @case.Outcome!.Value).ToDictionary(group => group.Key, group => group.Count()),
            Happy = real.Count(@case => @case.Happiness == Happiness.Happy && Within(@case.FeltAt ?? @case.TheirWordsAt)),
            AngryAgain = real.Count(@case => @case.Happiness == Happiness.AngryAgain && Within(@case.FeltAt ?? @case.TheirWordsAt)),
        };
    }

    /// <summary>An account of ours may have answered before the post that made it a case.</summary>
    private static TimeSpan TimeToAnswer(Case @case) => @case.AnsweredAt!.Value > @case.Posted ? @case.AnsweredAt.Value - @case.Posted : TimeSpan.Zero;

    private static int Weight(Case @case) => @case.Priority switch
    {
        Priority.Critical => 8,
        Priority.High => 4,
        Priority.Normal => 2,
        _ => 1,
    };

    /// <summary>The smallest time that this share of all is not longer than.</summary>
    private static TimeSpan? At(List<TimeSpan> times, double share) => times.Count == 0 ? null : times[Math.Max(0, (int)Math.Ceiling(times.Count * share) - 1)];
}
