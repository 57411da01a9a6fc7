namespace ListeningBot.Core.Watching;

/// <summary>Which watches listen on one channel.</summary>
internal sealed class ChannelPlan
{
    private readonly bool[] _listens;

    /// <param name="channel">Its name; null stands for every channel that no watch names.</param>
    public ChannelPlan(IReadOnlyList<Watch> watches, Questions questions, TermCovers covers, string? channel)
    {
        _listens = [.. watches.Select(watch => watch.Channels.Count == 0 || Names(watch, channel))];
        Uncovered = [.. covers.Uncovered.Where(Listens)];
        TakesAll = Uncovered.Any(watch => questions.First[watch] == Question.True);
        Deciding = new Deciding(this, questions, covers);
    }

    /// <summary>The watches that no term stands for: every post here must be asked.</summary>
    public int[] Uncovered { get; }

    /// <summary>One of them is true of everything, so every post here matches.</summary>
    public bool TakesAll { get; }

    public Deciding Deciding { get; }

    public bool Listens(int watch) => _listens[watch];

    private static bool Names(Watch watch, string? channel) => channel is not null && watch.Channels.Contains(channel, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Terms one of which is enough for a watch that listens on one channel.</summary>
internal sealed class Deciding(ChannelPlan plan, Questions questions, TermCovers covers)
{
    public bool By(int term)
    {
        foreach (var watch in covers.WatchesOf(term))
        {
            if (plan.Listens(watch) && questions.IsDecidedByOneTerm(watch))
            {
                return true;
            }
        }
        return false;
    }
}
