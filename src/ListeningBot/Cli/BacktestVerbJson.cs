using ListeningBot.Core.Pipeline;

namespace ListeningBot.Cli;

/// <summary>The same for programs: one object; counts of the sample are weighted and called estimates.</summary>
internal static class BacktestVerbJson
{
    public static object Of(BacktestResult result, string what, DateTimeOffset since) => new
    {
        tried = what,
        since,
        first = result.Span?.First,
        last = result.Span?.Last,
        mentions = result.Mentions,
        sampled = result.SampledPosts,
        sampledFor = result.Sample.Total,
        deleted = result.Deleted,
        deletedConfirmed = result.DeletedConfirmed,
        inThreads = result.InThreads,
        alerts = Plain(result.Alerts),
        moved = Plain(result.Moved),
        maybes = Plain(result.Maybes),
        byPriority = result.ByPriority.Select(one => new { priority = one.Priority, alerts = Plain(one.Alerts) }),
        byTeam = result.ByTeam.Select(one => new
        {
            team = one.Team,
            alerts = Plain(one.Alerts),
            loadBefore = Plain(one.LoadBefore),
            loadAfter = Plain(one.LoadAfter),
            judgedBefore = Plain(one.JudgedBefore),
            judgedAfter = Plain(one.JudgedAfter),
        }),
        byWatch = result.ByWatch.Select(one => new { watch = one.Watch, onTrial = one.OnTrial, alerts = Plain(one.Alerts) }),
        missed = result.Missed,
        caught = result.Caught,
        lost = result.Lost,
        gained = result.Gained,
        falseSpared = result.FalseSpared,
        falseAdded = result.FalseAdded,
        judgedBefore = Plain(result.JudgedBefore),
        judgedAfter = Plain(result.JudgedAfter),
    };

    private static object Plain(Shift shift) => new { before = Plain(shift.Before), after = Plain(shift.After), gained = Plain(shift.Gained), lost = Plain(shift.Lost) };

    private static object Plain(Tally tally) => new { posts = tally.Total, estimate = tally.IsEstimate };

    private static object Plain(Load load) => new { mean = Math.Round(load.Mean, 3), busiest = load.Busiest, estimate = load.IsEstimate };

    private static object Plain(Judged judged) => new { right = judged.Right, wrong = judged.Wrong, falseShare = judged.FalseShare is { } share ? Math.Round(share, 4) : (double?)null, few = judged.IsFew };
}
