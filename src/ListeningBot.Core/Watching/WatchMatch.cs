namespace ListeningBot.Core.Watching;

/// <summary>What a watch asks for, found in a text.</summary>
/// <param name="Term">As the manager wrote it: a word, a phrase, the text of a regular expression.</param>
/// <param name="Start">Offset in the UTF-8 text, bytes.</param>
/// <param name="Length">Bytes.</param>
public sealed record WatchHit(string Term, int Start, int Length);

/// <summary>A watch that matched.</summary>
/// <param name="Hits">What it asks for and where it stands, in the order of the text; of one word a hundred places at most. None where it is true of every post.</param>
public sealed record WatchMatch(Watch Watch, IReadOnlyList<WatchHit> Hits)
{
    /// <summary>What else it asks for and the post has: "stars:&lt;=2", "about:billing".</summary>
    public IReadOnlyList<string> Fitted { get; init; } = [];

    /// <summary>It asks for none of the words: the post answers or quotes one of ours.</summary>
    public bool ByAddress { get; init; }
}
