using ListeningBot.Core.Posts;
using ListeningBot.Core.Scoring;
using ListeningBot.Core.Text;

namespace ListeningBot.Core.Cases;

/// <summary>Where a mention stands.</summary>
public enum Standing
{
    /// <summary>Belongs to a case.</summary>
    Case,

    /// <summary>Below the alert line: in the maybe tray of its teams.</summary>
    Tray,

    /// <summary>Was in the tray; a human said that it is no complaint. It stays so until its author makes one of it.</summary>
    Dismissed,

    /// <summary>Older than our first contact with its source by more than a day: remembered, never an alert unless its author writes it anew.</summary>
    Baseline,

    /// <summary>Our own answer in a thread.</summary>
    Ours,
}

/// <summary>A post that a watch matched, or that answers a post of an open case, as it is stored.</summary>
public sealed record Mention
{
    /// <summary>Given by the store; 0 until then.</summary>
    public long Id { get; init; }
    public required Post Post { get; init; }

    /// <summary>When it was posted: what the source claims, clamped by <see cref="PostTime"/>.</summary>
    public required DateTimeOffset Posted { get; init; }
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>When its author last wrote something else over it; null where nobody did. What people said before, they said of other words.</summary>
    public DateTimeOffset? RewrittenAt { get; init; }
    public required Assessment Assessment { get; init; }

    /// <summary>Names of the watches that matched; empty for an answer in a thread.</summary>
    public required IReadOnlyList<string> Watches { get; init; }

    /// <summary>Names of watches on trial that heard it as well and decided nothing.</summary>
    public IReadOnlyList<string> OnTrial { get; init; } = [];

    /// <summary>By which words the watches heard it, those on trial too; empty where nobody noted it, and once its text is gone.</summary>
    /// <remarks>What was stored before it was kept has none.</remarks>
    public IReadOnlyList<FoundBy> Found { get; init => field = value ?? []; } = [];

    /// <summary>The teams of the watches that matched, each once.</summary>
    public required IReadOnlyList<string> Teams { get; init; }
    public required Standing Standing { get; init; }
    public long? CaseId { get; init; }

    /// <summary>The first span of the post's trace, "00-trace-span-01"; null where nobody traced. It tells nothing of the post.</summary>
    public string? Trace { get; init; }

    /// <summary>The author or the service took it away: its text is no longer kept.</summary>
    public bool Deleted { get; init; }

    /// <summary>Deleted because its author asked us to forget them: nothing tells any more who that was.</summary>
    public bool Erased { get; init; }
}

/// <summary>What of a watch a post has.</summary>
/// <param name="Words">As the manager wrote them, also "stars:&lt;=2"; a few, each short. Empty: it takes everything.</param>
public sealed record FoundBy(string Watch, IReadOnlyList<string> Words)
{
    private const int MostWords = 5;
    private const int LongestWord = 40;

    public static FoundBy Of(string watch, IReadOnlyList<string> words) => new(watch, [.. words.Take(MostWords).Select(word => word.Cut(LongestWord))]);

    /// <summary>"brand: nimbus, down".</summary>
    public override string ToString() => Words.Count == 0 ? Watch : $"{Watch}: {string.Join(", ", Words)}";
}

/// <summary>When a post counts as posted.</summary>
public static class PostTime
{
    public static readonly TimeSpan LongestAgo = TimeSpan.FromDays(30);

    /// <summary>A new source starts this far back; what is older is baseline.</summary>
    public static readonly TimeSpan FirstContactBack = TimeSpan.FromHours(24);

    /// <summary>It was said so long before that it counts as posted later than it was: that is history, and tells nothing of how long we take.</summary>
    public static bool IsHistory(DateTimeOffset? claimed, DateTimeOffset firstSeen) => claimed < firstSeen - LongestAgo;

    /// <summary>What the source claims, between 30 days before and the moment that we first saw it; that moment when it claims nothing.</summary>
    public static DateTimeOffset Clamp(DateTimeOffset? claimed, DateTimeOffset firstSeen)
    {
        if (claimed is not { } posted || posted > firstSeen)
        {
            return firstSeen;
        }
        var earliest = firstSeen - LongestAgo;
        return posted < earliest ? earliest : posted;
    }
}
