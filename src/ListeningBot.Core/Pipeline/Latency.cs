using ListeningBot.Core.Cases;
using ListeningBot.Core.Posts;

namespace ListeningBot.Core.Pipeline;

/// <summary>How long one step of the way took.</summary>
/// <param name="Name">"posted to seen".</param>
/// <param name="Mentions">On how many mentions the figures rest; 0: there are none.</param>
public sealed record HopFigures(string Name, int Mentions, TimeSpan P50, TimeSpan P95, TimeSpan P99)
{
    public static HopFigures Of(string name, List<TimeSpan> times)
    {
        times.Sort();
        return new HopFigures(name, times.Count, At(times, 50), At(times, 95), At(times, 99));
    }

    /// <summary>The nearest rank: a time that was really measured.</summary>
    private static TimeSpan At(List<TimeSpan> sorted, int percent) => sorted.Count == 0 ? default : sorted[(sorted.Count * percent + 99) / 100 - 1];
}

/// <summary>How long mentions of a channel took, step by step. Those of which the figures would tell nothing about the way they usually go are counted apart.</summary>
/// <param name="Channel">Null: all channels together.</param>
/// <param name="Mentions">Whose times are in the figures.</param>
/// <param name="Undated">Of those, without the time they were posted: they are in no step that begins there.</param>
/// <param name="AtFirstContact">Not in the figures: read at the first contact with the source, which holds what is old.</param>
/// <param name="ReadAfterwards">Not in the figures: posted while the channel was not heard.</param>
/// <param name="LongBefore">Not in the figures: history by what it claims (<see cref="PostTime.IsHistory"/>).</param>
public sealed record Latency(string? Channel, int Mentions, int Undated, int AtFirstContact, int ReadAfterwards, int LongBefore, IReadOnlyList<HopFigures> Hops)
{
    /// <summary>Older gaps explain no post that we take for as old as it says (<see cref="PostTime"/>).</summary>
    private static readonly TimeSpan GapsBack = PostTime.LongestAgo;

    private static readonly (string Name, Func<MentionTimes, TimeSpan?> Of)[] Steps =
    [
        ("posted to seen", times => times.Seen - times.Posted),
        ("seen to fetched", times => times.Fetched - times.Seen),
        ("fetched to scored", times => times.Scored),
        ("scored to recorded", times => times.Recorded - times.Scored),
        ("recorded to shown", times => times.Shown - (times.Fetched + times.Recorded)),
        ("posted to shown", times => times.Shown - times.Posted),
    ];

    /// <summary>One for each channel, in the order of their names; where there are several, at last one for all together.</summary>
    /// <param name="channel">Null: all.</param>
    public static IReadOnlyList<Latency> Of(IStoreView view, string? channel, DateTimeOffset since)
    {
        var gaps = view.GapsSince(since - GapsBack).Where(entry => !entry.Gap.Quiet).ToLookup(entry => entry.Channel, entry => entry.Gap);
        var channels = view.TimesSince(since).Where(times => channel is null || times.Channel == channel)
            .GroupBy(times => times.Channel).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        List<Latency> all = [.. channels.Select(group => Of(group.Key, [.. group], gaps))];
        return all.Count < 2 ? all : [.. all, Of(null, [.. channels.SelectMany(group => group)], gaps)];
    }

    private static Latency Of(string? channel, List<MentionTimes> all, ILookup<string, Gap> gaps)
    {
        var heard = all.Where(times => !times.FirstContact).ToList();
        var recent = heard.Where(times => !PostTime.IsHistory(times.Posted, times.Fetched)).ToList();
        var usual = recent.Where(times => !IsLate(times, gaps)).ToList();
        return new Latency(channel, usual.Count, usual.Count(times => times.Posted is null), all.Count - heard.Count, recent.Count - usual.Count, heard.Count - recent.Count, [.. Steps.Select(step => Figures(step.Name, step.Of, usual))]);
    }

    /// <summary>A source whose clock is ahead of ours, or a clock of ours that was set back, makes no time shorter than none.</summary>
    private static HopFigures Figures(string name, Func<MentionTimes, TimeSpan?> of, List<MentionTimes> mentions) =>
        HopFigures.Of(name, [.. mentions.Select(of).OfType<TimeSpan>().Select(time => time < TimeSpan.Zero ? TimeSpan.Zero : time)]);

    private static bool IsLate(MentionTimes times, ILookup<string, Gap> gaps) => gaps[times.Channel].Any(gap => times.Posted >= gap.From && times.Posted < gap.To && times.Fetched > gap.From);
}
