using System.Globalization;

namespace ListeningBot.Core.Pipeline;

/// <summary>A run that nobody stopped.</summary>
/// <param name="LastSign">When it was last heard of.</param>
/// <param name="StartedAgain">When the next one started.</param>
public sealed record BrokenRun(DateTimeOffset LastSign, DateTimeOffset StartedAgain);

/// <summary>
/// Remembers whether the last run was stopped in order: one that was killed can't say so itself, and a machine that takes memory away from it does that again. Where several machines share a store nobody keeps this;
/// there each one's leases tell.
/// </summary>
public static class LastRun
{
    /// <summary>Not in the store of a program that did not keep this yet, and not in one that was put back: the run of which a backup was made is another one.</summary>
    public const string Document = "run";

    private const string Begun = "begun";
    private const string Stopped = "stopped";
    private const string BrokenDocument = "run broken off";
    private static readonly TimeSpan ToldFor = TimeSpan.FromDays(1);

    /// <summary>The last sign of life of a run that has begun and was not stopped; null when it was, or when nobody knows. While a bot runs, that is its own.</summary>
    public static DateTimeOffset? Unstopped(IStoreView view) => view.Document(Document) == Begun ? Heartbeat.Last(view) : null;

    /// <param name="broken">What <see cref="Unstopped"/> was before this run's first sign of life.</param>
    public static void Begin(IStoreTx tx, DateTimeOffset? broken, DateTimeOffset now)
    {
        tx.KeepDocument(Document, Begun, now);
        tx.KeepDocument(BrokenDocument, broken is { } last ? string.Create(CultureInfo.InvariantCulture, $"{last:O} {now:O}") : "", now);
    }

    public static void Stop(IStoreTx tx, DateTimeOffset now) => tx.KeepDocument(Document, Stopped, now);

    /// <summary>The run before this one when it was broken off, and this one began within a day.</summary>
    public static BrokenRun? Broken(IStoreView view, DateTimeOffset now) =>
        view.Document(BrokenDocument)?.Split(' ') is [var last, var again]
        && DateTimeOffset.TryParse(last, CultureInfo.InvariantCulture, out var lastSign) && DateTimeOffset.TryParse(again, CultureInfo.InvariantCulture, out var startedAgain) && now - startedAgain < ToldFor
            ? new BrokenRun(lastSign, startedAgain)
            : null;
}
