namespace ListeningBot.Core.Pipeline;

/// <summary>Forgets what is older than it is kept, in transactions so short that nobody waits for them.</summary>
public sealed class RetentionKeeper(IStore store, PolicyBook policies, TimeProvider time)
{
    /// <summary>Rows of one transaction, about: what belongs together goes together.</summary>
    public const int Step = 100;

    /// <summary>Transactions of one run, so that it ends; the next goes on.</summary>
    private const int MostSteps = 500;

    /// <summary>A calendar that can't be fetched stays in force for so long at least, however briefly lists are kept.</summary>
    private static readonly TimeSpan LastGoodCalendar = TimeSpan.FromDays(365);

    /// <summary>How much was removed, by what it was; what had nothing to remove is missing.</summary>
    public async Task<IReadOnlyDictionary<string, int>> RunAsync(CancellationToken ct)
    {
        var removed = new Dictionary<string, int>(StringComparer.Ordinal);
        var steps = 0;
        var now = time.GetUtcNow();
        foreach (var (what, work) in Works(policies.Current.Retention, now))
        {
            for (var more = true; more && steps < MostSteps; steps++)
            {
                var count = await store.WriteAsync(work, ct);
                removed[what] = removed.GetValueOrDefault(what) + count;
                more = count > 0;
            }
        }
        return removed.Where(one => one.Value > 0).ToDictionary(StringComparer.Ordinal);
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
