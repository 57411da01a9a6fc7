using System.Globalization;
using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Alerting;

/// <summary>Says why a complaint reached us late, where it did.</summary>
public static class LateWriter
{
    /// <summary>What came within this time after it was posted came in time.</summary>
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(5);

    private const int LongestCause = 100;

    /// <summary>
    /// "bluesky was not heard from 10:00 to 10:20 (connection lost)"; times in UTC. Null when it came in time, when its author wrote it later over what we had seen, or when nobody knows when it was posted.
    /// </summary>
    /// <param name="wasInTray">It was in the maybe list, until somebody made a case of it.</param>
    /// <param name="firstContact">It was read at the first contact with its source, which holds what is old. Such a time is in no figure of how long it takes.</param>
    /// <param name="gaps">When its channel was not heard between the post and our first sight of it.</param>
    public static string? Because(Case @case, Mention first, bool wasInTray, bool firstContact, IReadOnlyList<Gap> gaps)
    {
        if (first.Post.Posted is null || first.Posted > first.FirstSeen)
        {
            return null;
        }
        if (wasInTray && @case.SplitFrom is null && @case.FirstSeen - first.FirstSeen > LateAfter)
        {
            return $"it lay in the maybe list from {Times(first.FirstSeen, @case.FirstSeen)}";
        }
        var late = first.FirstSeen - first.Posted;
        if (late <= LateAfter)
        {
            return null;
        }
        var channel = first.Post.Channel;
        if (Dark(gaps, first) is { } gap)
        {
            return $"{channel} {InWords(gap)}";
        }
        return firstContact
            ? $"it was there before {channel} first looked there, at {Time(first.FirstSeen, first.FirstSeen)}"
            : $"{channel} showed it {Wording.InWords(late)} after it was posted";
    }

    private static string InWords(Gap gap) =>
        gap.Quiet ? $"gave nothing from {Times(gap.From, gap.To)}, though it answered"
        : $"was not heard from {Times(gap.From, gap.To)} ({InShort(gap.Cause)}){(gap.Fate == GapFate.Backfilled ? " and was read afterwards" : "")}";

    /// <summary>The longest time in which the channel was not heard, when such times make up at least half of the delay.</summary>
    private static Gap? Dark(IReadOnlyList<Gap> gaps, Mention first)
    {
        var overlaps = gaps.Select(gap => (Gap: gap, Overlap: Earlier(gap.To, first.FirstSeen) - Later(gap.From, first.Posted))).Where(dark => dark.Overlap > TimeSpan.Zero).ToList();
        var dark = overlaps.Aggregate(TimeSpan.Zero, (sum, one) => sum + one.Overlap);
        return overlaps.Count > 0 && dark * 2 >= first.FirstSeen - first.Posted ? overlaps.MaxBy(one => one.Overlap).Gap : null;
    }

    /// <summary>Of what operators are told, the first sentence, without the cure.</summary>
    private static string InShort(string cause)
    {
        var end = cause.IndexOf(". ", StringComparison.Ordinal);
        var first = (end < 0 ? cause : cause[..end]).TrimEnd('.', ' ');
        return first.Cut(LongestCause);
    }

    private static string Times(DateTimeOffset from, DateTimeOffset to) => $"{Time(from, to)} to {Time(to, to)}";

    /// <summary>With its day when that is not the day of <paramref name="reader"/>.</summary>
    private static string Time(DateTimeOffset time, DateTimeOffset reader) =>
        time.UtcDateTime.ToString(time.UtcDateTime.Date == reader.UtcDateTime.Date ? "HH:mm" : "d MMM HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
