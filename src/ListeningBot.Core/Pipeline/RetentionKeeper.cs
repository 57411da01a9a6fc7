namespace ListeningBot.Core.Pipeline;

/// <summary>Forgets what is older than it is kept, in transactions so short that nobody waits for them.</summary>
public sealed class RetentionKeeper(IStore store, PolicyBook policies, TimeProvider time)
{
    /// <summary>Rows of one transaction, about: what belongs together goes together.</summary>
    public const int Step = 100;

    /// <summary>After so long a run ends, as no job may hold its place for a minute; the next goes on.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    /// <summary>A calendar that can't be fetched stays in force for so long at least, however briefly lists are kept.</summary>
    private static readonly TimeSpan LastGoodCalendar = TimeSpan.FromDays(365);

    /// <summary>How much was removed, by what it was; what had nothing to remove is missing. Kinds take turns, so that none waits for all of another.</summary>
    public async Task<IReadOnlyDictionary<string, int>> RunAsync(CancellationToken ct)
    {
        var removed = new Dictionary<string, int>(StringComparer.Ordinal);
        var begun = time.GetTimestamp();
        var works = new Queue<(string What, Func<IStoreTx, int> Work)>(Works(policies.Current.Retention, time.GetUtcNow()));
        while (time.GetElapsedTime(begun) < Longest && works.TryDequeue(out var next))
        {
            if (await store.WriteAsync(next.Work, ct) is > 0 and var count)
            {
                removed[next.What] = removed.GetValueOrDefault(next.What) + count;
                works.Enqueue(next);
            }
        }
        return removed;
    }

    private static IEnumerable<(string What, Func<IStoreTx, int> Work)> Works(Retention kept, DateTimeOffset now)
    {
        var judged = Retention.Before(kept.Cases, now) ?? DateTimeOffset.UnixEpoch;
        if (Retention.Before(kept.Cases, now) is { } cases)
        {
            yield return ("rows of closed cases", tx => tx.AgeCases(cases, Step));
        }
        if (Retention.Before(kept.Maybe, now) is { } maybe)
        {
            yield return ("posts without a case", tx => tx.AgeLoose(maybe, Earlier(judged, maybe), Step));
        }
        if (Retention.Before(kept.Presses, now) is { } presses)
        {
            yield return ("answers to presses", tx => tx.AgePresses(presses, Step));
        }
        if (Retention.Before(kept.Lists, now) is { } lists)
        {
            yield return ("notices and lists", tx => tx.AgeLists(lists, Step));
            var digests = Earlier(lists, now - Digests.PutUpOnceFor);
            yield return ("digests", tx => tx.AgeDigests(digests, Step));
            var calendars = Earlier(lists, now - LastGoodCalendar);
            yield return ("calendars", tx => tx.AgeCalendars(calendars, Step));
        }
        if (Retention.Before(kept.Ledger, now) is { } ledger)
        {
            yield return ("gaps and times", tx => tx.AgeLedger(ledger, Step));
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
