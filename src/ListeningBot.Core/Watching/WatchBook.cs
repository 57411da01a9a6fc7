namespace ListeningBot.Core.Watching;

/// <summary>The watches in force; swapped whole.</summary>
public sealed class WatchBook
{
    private volatile WatchSet _current = WatchSet.Build([], Ours.Nobody);

    public WatchSet Current => _current;

    public void Swap(WatchSet watches) => _current = watches;
}
