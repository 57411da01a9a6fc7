namespace ListeningBot.Core.Watching;

/// <summary>Which watches listen on one channel.</summary>
internal sealed class ChannelPlan
{
    private readonly bool[] _listens;

    /// <param name="channel">Its name; null stands for every channel that no watch names.</param>
    public ChannelPlan(IReadOnlyList<Watch> watches, string? channel)
    {
        _listens = [.. watches.Select(watch => watch.Channels.Count == 0 || Names(watch, channel))];
        TakingAll = [.. Enumerable.Range(0, watches.Count).Where(i => watches[i].Everything && Names(watches[i], channel))];
        TakesAll = TakingAll.Any(i => watches[i].Exclude.Count == 0);
    }

    /// <summary>The watches for which every post here is a mention.</summary>
    public int[] TakingAll { get; }

    /// <summary>One of them has nothing to exclude, so every post here matches.</summary>
    public bool TakesAll { get; }

    public bool Listens(int watch) => _listens[watch];

    private static bool Names(Watch watch, string? channel) => channel is not null && watch.Channels.Contains(channel, StringComparer.OrdinalIgnoreCase);
}
