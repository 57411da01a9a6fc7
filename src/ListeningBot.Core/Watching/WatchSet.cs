namespace ListeningBot.Core.Watching;

/// <summary>A word or phrase of a watch, found in a text.</summary>
/// <param name="Term">As the manager wrote it.</param>
/// <param name="Start">Offset in the UTF-8 text, bytes.</param>
/// <param name="Length">Bytes.</param>
public sealed record WatchHit(string Term, int Start, int Length);

/// <summary>A watch that matched and where; no hits for <see cref="Watch.Everything"/>.</summary>
public sealed record WatchMatch(Watch Watch, IReadOnlyList<WatchHit> Hits);

/// <summary>All watches compiled into one matcher: built aside, immutable, swapped whole.</summary>
public sealed class WatchSet
{
    private WatchSet(IReadOnlyList<Watch> watches, Ours ours)
    {
        Watches = watches;
        Ours = ours;
    }

    public IReadOnlyList<Watch> Watches { get; }
    public Ours Ours { get; }

    public static WatchSet Build(IReadOnlyList<Watch> watches, Ours ours) => new(watches, ours);

    /// <summary>Whether any watch matches; allocates nothing. Invalid UTF-8 is allowed.</summary>
    public bool Matches(ReadOnlySpan<byte> text, string channel) => throw new NotSupportedException("being built");

    /// <summary>All watches that match, with their hits. Languages are not looked at: that is done once the post's language is known.</summary>
    public IReadOnlyList<WatchMatch> Find(ReadOnlySpan<byte> text, string channel) => throw new NotSupportedException("being built");
}
