using ListeningBot.Core.Cases;
using ListeningBot.Core.Scoring;

namespace ListeningBot.Core.Pipeline;

/// <summary>By what alerts are counted.</summary>
public enum AlertsBy
{
    Watch,
    Channel,

    /// <summary>What spoke for a complaint when it was judged.</summary>
    Reason,
}

/// <summary>How often alerts of one watch, from one channel, or for one reason were right, by the verdicts of people.</summary>
/// <param name="Alerts">Cases that the bot opened.</param>
/// <param name="Right">People said that it is a complaint; of a watch and a channel, also that it is ours.</param>
/// <param name="Wrong">No complaint, or not ours.</param>
/// <param name="ByPeople">Cases that people opened from the maybe list or by a command: what the bot did not alert.</param>
public sealed record Precision(AlertsBy By, string Name, int Alerts, int Right, int Wrong, int ByPeople)
{
    /// <summary>With fewer verdicts than this a share says little.</summary>
    public const int FewVerdicts = 20;
    public const string InAThread = "(in a thread, by no watch)";

    /// <summary>Of 95%.</summary>
    private const double Z = 1.959964;

    public int Judged => Right + Wrong;
    public int NotJudged => Alerts - Judged;
    public bool IsSmall => Judged < FewVerdicts;
    public double? Share => Judged == 0 ? null : (double)Right / Judged;

    /// <summary>Where the true share lies, 19 of 20 times (Wilson); 0..1 while nothing is known.</summary>
    public (double From, double To) Interval
    {
        get
        {
            if (Share is not { } share)
            {
                return (0, 1);
            }
            var spread = Z * Math.Sqrt((share * (1 - share) + Z * Z / (4 * Judged)) / Judged);
            var scale = 1 + Z * Z / Judged;
            var middle = share + Z * Z / (2 * Judged);
            return (Math.Max(0, (middle - spread) / scale), Math.Min(1, (middle + spread) / scale));
        }
    }

    /// <summary>Of cases first seen since then; within each kind the most alerts first. What was merged counts with the case that it went into, what was split off with the one that it came from.</summary>
    public static IReadOnlyList<Precision> Of(IStoreView view, DateTimeOffset since)
    {
        var counts = new Dictionary<(AlertsBy, string), Precision>();
        foreach (var @case in view.CasesSince(since).Where(@case => @case is { MergedInto: null, SplitFrom: null }))
        {
            if (view.EventsOf(@case.Id) is [{ Event: Opened opened }, ..] && view.MentionOf(opened.Mention) is { } mention)
            {
                Count(counts, mention, opened, @case, JudgedOf(view, opened, @case));
            }
        }
        return [.. counts.Values.OrderBy(one => one.By).ThenByDescending(one => one.Alerts).ThenByDescending(one => one.ByPeople).ThenBy(one => one.Name, StringComparer.Ordinal)];
    }

    private static void Count(Dictionary<(AlertsBy, string), Precision> counts, Mention mention, Opened opened, Case @case, bool? complaint)
    {
        var ours = @case.Outcome != Outcome.NotOurs;
        foreach (var (by, name) in KindsOf(mention))
        {
            var one = counts.GetValueOrDefault((by, name)) ?? new Precision(by, name, 0, 0, 0, 0);
            var right = complaint == true && (ours || by == AlertsBy.Reason);
            counts[(by, name)] = opened.By is not null
                ? one with { ByPeople = one.ByPeople + 1 }
                : one with { Alerts = one.Alerts + 1, Right = one.Right + (right ? 1 : 0), Wrong = one.Wrong + (complaint is not null && !right ? 1 : 0) };
        }
    }

    /// <summary>The card may quote another post meanwhile: then people judged that.</summary>
    private static bool? JudgedOf(IStoreView view, Opened opened, Case @case) =>
        Verdict.Of(view.VerdictsOn(opened.Mention)).Complaint ?? (@case.FirstMention == opened.Mention ? null : Verdict.Of(view.VerdictsOn(@case.FirstMention)).Complaint);

    private static IEnumerable<(AlertsBy By, string Name)> KindsOf(Mention mention) =>
    [
        .. mention.Watches.DefaultIfEmpty(InAThread).Distinct(StringComparer.Ordinal).Select(watch => (AlertsBy.Watch, watch)),
        (AlertsBy.Channel, mention.Post.Channel),
        .. mention.Assessment.Reasons.Where(reason => reason.Side == Side.For).Select(reason => reason.Name).Distinct(StringComparer.Ordinal).Select(reason => (AlertsBy.Reason, reason)),
    ];
}
