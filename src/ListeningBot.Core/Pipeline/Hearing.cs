using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>Which of the watches that matched a post decide what becomes of it.</summary>
internal static class Deciding
{
    /// <summary>Those on trial only where nobody else heard it.</summary>
    public static IReadOnlyList<Watch> Of(IReadOnlyList<Watch> matched) => matched.Where(watch => !watch.Shadow).ToList() is { Count: > 0 } real ? real : matched;

    /// <summary>Those whose alert line it reaches.</summary>
    public static IEnumerable<Watch> Alerting(IReadOnlyList<Watch> matched, Assessment assessment) => Of(matched).Where(watch => assessment.Complaint >= watch.AlertAt);
}

/// <summary>What a set of watches makes of one post, by itself: whatever its thread, its author's other posts and silences would add.</summary>
/// <param name="Alerting">Those that alert, also those on trial.</param>
internal sealed record Hearing(HeardAs As, IReadOnlyList<Watch> Alerting)
{
    public static readonly Hearing Nothing = new(HeardAs.Nothing, []);

    public bool IsAlert => As == HeardAs.Alert;
    public IReadOnlyList<string> Teams { get; } = [.. Alerting.Where(watch => !watch.Shadow).Select(watch => watch.Team).Distinct(StringComparer.Ordinal)];

    public static Hearing Of(WatchSet watches, Post post, Assessment assessment)
    {
        if (post.ByUs || watches.Ours.Wrote(post) || Intake.MatchedBy(watches, post, assessment) is not { Count: > 0 } matched)
        {
            return Nothing;
        }
        IReadOnlyList<Watch> alerting = post.Automatic ? [] : [.. matched.Where(watch => assessment.Complaint >= watch.AlertAt)];
        var real = matched.Any(watch => !watch.Shadow);
        var alerts = alerting.Any(watch => !watch.Shadow);
        return new Hearing(alerts ? HeardAs.Alert : real ? HeardAs.Maybe : HeardAs.Nothing, alerting);
    }
}
