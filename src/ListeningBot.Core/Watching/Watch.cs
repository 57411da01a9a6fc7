using ListeningBot.Core.Scoring;
using ListeningBot.Core.Watching.Queries;

namespace ListeningBot.Core.Watching;

/// <summary>What a manager listens for.</summary>
public sealed record Watch
{
    public required string Name { get; init; }

    /// <summary>The team whose room gets the cards.</summary>
    public required string Team { get; init; }

    /// <summary>Words and phrases; any one of them matches.</summary>
    public IReadOnlyList<string> Find { get; init; } = [];

    /// <summary>What it listens for in place of <see cref="Find"/>; null when it has none.</summary>
    public WatchQuery? Query { get; init; }

    /// <summary>Words and phrases; any one of them rules the post out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Every post of the named channels is a mention.</summary>
    public bool Everything { get; init; }

    /// <summary>Channel names to listen on; empty means all.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Two-letter languages; empty means all. A post whose language is unknown passes.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>A mention whose complaint probability reaches this becomes a case; below it goes to the maybe tray. 0..1.</summary>
    public double AlertAt { get; init; } = Scorer.ComplaintLine;

    /// <summary>On trial: what it alone hears is shown in the room "shadow" only, and nobody is pinged.</summary>
    public bool Shadow { get; init; }
}
