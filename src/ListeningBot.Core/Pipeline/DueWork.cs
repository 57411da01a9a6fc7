using System.Globalization;
using ListeningBot.Core.Alerting;
using ListeningBot.Core.Cases;

namespace ListeningBot.Core.Pipeline;

/// <summary>What becomes due with time: unclaimed cases and the daily maybe list. Woken from outside; each call does all that is due.</summary>
public sealed class DueWork(IStore store, TimeProvider time, Action<IReadOnlySet<string>> ring)
{
    private const int AtOnce = 100;
    private const int LongestList = 500;
    private const string LastList = "last maybe list";

    /// <summary>
    /// Pings the rooms of cases that nobody claimed in time, each in its own transaction, so that one that defeats us keeps no other from its ping.
    /// Returns how many were due; throws when any could not be done, after all were tried.
    /// </summary>
    public async Task<int> SweepAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var due = await store.ReadAsync(view => view.CasesDue(now, AtOnce), ct);
        var faults = new List<Exception>();
        foreach (var @case in due)
        {
            try
            {
                ring(await store.WriteAsync(tx => Remind(tx, @case.Id, now), ct));
            }
            catch (Exception e) when (e is not (StoreException or OperationCanceledException))
            {
                faults.Add(e);
            }
        }
        return faults.Count == 0 ? due.Count : throw new AggregateException(faults);
    }

    /// <summary>Puts all mentions that no list has shown yet on today's pages, one list a team.</summary>
    public async Task ListMaybesAsync(CancellationToken ct)
    {
        var rooms = await store.WriteAsync(tx => ListMaybes(tx, time.GetUtcNow()), ct);
        ring(rooms);
    }

    /// <summary>The list that came due while the program was not running is put up now.</summary>
    /// <param name="at">When the list comes each day, UTC.</param>
    public async Task ListMissedMaybesAsync(TimeOnly at, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var today = new DateTimeOffset(now.UtcDateTime.Date + at.ToTimeSpan(), TimeSpan.Zero);
        var due = today <= now ? today : today.AddDays(-1);
        var last = await store.ReadAsync(view => view.Document(LastList), ct);
        if (last is not null && DateTimeOffset.TryParse(last, CultureInfo.InvariantCulture, out var listed) && listed < due)
        {
            await ListMaybesAsync(ct);
        }
    }

    private static IReadOnlySet<string> Remind(IStoreTx tx, long id, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now);
        if (tx.CaseOf(id) is { } @case)
        {
            cases.Happen(@case, new NobodyClaimed());
        }
        return cases.Rooms;
    }

    private static IReadOnlySet<string> ListMaybes(IStoreTx tx, DateTimeOffset now)
    {
        var cases = new CaseWriter(tx, now);
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        foreach (var team in tx.TeamsWithUnlistedTray())
        {
            var pages = tx.UnlistedTray(team, LongestList).Chunk(TrayPages.EntriesAPage).ToList();
            for (var i = 0; i < pages.Count; i++)
            {
                cases.WantTrayPage(tx.AddTrayPage(team, day, i + 1, pages.Count, pages[i]));
            }
        }
        tx.KeepDocument(LastList, now.ToString("O", CultureInfo.InvariantCulture), now);
        return cases.Rooms;
    }
}
