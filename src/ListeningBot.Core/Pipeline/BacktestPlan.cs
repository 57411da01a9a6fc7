using ListeningBot.Core.Watching;

namespace ListeningBot.Core.Pipeline;

/// <summary>Two sets of watches, to be compared on stored posts.</summary>
/// <param name="Before">The watches in force.</param>
/// <param name="After">The watches to try, all of them: those that stay as well.</param>
/// <param name="Since">Posts first seen at this time or later.</param>
public sealed record BacktestPlan(WatchSet Before, WatchSet After, DateTimeOffset Since)
{
    public static readonly TimeSpan Usual = TimeSpan.FromDays(30);

    /// <summary>How many alerts gained, and how many lost, are shown as examples.</summary>
    public int Examples { get; init; } = 5;

    /// <summary>Of more stored mentions the latest are looked at, and of the others those that people confirmed; null: all.</summary>
    public long? MostMentions { get; init; }

    /// <summary>The same for posts of the sample; null: all.</summary>
    public int? MostSampled { get; init; }
}

/// <param name="Done">Posts looked at.</param>
/// <param name="All">Posts to look at, about.</param>
public readonly record struct BacktestProgress(long Done, long All);
