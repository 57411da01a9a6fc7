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

    /// <summary>A word of a watch.</summary>
    Word,
}

/// <summary>The post by which a case was opened, and what people made of it.</summary>
/// <param name="ByPeople">From the maybe list or by a command.</param>
/// <param name="Complaint">Null: nobody said.</param>
/// <param name="Rewritten">Its author has written something else since: the reasons of that are not what people judged.</param>
internal sealed record OpenedBy(Mention Mention, bool ByPeople, bool? Complaint, bool Ours, bool Rewritten);

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

    public static Precision None(AlertsBy by, string name) => new(by, name, 0, 0, 0, 0);

    /// <summary>Of cases first seen since then; within each kind the most alerts first.</summary>
    public static IReadOnlyList<Precision> Of(IStoreView view, DateTimeOffset since) => Of(Opened(view, since));

    internal static IReadOnlyList<Precision> Of(IEnumerable<OpenedBy> opened)
    {
        var counts = new Dictionary<(AlertsBy, string), Precision>();
        foreach (var one in opened)
        {
            foreach (var (by, name) in KindsOf(one.Mention))
            {
                var right = one.Complaint is { } complaint && !(one.Rewritten && by == AlertsBy.Reason) ? complaint && (one.Ours || by == AlertsBy.Reason) : (bool?)null;
                counts[(by, name)] = (counts.GetValueOrDefault((by, name)) ?? None(by, name)).And(one.ByPeople, right);
            }
        }
        return [.. counts.Values.OrderBy(one => one.By).ThenByDescending(one => one.Alerts).ThenByDescending(one => one.ByPeople).ThenBy(one => one.Name, StringComparer.Ordinal)];
    }

    /// <summary>What was merged counts with the case that it went into, what was split off with the one that it came from.</summary>
    internal static IEnumerable<OpenedBy> Opened(IStoreView view, DateTimeOffset since)
    {
        foreach (var @case in view.CasesSince(since).Where(@case => @case is { MergedInto: null, SplitFrom: null }))
        {
            if (view.EventsOf(@case.Id) is [{ Event: Opened opened }, ..] && view.MentionOf(opened.Mention) is { } mention)
            {
                var said = SaidOf(view, opened, @case);
                yield return new OpenedBy(mention, opened.By is not null, Verdict.Of(said).Complaint, @case.Outcome != Outcome.NotOurs, said is [.., var last] && last.At < mention.RewrittenAt);
            }
        }
    }

    /// <summary>One alert more, or one that people made of what was none.</summary>
    /// <param name="right">Null: nobody said.</param>
    internal Precision And(bool byPeople, bool? right) => byPeople
        ? this with { ByPeople = ByPeople + 1 }
        : this with { Alerts = Alerts + 1, Right = Right + (right == true ? 1 : 0), Wrong = Wrong + (right == false ? 1 : 0) };

    /// <summary>The card may quote another post meanwhile: then people judged that. What they said before the alert, they said of other words, over which a complaint was written.</summary>
    private static List<VerdictGiven> SaidOf(IStoreView view, Opened opened, Case @case)
    {
        var said = SinceTheAlert(opened.Mention);
        return Verdict.Of(said).Complaint is null && @case.FirstMention != opened.Mention ? SinceTheAlert(@case.FirstMention) : said;

        List<VerdictGiven> SinceTheAlert(long mention) => [.. view.VerdictsOn(mention).Where(given => given.At >= opened.FirstSeen)];
    }

    private static IEnumerable<(AlertsBy By, string Name)> KindsOf(Mention mention) =>
    [
        .. mention.Watches.DefaultIfEmpty(InAThread).Distinct(StringComparer.Ordinal).Select(watch => (AlertsBy.Watch, watch)),
        (AlertsBy.Channel, mention.Post.Channel),
        .. mention.Assessment.Reasons.Where(reason => reason.Side == Side.For).Select(reason => reason.Name).Distinct(StringComparer.Ordinal).Select(reason => (AlertsBy.Reason, reason)),
    ];
}
